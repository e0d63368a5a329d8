// What an extended statement matches, as the matcher takes it. See docs/signature-language.md.

import type { Pause, SequenceSignature } from '../model/program.ts'
import { compileCondition } from './compile-condition.ts'
import { buildAutomaton, MAX_STEPS } from './sequence-automaton.ts'
import { planSequence } from './sequence-plan.ts'
import { layOut } from './sequence-steps.ts'
import type { ItemNode, SequenceStatement } from './statement.ts'

/** Ways to go on from elements to elements, all together: what a packet may cost at most. */
export const MAX_WAYS = 16_384

export type Sequence = Pick<
  SequenceSignature,
  'protocol' | 'ports' | 'start' | 'atEnd' | 'tests' | 'steps' | 'slots' | 'where'
>

/** undefined when it would have more than MAX_STEPS steps, or MAX_WAYS ways between them. */
export function compileSequence(statement: Omit<SequenceStatement, 'description'>): Sequence | undefined {
  const { protocol, ports, start, items, atEnd, where } = statement
  const automaton = compileItems(items, protocol)
  if (automaton === undefined) return undefined
  return { protocol, ports, start, atEnd, ...automaton, where: where && compileCondition(where) }
}

function compileItems(
  items: readonly ItemNode[],
  protocol: SequenceSignature['protocol'],
): Pick<Sequence, 'tests' | 'steps' | 'slots'> | undefined {
  if (items.length === 0) return { tests: [], steps: [], slots: 0 }
  const plan = planSequence(items)
  // Messages come when they come; packets without `+` come at once.
  const pause: Pause = { kind: protocol === 'ssh' ? 'any' : 'none' }
  const first = buildAutomaton(plan, pause)
  if (first === undefined) return undefined
  const layout = layOut(first)
  if (layout.steps.length > MAX_STEPS || countWays(layout.steps) > MAX_WAYS) return undefined
  return { ...layout, slots: plan.slots.size }
}

/** From the beginning, and from behind each element, the elements that may come next. Stops beyond MAX_WAYS. */
function countWays(steps: SequenceSignature['steps']): number {
  let ways = 0
  for (const [at, step] of steps.entries()) {
    const isStart = at === 0 || steps[at - 1]?.kind === 'take'
    if (isStart && step !== undefined) ways += countNext(steps, at)
    if (ways > MAX_WAYS) break
  }
  return ways
}

function countNext(steps: SequenceSignature['steps'], from: number): number {
  const seen = new Set([from])
  let count = 0
  for (const at of seen) {
    const step = steps[at]
    if (step?.kind === 'fork') for (const to of step.to) seen.add(to)
    else count++
  }
  return count
}
