// Replays captures for the workbench, which has no sensor. What cannot be read is told, and the rest goes on.

import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import type { ReportSink, RunTotals } from '../model/report.ts'
import { type ReplayOptions, replay } from '../sensor/replay.ts'
import { ExitCode, exitCodeOf } from './exit-code.ts'
import { complain, complainOf } from './messages.ts'

/** As `gait replay` has it unless told. */
const MAX_FLOWS = 1 << 20

/** What of a replay differs from one tool to the next. */
export interface CaptureRun extends Pick<ReplayOptions, 'inputs' | 'recursive' | 'merge' | 'thresholdMs'> {
  readonly program: Program
  readonly filter?: string | undefined
  readonly watch?: ReplayOptions['watch']
  /** Say nothing of trouble: it was said before. */
  readonly isQuiet?: boolean
}

export interface CaptureOutcome {
  readonly totals: RunTotals
  /** Exit code of the worst trouble; 0 when all was read. */
  readonly failure: number
}

/**
 * @param createSink - is given the captures' names, by index
 * @throws OperatorError when no capture can be listed, or the filter is wrong
 */
export async function replayCaptures(
  { inputs, recursive, merge, thresholdMs, program, filter, watch, isQuiet = false }: CaptureRun,
  createSink: (sources: readonly string[]) => ReportSink,
): Promise<CaptureOutcome> {
  let failure: number = ExitCode.done
  const totals = await replay(
    {
      inputs,
      recursive,
      merge,
      program,
      thresholdMs,
      checksums: false,
      filter,
      flows: 'none',
      recordedElements: 0,
      appProtocols: true,
      maxFlows: MAX_FLOWS,
      watch,
    },
    createSink,
    {
      stopped: false,
      stop: new Promise(() => {}),
      breathe() {},
      trouble(problem) {
        if (problem instanceof OperatorError) {
          if (!isQuiet) complainOf(problem)
          failure = exitCodeOf(problem.code)
          return
        }
        const { severity, file, offset, message } = problem
        if (!isQuiet) complain(`${file}: byte ${offset}: ${severity}: ${message}`)
        if (severity === 'error') failure = ExitCode.input
      },
    },
  )
  return { totals, failure }
}
