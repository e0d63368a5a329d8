// The replay command: options in, reports out, an exit code back.

import type { CaptureProblem } from '../model/frame.ts'
import { OperatorError } from '../model/operator-error.ts'
import type { ReportSink } from '../model/report.ts'
import { EveReport } from '../output/eve-report.ts'
import { HostNames, NamingReport } from '../output/host-names.ts'
import { createLineEvents } from '../output/line-events.ts'
import { LineSink } from '../output/line-sink.ts'
import { formatSummary } from '../output/summary.ts'
import { TextReport } from '../output/text-report.ts'
import { type Progress, type ReplayListener, replay } from '../sensor/replay.ts'
import { ExitCode, exitCodeOf } from './exit-code.ts'
import { loadProgram } from './load-program.ts'
import { complain, complainOf } from './messages.ts'
import { ProgressLine } from './progress.ts'
import type { ReplayArguments } from './replay-options.ts'

/** @returns the exit code */
export async function runReplay(args: ReplayArguments): Promise<number> {
  const { program, isSound } = await loadProgram({ ...args, isOptional: args.unknown || args.flows })
  const sink = args.output === undefined ? LineSink.stdout() : LineSink.file(args.output)
  const names = args.resolve ? new HostNames() : undefined
  const console = new ReplayConsole(sink, args.quiet)
  const totals = await replay(
    {
      inputs: args.captures,
      recursive: args.recursive,
      merge: args.merge,
      program,
      thresholdMs: args.threshold,
      checksums: args.checksums,
      filter: args.filter,
      flows: args.flows ? 'all' : args.unknown ? 'unmatched' : 'none',
      recordedElements: args.elements,
      appProtocols: args.format === 'eve',
      maxFlows: args.maxFlows,
    },
    (sources) => {
      const report = createReport(args, sink, sources, names)
      console.naming = report instanceof NamingReport ? report : undefined
      return report
    },
    console,
  )
  await console.naming?.settle()
  sink.close()
  console.progress?.erase()
  if (args.summary) complain(...formatSummary(totals))
  if (console.signalled !== 0) return console.signalled
  if (console.failure !== 0) return console.failure
  if (!isSound) return ExitCode.input
  return args.exitMatch && totals.hits.length === 0 ? ExitCode.findings : ExitCode.done
}

function createReport(
  args: ReplayArguments,
  sink: LineSink,
  sources: readonly string[],
  names: HostNames | undefined,
): ReportSink {
  if (args.format === 'eve') return new EveReport(createLineEvents(sink), sources)
  const report = new TextReport(sink, {
    hits: !args.unknownOnly,
    oneLine: args.oneLine,
    timestamps: args.timestamps,
    nameOf: (address) => names?.nameOf(address) ?? address,
  })
  return names === undefined ? report : new NamingReport(names, report)
}

/** Signals that end a replay in order, and the exit codes that tell of them. */
const ENDING_SIGNALS = [
  ['SIGINT', ExitCode.interrupted],
  ['SIGTERM', ExitCode.terminated],
] as const

/** Hears the replay: writes reports out between reads, shows progress, stops on a signal or a closed pipe. */
class ReplayConsole implements ReplayListener {
  readonly progress: ProgressLine | undefined
  readonly stop: Promise<void>
  readonly #sink: LineSink
  naming: NamingReport | undefined
  /** Exit code of the signal that ended the replay. */
  signalled = 0
  /** Exit code of the worst trouble. */
  failure = 0

  constructor(sink: LineSink, quiet: boolean) {
    this.#sink = sink
    this.progress = process.stderr.isTTY && !quiet ? new ProgressLine() : undefined
    this.stop = new Promise((resolve) => {
      for (const [signal, code] of ENDING_SIGNALS)
        process.once(signal, () => {
          this.signalled = code
          resolve()
        })
    })
  }

  get stopped(): boolean {
    return this.signalled !== 0 || this.#sink.closed
  }

  trouble(problem: CaptureProblem | OperatorError): void {
    this.progress?.erase()
    if (problem instanceof OperatorError) {
      complainOf(problem)
      this.failure = exitCodeOf(problem.code)
      return
    }
    const { severity, file, offset, message } = problem
    complain(`${file}: byte ${offset}: ${severity}: ${message}`)
    if (severity === 'error') this.failure = ExitCode.input
  }

  breathe(progress: Progress): undefined | Promise<void> {
    this.progress?.show(progress)
    if (this.naming !== undefined) return this.naming.settle().then(() => this.#sink.flush())
    this.#sink.flush()
    return undefined
  }
}
