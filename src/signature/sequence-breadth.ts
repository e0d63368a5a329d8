// Whether a sequence tells next to nothing of a flow.

import type { SequenceStep, SequenceTest } from '../model/program.ts'
import { compileSequence, type Sequence } from './compile-sequence.ts'
import type { SequenceStatement } from './statement.ts'

/** A range from 1 (or 0) to here tells hardly any TCP segment of an Ethernet from another. */
const FULL_SEGMENT = 1400

/** Bounds that exclude hardly anything. */
export function isAnySize(low: number, high: number): boolean {
  return low <= 1 && high >= FULL_SEGMENT
}

/** True when some way through the steps asks for nothing: no size, no message, no pause, no condition. */
export function isBroadSequence(statement: SequenceStatement): boolean {
  const sequence = compileSequence(statement)
  if (sequence === undefined || sequence.steps.length === 0 || sequence.where !== undefined) return false
  const { start, atEnd } = sequence
  // A phase says that the flow came so far; between both anchors the number of packets is told.
  if ((start !== 'anywhere' && start !== 'flow') || (start === 'flow' && atEnd)) return false
  return reachesEnd(sequence)
}

/** A way so far: of one packet after a pause, which is broad only as the last; else of any others. */
type Way = 'plain' | 'paused'

function reachesEnd({ steps, tests }: Sequence): boolean {
  const seen = new Set<string>()
  const waiting: (readonly [place: number, way: Way, isFirst: boolean])[] = [[0, 'plain', true]]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [place, way, isFirst] = at
    const step: SequenceStep | undefined = steps[place]
    if (seen.has(at.join()) || step === undefined) continue
    seen.add(at.join())
    if (step.kind === 'done') return true
    if (step.kind === 'fork') for (const to of step.to) waiting.push([to, way, isFirst])
    else {
      const next = way === 'plain' ? wayBehind(tests[step.test], isFirst) : undefined
      if (next !== undefined) waiting.push([place + 1, next, false])
    }
  }
  return false
}

function wayBehind(test: SequenceTest | undefined, isFirst: boolean): Way | undefined {
  if (test === undefined || test.message !== 0 || test.payload !== undefined || test.reference !== 0)
    return undefined
  if (!isAnySize(test.low, test.high)) return undefined
  if (test.pause.kind === 'any' || test.pause.kind === 'none') return 'plain'
  return test.pause.kind === 'pause' && isFirst ? 'paused' : undefined
}
