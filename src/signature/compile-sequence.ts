// What an extended statement matches, as the matcher takes it. See docs/signature-language.md.

import type { Pause, SequenceSignature } from '../model/program.ts'
import { reach } from '../model/reach.ts'
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
  const automaton = compileOnce(items, protocol)
  if (automaton === undefined) return undefined
  return { protocol, ports, start, atEnd, ...automaton, where: where && compileCondition(where) }
}

/** What items were compiled to: a statement is compiled to be checked, compared and loaded. */
const compiled = new WeakMap<readonly ItemNode[], ReturnType<typeof compileItems>>()

function compileOnce(items: readonly ItemNode[], protocol: SequenceSignature['protocol']) {
  if (!compiled.has(items)) compiled.set(items, compileItems(items, protocol))
  return compiled.get(items)
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
  for (const at of steps.keys()) {
    if (at > 0 && steps[at - 1]?.kind !== 'take') continue
    const { takes, isDone } = reach(steps, at)
    ways += takes.length + (isDone ? 1 : 0)
    if (ways > MAX_WAYS) break
  }
  return ways
}
