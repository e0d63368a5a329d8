// Replays a capture for the workbench, which has no sensor: how often each signature hits.

import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import { replay } from '../sensor/replay.ts'

const MAX_FLOWS = 1 << 16

/** @throws OperatorError when the capture cannot be read, or not to its end */
export async function countHits(
  path: string,
  program: Program,
  thresholdMs: number,
): Promise<ReadonlyMap<number, number>> {
  let trouble: OperatorError | undefined
  const totals = await replay(
    {
      inputs: [path],
      recursive: false,
      merge: false,
      program,
      thresholdMs,
      checksums: false,
      filter: undefined,
      flows: 'none',
      recordedElements: 0,
      appProtocols: true,
      maxFlows: MAX_FLOWS,
    },
    () => ({ hit() {}, ssh() {}, flowEnd() {}, totals() {} }),
    {
      stopped: false,
      stop: new Promise(() => {}),
      breathe() {},
      trouble(problem) {
        if (problem instanceof OperatorError) trouble = problem
        else if (problem.severity === 'error')
          trouble = new OperatorError('input', `${problem.file}: byte ${problem.offset}: ${problem.message}`)
      },
    },
  )
  if (trouble !== undefined) throw trouble
  return new Map(totals.hits.map(({ signature, count }) => [signature.sid, count]))
}
