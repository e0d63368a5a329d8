// What may come next in a sequence: the ways on from a step, forks followed.

import { assert } from '../core/assert.ts'
import type { SequenceStep } from './program.ts'

export interface Reach {
  /** Places of the steps that may take the next element, in order. */
  readonly takes: readonly number[]
  /** The sequence may be complete without another element. */
  readonly isDone: boolean
}

export function reach(steps: readonly SequenceStep[], place: number): Reach {
  const takes: number[] = []
  let isDone = false
  const seen = new Set<number>()
  const open = [place]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const step = steps[at]
    assert(step !== undefined, 'a step leads to steps that there are')
    if (step.kind === 'take') takes.push(at)
    else if (step.kind === 'fork') open.push(...step.to)
    else isDone = true
  }
  return { takes: takes.sort((a, b) => a - b), isDone }
}
