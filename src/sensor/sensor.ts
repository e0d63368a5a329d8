// The sensor at work: live captures feed one pipeline; a look once a second decides on shedding, a longer interval
// tells totals and losses; programs are exchanged between two packets. Owns captures, pipeline and reporter. Events
// leave by a sink that its owner connects.

import { DEFAULT_FLOW_BUDGET } from '../flow/flow-budget.ts'
import { DEFAULT_MATCH_BUDGET } from '../match/matcher.ts'
import { DEFAULT_SEQUENCE_BUDGET } from '../match/sequence-flows.ts'
import { Counters } from '../model/counters.ts'
import type { FrameConsumer, LiveCapture, LiveListener } from '../model/live.ts'
import type { Program } from '../model/program.ts'
import type { Losses, ReloadFacts, RunTotals } from '../model/report.ts'
import { EveReport } from '../output/eve-report.ts'
import type { EventOutputs } from '../output/sinks/event-outputs.ts'
import { collectTotals } from './collect-totals.ts'
import { compileAside } from './compile-aside.ts'
import type { SensorConfig } from './config/sensor-config.ts'
import type { Log } from './control/log.ts'
import type { FlowOrder, FlowTop, InterfaceStatus } from './control/status.ts'
import { LiveFeed } from './live-feed.ts'
import { LossMeter } from './loss-meter.ts'
import { OutputPace } from './output-pace.ts'
import { Overload } from './overload.ts'
import { Pipeline } from './pipeline.ts'
import { compareProgramHeads } from './program-changes.ts'
import { rankFlows } from './rank-flows.ts'
import { Reporter } from './reporter.ts'

const LOOK_MS = 1000
/** Above it losses are said, percent. */
const WORTH_SAYING = 1
/** Flows that are released at the end before events get a turn to leave. */
const RELEASED_AT_ONCE = 256
const RECORDED_BYTES = 64 << 20

/** Beside those that a replay has, too. */
export const LIVE_COUNTERS = [
  'flow.shed_syns',
  'flow.shed_packets',
  'sensor.moved_flows',
  'sensor.bug_packets',
  'capture.stream_bytes',
  'capture.missing_stream_bytes',
  'output.written_events',
  'output.dropped_events',
  'output.oversized_events',
  'output.unconfirmed_events',
  'output.suppressed_alerts',
  'output.withheld_alerts',
  'output.evicted_limits',
] as const

export interface SensorParts {
  readonly config: SensorConfig
  /** Signature files and folders, as they are loaded again. */
  readonly signaturePaths: readonly string[]
  readonly program: Program
  readonly log: Log
  readonly outputs: EventOutputs
  /** Makes the captures of the interfaces, in their order; their index is the frames' source. */
  readonly createCaptures: (consumer: FrameConsumer, listener: LiveListener) => readonly LiveCapture[]
}

/** What became of a reload. */
export type Reload =
  | ({ readonly outcome: 'reloaded' | 'unchanged' } & ReloadFacts)
  | { readonly outcome: 'refused'; readonly errors: readonly string[] }

export class Sensor implements LiveListener {
  readonly pipeline: Pipeline
  readonly reporter: Reporter
  readonly feed: LiveFeed
  readonly #parts: SensorParts
  readonly #eve: EveReport
  readonly #captures: readonly LiveCapture[]
  readonly #kernelMeters: readonly LossMeter[]
  readonly #streamMeter = new LossMeter()
  readonly #overload = new Overload()
  readonly #began = performance.now()
  readonly #timers: NodeJS.Timeout[] = []
  #losses: Losses = { kernel: undefined, streams: undefined }
  /** Of each interface, percent, over the last interval. */
  #kernelLosses: readonly (number | undefined)[] = []
  #isLossy = false
  #droppedAtLook = 0
  #bugs = 0
  #reloading: Promise<Reload> | undefined

