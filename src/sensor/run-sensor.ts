// The life of a daemon: opens what needs privileges, gives them up, opens the rest, serves signals and askers, and
// closes everything in order. Ends by a signal, or when nobody is left to read standard output.

import { chownSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CaptureSpec } from '../capture/live/capture-plan.ts'
import { chooseMethod } from '../capture/live/choose-method.ts'
import { createDirectLauncher } from '../capture/live/direct-launcher.ts'
import { startKeeper } from '../capture/live/keeper.ts'
import { createLiveCapture } from '../capture/live/live-capture.ts'
import type { Program } from '../model/program.ts'
import { EventOutputs } from '../output/sinks/event-outputs.ts'
import { boundHeapGrowth } from './bound-heap.ts'
import type { SensorConfig } from './config/sensor-config.ts'
import { ControlServer } from './control/control-server.ts'
import { tellReady } from './control/daemonize.ts'
import { checkPrivileges, dropPrivileges } from './control/drop-privileges.ts'
import { EventLoopWatch } from './control/event-loop-watch.ts'
import { createLog, type Log } from './control/log.ts'
import { MetricsServer } from './control/metrics-server.ts'
import { writePidFile } from './control/pid-file.ts'
import { Sensor } from './sensor.ts'
import { SensorAnswers } from './sensor-answers.ts'
import { watchSignatures } from './watch-signatures.ts'

/** Time from the signal to the end, all in all: below 5 s. */
const STOP_MS = 2500
const FLUSH_MS = 1500
const LOG_MS = 200
const RUN_FOLDER = '/run/gait'

export interface SensorOrder {
  readonly config: SensorConfig
  readonly version: string
  /** Signature files and folders, and what they were compiled to. */
  readonly signaturePaths: readonly string[]
  readonly program: Program
  /** Ends the process at once: it was told to end a second time. */
  readonly abort: () => void
}

/** Runs the sensor until it is told to end. @throws OperatorError when it cannot start */
export async function runSensor(order: SensorOrder): Promise<void> {
  const { config } = order
  boundHeapGrowth()
  const log = createLog({ level: config.logLevel, file: config.logFile })
  const closing: (() => unknown)[] = []
  try {
    await new SensorRun(order, log, closing).live()
  } finally {
    for (const close of closing.reverse()) await close()
    await log.close(LOG_MS)
  }
}

