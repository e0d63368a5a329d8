// Lays a pattern beside an exchange as well as it goes: the cheapest way from any start, where an element that does
// not fit, one that is in the way, and a packet that is missing have their price. A way that costs nothing is a match.

import type { SequenceStep, SequenceTest } from '../../model/program.ts'
import { type Reach, reach } from '../../model/reach.ts'
import { GAP, type Misfit, misfitsOf } from './misfit.ts'
import type { Observed } from './observed.ts'
import type { Pattern } from './pattern.ts'

export type AlignedStep =
  | {
      readonly kind: 'taken'
      readonly element: Observed
      readonly test: SequenceTest
      /** None: it fits. */
      readonly misfits: readonly Misfit[]
    }
  /** In the way: the pattern has no place for it. */
  | { readonly kind: 'extra'; readonly element: Observed }
  /** Nothing was there for it. */
  | { readonly kind: 'missing'; readonly test: SequenceTest }

export interface Alignment {
  /** In order; empty when there are no elements. */
  readonly steps: readonly AlignedStep[]
  /** What is wrong at the beginning and at the end. */
  readonly before: Trouble | undefined
  readonly behind: readonly Trouble[]
  readonly cost: number
  /** Elements that fit. */
  readonly matched: number
}

/** Something that is not about one element. */
export interface Trouble {
  readonly kind: 'start' | 'end' | 'where'
  readonly text: string
  readonly by: number | undefined
  readonly cost: number
}

export interface Surroundings {
  readonly thresholdMicros: number
  /** What is wrong when a match begins with this element. */
  begin(element: Observed): Trouble | undefined
  /** What is wrong when it ends with this element. */
  end(element: Observed): readonly Trouble[]
}

/** Ways under way at once. */
const MOST_NODES = 1024
const EXTRA = 1
/** Whatever is wrong with an element. */
const MOST_MISFIT = 1.5
const MISSING = 1
/** So much more may be wrong before nothing at all is shown. */
const SOMETHING = 2

interface Node {
  readonly cost: number
  readonly matched: number
  readonly first: number
  /** Step that was taken last. */
  readonly place: number
  readonly step: AlignedStep
  readonly previous: Node | undefined
  readonly sizes: readonly (number | undefined)[]
  readonly before: Trouble | undefined
}

/** Where a way may come from: a node, or the beginning. */
interface From {
  readonly node: Node | undefined
  readonly reach: Reach
}

export function align(pattern: Pattern, elements: readonly Observed[], around: Surroundings): Alignment {
  return new Aligner(pattern, around).align(elements)
}

class Aligner {
  readonly #pattern: Pattern
  readonly #around: Surroundings
  readonly #reaches = new Map<number, Reach>()
  /** Packets that must still come, by step. */
  readonly #left: readonly number[]
  #best: { readonly cost: number; readonly node: Node; readonly behind: readonly Trouble[] } | undefined

  constructor(pattern: Pattern, around: Surroundings) {
    this.#pattern = pattern
    this.#around = around
    this.#left = distances(pattern.steps)
  }