  constructor(parts: SensorParts) {
    const { config, program, outputs, createCaptures } = parts
    this.#parts = parts
    this.#eve = new EveReport(outputs, config.interfaces, 'in_iface')
    this.reporter = new Reporter(program, this.#eve, config.flows ? 'all' : 'none')
    this.pipeline = new Pipeline(
      {
        program,
        thresholdMicros: config.thresholdMs * 1000,
        checksums: config.checksums,
        // Reports of sequences over packets show elements, too.
        recordedElements: config.elements,
        recordedBytes: RECORDED_BYTES,
        appProtocols: true,
        flow: { ...DEFAULT_FLOW_BUDGET, maxFlows: config.maxFlows },
        match: {
          ...DEFAULT_MATCH_BUDGET,
          stateBytes: config.matchMemoryBytes / 4,
          hitBytes: config.matchMemoryBytes / 8,
        },
        sequence: {
          ...DEFAULT_SEQUENCE_BUDGET,
          threadBytes: config.matchMemoryBytes / 4,
          flowBytes: config.matchMemoryBytes / 4,
          hitBytes: config.matchMemoryBytes / 8,
        },
        sshBytes: config.sshMemoryBytes,
      },
      this.reporter,
    )
    this.reporter.attach(this.pipeline)
    this.feed = new LiveFeed(this.pipeline, (error) => this.#confess(error))
    this.#captures = createCaptures(this.feed, this)
    this.#kernelMeters = this.#captures.map(() => new LossMeter())
  }

  /** Opens all interfaces. @throws OperatorError when one cannot be opened; none is open then */
  async start(): Promise<void> {
    try {
      for (const capture of this.#captures) await capture.start()
    } catch (error) {
      await this.#stopCaptures()
      throw error
    }
    this.#timers.push(setInterval(() => this.#look(), LOOK_MS))
    const { statsIntervalSeconds } = this.#parts.config
    if (statsIntervalSeconds > 0)
      this.#timers.push(setInterval(() => this.tellTotals(), statsIntervalSeconds * 1000))
  }

  captureEvent(level: 'info' | 'warn' | 'error', kind: string, message: string): void {
    this.#parts.log.captureEvent(level, kind, message)
  }

  #confess(error: unknown): void {
    this.#bugs++
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#parts.log.said('error', 'bug', `a packet was left, this is a bug in gait: ${detail}`)
  }

  /** Writes a stats event. Losses are those since the last one. */
  tellTotals(): RunTotals {
    this.#measureLosses()
    const totals = this.totals()
    this.#eve.totals(totals)
    return totals
  }

  totals(): RunTotals {
    const captured = this.#captures.map((capture) => capture.totals())
    const totals = collectTotals(
      this.pipeline,
      this.reporter,
      {
        time: Date.now() * 1000,
        uptimeSeconds: this.uptimeSeconds,
        frames: this.feed.frames,
        bytes: this.feed.bytes,
        liveFlows: this.pipeline.table.live,
      },
      this.#liveCounters(),
    )
    return {
      ...totals,
      capture: {
        received: sum(captured.map(({ received }) => received)),
        dropped: sum(captured.map(({ dropped }) => dropped)),
      },
      losses: this.#losses,
    }
  }

  /** By LIVE_COUNTERS. */
  #liveCounters(): readonly (readonly [string, number])[] {
    const { table, generations, streamed } = this.pipeline
    const counters = new Counters()
    counters.add('flow.shed_syns', table.shedSyns)
    counters.add('flow.shed_packets', table.shedPackets)
    counters.add('sensor.moved_flows', generations.movedFlows)
    counters.add('sensor.bug_packets', this.#bugs)
    counters.add('capture.stream_bytes', streamed.seen)
    counters.add('capture.missing_stream_bytes', streamed.missing)
    this.#parts.outputs.count(counters)
    return LIVE_COUNTERS.map((name) => [name, counters.of(name)])
  }

  get uptimeSeconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  /** Parts of all new flows that are being given up, of SHED_SHARES. */
  get shedShares(): number {
    return this.#overload.shares
  }

  interfaces(): readonly InterfaceStatus[] {
    return this.#captures.map((capture, i) => {
      const { device, method, clock, state } = capture
      const lossPercent = this.#kernelLosses[i] ?? this.#losses.streams
      return { device, method, clock, state, ...capture.totals(), lossPercent }
    })
  }

  flows(most: number, by: FlowOrder): FlowTop {
    return { active: this.pipeline.table.live, by, flows: rankFlows(this.pipeline, most, by) }
  }