class SensorRun {
  readonly #order: SensorOrder
  readonly #log: Log
  /** What is to be closed at the end, the last first. */
  readonly #closing: (() => unknown)[]
  readonly #watch = new EventLoopWatch()
  readonly #outputs: EventOutputs
  #isEnding = false
  #end: (reason: string) => void = () => {}
  readonly #ended = new Promise<string>((resolve) => {
    this.#end = resolve
  })

  constructor(order: SensorOrder, log: Log, closing: (() => unknown)[]) {
    this.#order = order
    this.#log = log
    this.#closing = closing
    this.#outputs = new EventOutputs(order.config, {
      said: (level, kind, message) => log.said(level, kind, message),
      onGone: () => this.#end('nobody reads standard output any more'),
    })
  }

  async live(): Promise<void> {
    const { config } = this.#order
    const owner = checkPrivileges(config.user, config.group, config.allowRoot)
    for (const path of [config.control, config.pidFile]) if (path !== undefined) makeFolderOf(path, owner)
    if (config.pidFile !== undefined) {
      const pidFile = writePidFile(config.pidFile)
      this.#closing.push(() => pidFile.remove())
    }
    if (config.logFile !== undefined && owner?.uid !== undefined)
      chownSync(config.logFile, owner.uid, owner.gid)
    const sensor = await this.#capture()
    this.#closing.push(() => sensor.abandon())
    const { dropped, uid, gid } = dropPrivileges(config.user, config.group, config.allowRoot)
    if (dropped) this.#log.said('info', 'privileges', `gave up root: now user ${uid}, group ${gid}`)
    this.#outputs.start()
    await this.#serve(sensor)
    this.#hearSignals(sensor)
    await tellReady(config.logFile)
    const { signatures, sequences, campaigns } = this.#order.program
    const count = signatures.length + sequences.length + campaigns.length
    this.#log.said('info', 'started', `watching ${config.interfaces.join(', ')} with ${count} signatures`)
    const reason = await this.#ended
    this.#log.said('info', 'stopping', `stopping: ${reason}`)
    await sensor.stop(STOP_MS)
    await this.#outputs.close(FLUSH_MS)
    this.#tellOutputs()
    this.#log.said(
      'info',
      'stopped',
      `stopped after ${sensor.feed.frames} packets, ${sensor.reporter.hits} alerts`,
    )
  }

  /** The last stats event cannot say what became of itself. */
  #tellOutputs(): void {
    for (const one of this.#outputs.status()) {
      const { writtenEvents: written, droppedEvents, oversizedEvents, unconfirmedEvents: unconfirmed } = one
      const dropped = droppedEvents + oversizedEvents
      const figures = `${written} events written, ${dropped} dropped, ${unconfirmed} unconfirmed`
      const facts = { output: one.name, written, dropped, unconfirmed }
      this.#log.said('info', 'output-total', `output ${one.name}: ${figures}`, facts)
    }
  }

  /** Opens the interfaces, with the privileges that are there. */
  async #capture(): Promise<Sensor> {
    const { config, program, signaturePaths } = this.#order
    const choice = chooseMethod(config.capture, config.captureProgram)
    this.#log.said('info', 'capture', choice.why)
    const specs = config.interfaces.map(
      (device): CaptureSpec => ({
        device,
        method: choice.method,
        program: choice.program,
        filter: config.filter,
        snaplen: config.snaplenBytes,
        promiscuous: config.promiscuous,
        bufferBytes: config.bufferBytes,
      }),
    )
    const willDrop = process.geteuid?.() === 0 && config.user !== undefined
    const launcher = willDrop ? await startKeeper(specs) : createDirectLauncher(specs)
    this.#closing.push(() => launcher.close())
    const captures = specs.map((spec, source) => ({ ...spec, source, launcher }))
    const sensor = new Sensor({
      config,
      program,
      signaturePaths,
      log: this.#log,
      outputs: this.#outputs,
      createCaptures: (consumer, listener) =>
        captures.map((options) => createLiveCapture(options, consumer, listener)),
    })
    await sensor.start()
    return sensor
  }

  async #serve(sensor: Sensor): Promise<void> {
    const { config, signaturePaths } = this.#order
    const answers = new SensorAnswers(
      sensor,
      this.#outputs,
      this.#log,
      this.#watch.reader(),
      this.#order.version,
    )
    const onTrouble = (error: unknown) =>
      this.#log.said('error', 'bug', error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (config.metrics !== undefined) {
      const metrics = await MetricsServer.open({
        ...config.metrics,
        status: () => answers.status(),
        stall: this.#watch.reader(),
        onTrouble,
      })
      this.#closing.push(() => metrics.close())
    }
    if (config.control !== undefined) {
      const control = await ControlServer.open({
        path: config.control,
        handlers: answers,
        onTrouble,
      })
      this.#closing.push(() => control.close())
    }
    if (config.watchSignatures) {
      const watch = watchSignatures(
        signaturePaths,
        () => void sensor.reload(),
        (reason) => this.#log.said('warn', 'watch', `signature files are no longer watched: ${reason}`),
      )
      this.#closing.push(() => watch.close())
    }
    this.#closing.push(() => this.#watch.close())
  }

  #hearSignals(sensor: Sensor): void {
    const hear = (signal: NodeJS.Signals, act: () => void) => {
      process.on(signal, act)
      this.#closing.push(() => process.off(signal, act))
    }
    hear('SIGUSR2', () => void sensor.reload())
    hear('SIGUSR1', () => void sensor.tellTotals())
    hear('SIGHUP', () => this.#reopen())
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      hear(signal, () => {
        if (this.#isEnding) this.#order.abort()
        this.#isEnding = true
        this.#end(signal)
      })
  }

  #reopen(): void {
    this.#outputs.reopen()
    try {
      this.#log.reopen()
      this.#log.said('info', 'reopened', 'outputs and log opened anew')
    } catch (error) {
      const reason = (error as Error).message
      this.#log.said(
        'error',
        'log-reopen',
        `outputs opened anew, but the log goes on in the old file: ${reason}`,
      )
    }
  }
}

/** Under /run nothing outlasts a boot. What cannot be made shows when it is used. */
function makeFolderOf(path: string, owner: ReturnType<typeof checkPrivileges>): void {
  const folder = dirname(path)
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o755 })
    // Ours, but perhaps made by a run that stayed root.
    else if (folder !== RUN_FOLDER) return
    if (owner?.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  } catch {
    // It is there already, or whoever opens the file will say what is wrong.
  }
}