  align(elements: readonly Observed[]): Alignment {
    let nodes: ReadonlyMap<string, Node> = new Map()
    for (const element of elements) {
      nodes = this.#advance(nodes, element)
      for (const node of nodes.values()) this.#finish(node)
    }
    const none = this.#left[0] ?? 0
    const best = this.#best
    if (best === undefined)
      return { steps: this.#missing(0), before: undefined, behind: [], cost: none * MISSING, matched: 0 }
    const steps: AlignedStep[] = []
    for (let node: Node | undefined = best.node; node !== undefined; node = node.previous)
      steps.unshift(node.step)
    steps.push(...this.#missing(best.node.place + 1))
    const { before, matched } = best.node
    return { steps, before, behind: best.behind, cost: best.cost, matched }
  }

  /** No way that costs more is worth going. */
  get #limit(): number {
    return this.#best?.cost ?? (this.#left[0] ?? 0) * MISSING + SOMETHING
  }

  #reach(place: number): Reach {
    let found = this.#reaches.get(place)
    if (found === undefined) {
      found = reach(this.#pattern.steps, place)
      this.#reaches.set(place, found)
    }
    return found
  }

  /** Of the ways that stand at one step with the same sizes kept the best goes on. */
  #advance(nodes: ReadonlyMap<string, Node>, element: Observed): ReadonlyMap<string, Node> {
    const next = new Map<string, Node>()
    const offer = (node: Node) => {
      if (node.cost > this.#limit) return
      const key = `${node.place} ${node.sizes.join(' ')}`
      const rival = next.get(key)
      if (rival === undefined ? next.size < MOST_NODES : isBetter(node, rival)) next.set(key, node)
    }
    this.#go({ node: undefined, reach: this.#reach(0) }, element, offer)
    for (const node of nodes.values()) {
      this.#go({ node, reach: this.#reach(node.place + 1) }, element, offer)
      const cost = node.cost + EXTRA + (element.isAfterGap ? GAP.cost : 0)
      if (cost <= this.#limit) offer({ ...node, cost, step: { kind: 'extra', element }, previous: node })
    }
    return next
  }

  /** Takes the element by every step that may come next, or by one behind that, whose own packet is missing then. */
  #go(from: From, element: Observed, offer: (node: Node) => void): void {
    for (const place of from.reach.takes) {
      this.#take(from.node, place, element, offer)
      const test = this.#testAt(place)
      if (from.node === undefined || test === undefined || from.node.cost + MISSING > this.#limit) continue
      const missing: Node = {
        ...from.node,
        cost: from.node.cost + MISSING,
        place,
        step: { kind: 'missing', test },
        previous: from.node,
      }
      for (const behind of this.#reach(place + 1).takes)
        if (behind !== place) this.#take(missing, behind, element, offer)
    }
  }

  #testAt(place: number): SequenceTest | undefined {
    const step = this.#pattern.steps[place]
    return step?.kind === 'take' ? this.#pattern.tests[step.test] : undefined
  }

  #take(previous: Node | undefined, place: number, element: Observed, offer: (node: Node) => void): void {
    const step = this.#pattern.steps[place]
    const test = this.#testAt(place)
    if (step?.kind !== 'take' || test === undefined) return
    const isFirst = previous === undefined
    const sizes = previous?.sizes ?? []
    const { packetOfSlot } = this.#pattern
    const context = { isFirst, sizes, packetOfSlot, thresholdMicros: this.#around.thresholdMicros }
    const found = misfitsOf(test, element, context)
    const misfits = !isFirst && element.isAfterGap ? [GAP, ...found] : found
    const before = isFirst ? this.#around.begin(element) : previous.before
    const cost = misfits.reduce((sum, misfit) => sum + misfit.cost, 0)
    const kept = step.slot === 0 ? sizes : withSize(sizes, step.slot, element.size)
    offer({
      cost: (previous?.cost ?? before?.cost ?? 0) + Math.min(cost, MOST_MISFIT),
      matched: (previous?.matched ?? 0) + (misfits.length === 0 ? 1 : 0),
      first: previous?.first ?? element.ordinal,
      place,
      step: { kind: 'taken', element, test, misfits },
      previous,
      sizes: kept,
      before,
    })
  }

  /** Takes a way for the best, if it is, with what then is missing. */
  #finish(node: Node): void {
    if (node.step.kind !== 'taken') return
    const cost = node.cost + (this.#left[node.place + 1] ?? 0) * MISSING
    const best = this.#best
    if (
      best !== undefined &&
      (cost > best.cost || (cost === best.cost && !isBetter({ ...node, cost }, best.node)))
    )
      return
    const behind = this.#around.end(node.step.element)
    const whole = cost + behind.reduce((sum, trouble) => sum + trouble.cost, 0)
    if (best === undefined || whole < best.cost || (whole === best.cost && isBetter(node, best.node)))
      this.#best = { cost: whole, node, behind }
  }

  /** The shortest way to the end from a step. */
  #missing(place: number): readonly AlignedStep[] {
    const steps: AlignedStep[] = []
    for (let at = place; (this.#left[at] ?? 0) > 0; ) {
      const { takes } = this.#reach(at)
      const shortest = takes.reduce((a, b) => ((this.#left[b + 1] ?? 0) < (this.#left[a + 1] ?? 0) ? b : a))
      const test = this.#testAt(shortest)
      if (test === undefined) break
      steps.push({ kind: 'missing', test })
      at = shortest + 1
    }
    return steps
  }
}

/** Of two ways: the cheaper, that which matched more, that which began earlier. */
function isBetter(one: Node, other: Node): boolean {
  if (one.cost !== other.cost) return one.cost < other.cost
  if (one.matched !== other.matched) return one.matched > other.matched
  return one.first < other.first
}

function withSize(
  sizes: readonly (number | undefined)[],
  slot: number,
  size: number,
): readonly (number | undefined)[] {
  const kept = [...sizes]
  kept[slot] = size
  return kept
}

/** Of each step, how many elements must still be taken, at least. */
export function distances(steps: readonly SequenceStep[]): readonly number[] {
  const left = steps.map((step) => (step.kind === 'done' ? 0 : Number.POSITIVE_INFINITY))
  for (let isStable = false; !isStable; ) {
    isStable = true
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at]
      if (step === undefined || step.kind === 'done') continue
      const next =
        step.kind === 'take'
          ? 1 + (left[at + 1] ?? Number.POSITIVE_INFINITY)
          : Math.min(...step.to.map((to) => left[to] ?? Number.POSITIVE_INFINITY))
      if (next >= (left[at] ?? 0)) continue
      left[at] = next
      isStable = false
    }
  }
  return left
}