  /** Loads the signatures anew. Those that ask while it goes on get its outcome. Never rejects. */
  reload(): Promise<Reload> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined
    })
    return this.#reloading
  }

  async #reload(): Promise<Reload> {
    const { config, signaturePaths, log } = this.#parts
    const result = await compileAside({ paths: signaturePaths, exact: config.exact })
    if (!result.ok) {
      const [first = '', ...others] = result.errors
      const more = others.length > 0 ? ` (and ${others.length} more)` : ''
      log.said('error', 'reload-refused', `signatures not reloaded, the old ones stay: ${first}${more}`)
      return { outcome: 'refused', errors: result.errors }
    }
    const old = this.pipeline.generations.current.program
    const { program } = result
    const changes = compareProgramHeads(old, program)
    const outcome = old.hash === program.hash ? 'unchanged' : 'reloaded'
    if (outcome === 'reloaded') {
      this.pipeline.adopt(program)
      this.reporter.adopt(program)
    }
    const { added, removed, changed } = changes
    const figures = `${added.length} added, ${removed.length} removed, ${changed.length} changed`
    log.said('info', 'reload', `signatures ${outcome}: ${figures}`, { hash: program.hash })
    const reload = { oldHash: old.hash, newHash: program.hash, ...changes }
    this.#eve.engine({ time: Date.now() * 1000, message: `signatures ${outcome}`, reload })
    return { outcome, ...reload }
  }

  /**
   * Ends the captures, and all flows with them.
   *
   * @param deadlineMs - flows that are not released by then are not told
   */
  async stop(deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs
    const { outputs, log } = this.#parts
    const pace = new OutputPace()
    for (const timer of this.#timers) clearInterval(timer)
    await Promise.race([this.#stopCaptures(), sleep(deadlineMs / 2)])
    this.feed.close()
    while (!this.pipeline.drain(RELEASED_AT_ONCE) && performance.now() < deadline) {
      do await sleep(0)
      while (pace.isCrowded(outputs.status(), performance.now()) && performance.now() < deadline)
    }
    const left = this.pipeline.table.live
    if (left > 0) log.said('warn', 'flows-untold', `${left} open flows were not told: no time was left`)
    this.tellTotals()
  }

  /** Ends captures and timers when the sensor did not come to life, or has ended. */
  async abandon(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#stopCaptures()
  }

  async #stopCaptures(): Promise<void> {
    await Promise.all(this.#captures.map((capture) => capture.stop()))
  }

  /** Once a second. */
  #look(): void {
    for (const capture of this.#captures) capture.askTotals()
    const dropped = sum(this.#captures.map((capture) => capture.totals().dropped)) ?? 0
    const change = this.#overload.look({
      lagMs: this.feed.takeLag(),
      dropped: dropped - this.#droppedAtLook,
    })
    this.#droppedAtLook = dropped
    const { config, log } = this.#parts
    if (config.shed) this.pipeline.table.shedding = this.#overload.shares
    const what = config.shed ? 'new flows are given up whole' : 'nothing is given up: shed is off'
    if (change === 'begun')
      log.said('warn', 'overload', `overload: packets come faster than they are read; ${what}`)
    if (change === 'over') log.said('info', 'overload-over', 'overload is over: all new flows are followed')
  }

  #measureLosses(): void {
    const { seen, missing } = this.pipeline.streamed
    const nothing = { received: undefined, dropped: undefined }
    const { streams } = this.#streamMeter.measure({ ...nothing, seen, missing })
    this.#kernelLosses = this.#captures.map(
      (capture, i) => this.#kernelMeters[i]?.measure({ ...capture.totals(), seen: 0, missing: 0 }).kernel,
    )
    const kernel = this.#kernelLosses.reduce<number | undefined>(greater, undefined)
    this.#losses = { kernel, streams }
    const worst = Math.max(kernel ?? 0, streams ?? 0)
    if (worst > WORTH_SAYING) {
      const parts = [
        said(kernel, 'of the packets dropped by the kernel'),
        said(streams, 'of TCP bytes never seen'),
      ]
      const { log } = this.#parts
      log.said('warn', 'loss', `packets are being lost: ${parts.filter((part) => part !== '').join(', ')}`)
    } else if (this.#isLossy) this.#parts.log.said('info', 'loss-over', 'packets are no longer being lost')
    this.#isLossy = worst > WORTH_SAYING
  }
}

function said(percent: number | undefined, what: string): string {
  return percent === undefined || percent === 0 ? '' : `${percent.toFixed(1)} % ${what}`
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b)
}

/** Of those that are known; undefined when none is. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((all, value) => all + value, 0)
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
