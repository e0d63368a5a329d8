// What an extended statement matches, as the matcher takes it. See docs/signature-language.md.

import type { Pause, SequenceSignature } from '../model/program.ts'
import { compileCondition } from './compile-condition.ts'
import { buildAutomaton, MAX_STEPS } from './sequence-automaton.ts'
import { planSequence } from './sequence-plan.ts'
import { layOut } from './sequence-steps.ts'
import type { ItemNode, SequenceStatement } from './statement.ts'

export type Sequence = Pick<
  SequenceSignature,
  'protocol' | 'ports' | 'start' | 'atEnd' | 'tests' | 'steps' | 'slots' | 'where'
>

/** undefined when it would have more than MAX_STEPS steps. */
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
  return layout.steps.length > MAX_STEPS ? undefined : { ...layout, slots: plan.slots.size }
}
