// Replays captures: opens them in turn (or merged into one packet-time order), runs every frame through one
// pipeline, and reports hits as they happen and totals at the end. Owns the life of readers and pipeline.

import { listCaptures } from '../capture/list-captures.ts'
import { mergeCaptures } from '../capture/merge-captures.ts'
import { openCapture } from '../capture/open-capture.ts'
import { DEFAULT_FLOW_BUDGET } from '../flow/flow-budget.ts'
import { type CaptureProblem, Frame, type FrameReader } from '../model/frame.ts'
import type { ProgramWatch } from '../model/match-watch.ts'
import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import type { ReportSink, RunTotals } from '../model/report.ts'
import { collectTotals } from './collect-totals.ts'
import { type FrameFilter, type FrameTally, runBuffered } from './frame-loop.ts'
import { Pipeline, type PipelineOptions, type Witness } from './pipeline.ts'
import { type FlowInterest, Reporter } from './reporter.ts'

export interface ReplayOptions {
  /** Files and folders; `-` is standard input. */
  readonly inputs: readonly string[]
  /** Also the captures in folders below. */
  readonly recursive: boolean
  /** All inputs in one packet-time order, as one capture. */
  readonly merge: boolean
  readonly program: Program
  /** Shortest delay that is a pause, ms. */
  readonly thresholdMs: number
  readonly checksums: boolean
  /** pcap-filter expression. */
  readonly filter: string | undefined
  readonly flows: FlowInterest
  /** Elements kept of each reported flow. */
  readonly recordedElements: number
  readonly appProtocols: boolean
  readonly maxFlows: number
  /** A pipeline that does more than match, made once the names of the captures are known. */
  readonly createPipeline?: (
    options: PipelineOptions,
    witness: Witness,
    sources: readonly string[],
  ) => Pipeline
  /** Told what matching costs. */
  readonly watch?: ProgramWatch | undefined
}

/** Progress of a replay: bytes of the inputs as stored. */
export interface Progress {
  readonly doneBytes: number
  /** 0 when unknown. */
  readonly totalBytes: number
  readonly frames: number
}

/** What the caller of a replay hears besides reports. */
export interface ReplayListener {
  /** A capture could not be read, or not to its end. */
  trouble(problem: CaptureProblem | OperatorError): void
  /** Between two reads: a good moment to write out, show progress, or ask to stop. */
  breathe(progress: Progress): void | Promise<void>
  /** True ends the replay as if the input ended here. */
  readonly stopped: boolean
  /** Resolves when `stopped` turns true, so that a silent pipe is not waited for. */
  readonly stop: Promise<void>
}

/** Reads between two turns of the event loop, so that timers and signals are served. */
const READS_PER_TURN = 16
/** Nor does it wait longer for a read to end, ms. */
const LONGEST_TURN = 200

/**
 * Runs a replay to the end of its inputs.
 *
 * @param createSink - makes the sink once the names of the captures are known, in source order
 * @throws OperatorError when the filter is wrong or no input can be listed
 */
export async function replay(
  options: ReplayOptions,
  createSink: (sources: readonly string[]) => ReportSink,
  listener: ReplayListener,
): Promise<RunTotals> {
  const began = performance.now()
  const filter = options.filter === undefined ? undefined : await compileFilter(options.filter)
  const names = listCaptures(options.inputs, options.recursive)
  const sink = createSink(names)
  const reporter = new Reporter(options.program, sink, options.flows)
  const create = options.createPipeline ?? ((made, witness) => new Pipeline(made, witness))
  const pipeline = create(
    {
      program: options.program,
      thresholdMicros: options.thresholdMs * 1000,
      checksums: options.checksums,
      recordedElements: wantsElements(options) ? options.recordedElements : 0,
      appProtocols: options.appProtocols,
      flow: { ...DEFAULT_FLOW_BUDGET, maxFlows: options.maxFlows },
      watch: options.watch,
    },
    reporter,
    names,
  )
  reporter.attach(pipeline)
  const run = new ReplayRun(pipeline, filter, listener)
  if (options.merge) await run.merged(names)
  else for (const [source, name] of names.entries()) await run.one(name, source)
  const totals = run.totals(reporter, (performance.now() - began) / 1000)
  sink.totals(totals)
  return totals
}

/** Elements are reported with flows, and with hits of sequences over packets. */
function wantsElements({ flows, appProtocols, program }: ReplayOptions): boolean {
  return flows !== 'none' || (appProtocols && program.sequences.some(({ protocol }) => protocol !== 'ssh'))
}

async function compileFilter(expression: string): Promise<FrameFilter> {
  const { createFilter } = await import('../filter/filter.ts')
  return createFilter(expression)
}

class ReplayRun {
  readonly #pipeline: Pipeline
  readonly #filter: FrameFilter | undefined
  readonly #listener: ReplayListener
  readonly #frame = new Frame()
  readonly #tally: FrameTally = { frames: 0, bytes: 0 }
  #doneBytes = 0
  #live = 0

  constructor(pipeline: Pipeline, filter: FrameFilter | undefined, listener: ReplayListener) {
    this.#pipeline = pipeline
    this.#filter = filter
    this.#listener = listener
  }

  /** One capture: a world of its own, all flows end with it. */
  async one(name: string, source: number): Promise<void> {
    const reader = await this.#open(name, source)
    if (reader !== undefined) await this.#run(reader)
  }

  /** Several captures as one. */
  async merged(names: readonly string[]): Promise<void> {
    const readers: FrameReader[] = []
    for (const [source, name] of names.entries()) {
      const reader = await this.#open(name, source)
      if (reader !== undefined) readers.push(reader)
    }
    await this.#run(mergeCaptures(readers))
  }

  totals(reporter: Reporter, uptimeSeconds: number): RunTotals {
    const time = this.#pipeline.clock.time[0] ?? 0
    return collectTotals(this.#pipeline, reporter, {
      time,
      uptimeSeconds,
      ...this.#tally,
      liveFlows: this.#live,
    })
  }

  /** @returns undefined when it cannot be opened: the listener has heard of it, the others go on */
  async #open(name: string, source: number): Promise<FrameReader | undefined> {
    try {
      return await openCapture(name, source)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      this.#listener.trouble(error)
      return undefined
    }
  }

  async #run(reader: FrameReader): Promise<void> {
    const listener = this.#listener
    let reads = 0
    let turned = Date.now()
    while (!listener.stopped && runBuffered(reader, this.#frame, this.#pipeline, this.#filter, this.#tally)) {
      const breath = listener.breathe(this.#progress(reader))
      if (breath !== undefined) await breath
      const filled = reader.fill()
      if (filled !== undefined) await Promise.race([filled, listener.stop])
      else if (++reads % READS_PER_TURN === 0 || Date.now() - turned > LONGEST_TURN) {
        await nextTurn()
        turned = Date.now()
      }
    }
    this.#live = this.#pipeline.table.live
    this.#pipeline.drain()
    for (const problem of reader.problems) listener.trouble(problem)
    this.#doneBytes += reader.consumedBytes
    reader.close()
    await listener.breathe({ doneBytes: this.#doneBytes, totalBytes: 0, frames: this.#tally.frames })
  }

  #progress(reader: FrameReader): Progress {
    return {
      doneBytes: this.#doneBytes + reader.consumedBytes,
      totalBytes: reader.totalBytes === 0 ? 0 : this.#doneBytes + reader.totalBytes,
      frames: this.#tally.frames,
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
