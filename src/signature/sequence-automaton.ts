// Builds the automaton of a sequence from its last item to its first. Each item is told where to go on in two
// cases: when it took something and when it took nothing. So a pause that stands before a group finds the element
// that comes first, whichever that is, and no loop goes round without taking anything.

import type { Pause, SequenceTest } from '../model/program.ts'
import { compileTest } from './compile-test.ts'
import type { PlanElement, PlanItem, SequencePlan } from './sequence-plan.ts'

/** A step whose way on is a reference: it gets its place later. */
export type AutomatonNode =
  | {
      readonly kind: 'take'
      readonly test: SequenceTest
      readonly slot: number
      readonly next: AutomatonNode
    }
  | { readonly kind: 'fork'; readonly to: readonly AutomatonNode[] }
  | { readonly kind: 'done' }

/** Steps of a sequence, at most. */
export const MAX_STEPS = 4096
const ANY: Pause = { kind: 'any' }

/**
 * Returns where the automaton of a plan with at least one item begins; undefined when it would be too large.
 *
 * @param pause - before an element for which the statement gives none
 */
export function buildAutomaton(plan: SequencePlan, pause: Pause): AutomatonNode | undefined {
  const builder = new AutomatonBuilder(plan, pause)
  const done: AutomatonNode = { kind: 'done' }
  const first = builder.list(plan.items, undefined, { taken: done, fresh: done })
  return builder.isTooLarge ? undefined : first
}

/** Where to go on when something was taken on the way, and when nothing was. */
interface Exits {
  readonly taken: AutomatonNode
  readonly fresh: AutomatonNode
}

class AutomatonBuilder {
  readonly #plan: SequencePlan
  readonly #pause: Pause
  #nodes = 1

  constructor(plan: SequencePlan, pause: Pause) {
    this.#plan = plan
    this.#pause = pause
  }

  get isTooLarge(): boolean {
    return this.#nodes > MAX_STEPS
  }

  /** @param pause - before the element that comes first */
  list(items: readonly PlanItem[], pause: Pause | undefined, exits: Exits): AutomatonNode {
    const isOne = pause === undefined && exits.taken === exits.fresh
    const required = items.findIndex((item) => !item.isOptional)
    let { taken, fresh } = exits
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i]
      if (item === undefined || this.isTooLarge) break
      const afterTaken = taken
      // Behind a required item something was taken; before the first nothing was.
      if (i > 0 || isOne) taken = this.#item(item, undefined, { taken: afterTaken, fresh: afterTaken })
      if (isOne) fresh = taken
      else if (required < 0 || i < required) fresh = this.#item(item, pause, { taken: afterTaken, fresh })
      else if (i === required) fresh = this.#item(item, pause, { taken: afterTaken, fresh: afterTaken })
    }
    return fresh
  }

  #item(item: PlanItem, before: Pause | undefined, exits: Exits): AutomatonNode {
    const { low, high, isAtomOptional } = item
    const pause = item.pause ?? before
    const isOne = exits.taken === exits.fresh
    let { taken, fresh } = exits
    let rounds = high
    if (high === Number.POSITIVE_INFINITY) {
      taken = this.#loop(item, pause, exits.taken)
      fresh = isOne ? taken : this.#perhaps(item, pause, { taken, fresh: exits.fresh })
      rounds = low
    }
    for (let round = 1; round <= rounds && !this.isTooLarge; round++) {
      const isFirst = round === rounds
      const isRequired = round > rounds - low
      const next = { taken, fresh }
      const build = (skip: AutomatonNode, fromFresh: AutomatonNode) =>
        isRequired
          ? this.#atom(item, pause, { taken: next.taken, fresh: fromFresh })
          : this.#perhaps(item, pause, { taken: next.taken, fresh: skip })
      if (isOne || !isFirst) taken = build(exits.taken, next.taken)
      if (isOne) fresh = taken
      else if (isFirst || isAtomOptional) fresh = build(exits.fresh, next.fresh)
    }
    return fresh
  }

  /** The item any number of times. A round that takes nothing is the last. */
  #loop(item: PlanItem, pause: Pause | undefined, after: AutomatonNode): AutomatonNode {
    const to: AutomatonNode[] = []
    const loop = this.#node({ kind: 'fork', to })
    to.push(this.#atom(item, pause, { taken: loop, fresh: after }), after)
    return loop
  }

  #perhaps(item: PlanItem, pause: Pause | undefined, exits: Exits): AutomatonNode {
    return this.#node({ kind: 'fork', to: [this.#atom(item, pause, exits), exits.fresh] })
  }

  #atom({ atom }: PlanItem, pause: Pause | undefined, exits: Exits): AutomatonNode {
    if (this.isTooLarge) return exits.taken
    if (atom.kind === 'element') return this.#take(atom, pause, exits.taken)
    const [first, ...others] = atom.alternatives.map((items) => this.list(items, pause, exits))
    if (first !== undefined && others.length === 0) return first
    return this.#node({ kind: 'fork', to: [first, ...others].filter((node) => node !== undefined) })
  }

  #take({ element, slot }: PlanElement, pause: Pause | undefined, next: AutomatonNode): AutomatonNode {
    const usual = element.direction === undefined ? ANY : this.#pause
    const test = compileTest(element, pause ?? usual, (packet) => this.#plan.slots.get(packet) ?? 0)
    return this.#node({ kind: 'take', test, slot, next })
  }

  #node(node: AutomatonNode): AutomatonNode {
    this.#nodes++
    return node
  }
}
