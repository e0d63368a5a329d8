// Reads captures for the workbench, which has no sensor: every flow with all that signatures see of it.

import type { FlowTrace } from '../model/flow-trace.ts'
import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import { replay } from '../sensor/replay.ts'
import { TracingPipeline } from '../sensor/tracing-pipeline.ts'
import { complain } from './messages.ts'

/** Kept of a flow: more than anybody reads, and than a signature can hold. */
const MOST_ELEMENTS = 4096
const MAX_FLOWS = 1 << 18

export interface FlowReading {
  /** Files and folders. */
  readonly inputs: readonly string[]
  readonly recursive: boolean
  /** Hits are told of this; none when there is nothing to match. */
  readonly program: Program
  readonly thresholdMs: number
  /** pcap-filter expression. */
  readonly filter: string | undefined
}

export const NO_PROGRAM: Program = { hash: '', signatures: [], sequences: [], campaigns: [] }

/**
 * All flows, by capture, then in the order of their beginnings.
 *
 * @throws OperatorError when a capture cannot be read; one that is malformed at its end is read as far as it goes
 */
export async function readFlows(reading: FlowReading): Promise<readonly FlowTrace[]> {
  const traces: FlowTrace[] = []
  let trouble: OperatorError | undefined
  await replay(
    {
      ...reading,
      merge: false,
      checksums: false,
      flows: 'none',
      recordedElements: 0,
      appProtocols: true,
      maxFlows: MAX_FLOWS,
      createPipeline: (options, witness, captures) =>
        new TracingPipeline(options, witness, {
          captures,
          mostElements: MOST_ELEMENTS,
          take: (trace) => traces.push(trace),
        }),
    },
    () => ({ hit() {}, ssh() {}, flowEnd() {}, totals() {} }),
    {
      stopped: false,
      stop: new Promise(() => {}),
      breathe() {},
      trouble(problem) {
        if (problem instanceof OperatorError) trouble ??= problem
        else if (problem.severity === 'error')
          complain(`${problem.file}: byte ${problem.offset}: ${problem.severity}: ${problem.message}`)
      },
    },
  )
  if (trouble !== undefined) throw trouble
  return traces.sort((a, b) => a.flow.source - b.flow.source || a.flow.id - b.flow.id)
}
