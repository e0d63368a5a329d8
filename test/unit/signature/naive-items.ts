// What items mean, said without an automaton: the oracle of compileSequence. Steps are run here, too, as plainly.

import type { Direction, Pause, SequenceTest } from '../../../src/model/program.ts'
import type { Sequence } from '../../../src/signature/compile-sequence.ts'
import { compilePause, compileTest } from '../../../src/signature/compile-test.ts'
import type { ElementNode, ItemNode } from '../../../src/signature/statement.ts'

export interface TestElement {
  readonly direction: Direction
  readonly size: number
  /** µs */
  readonly delay: number
}

const THRESHOLD = 500_000

type Sizes = ReadonlyMap<number, number>

/** How far a match has come. */
interface Way {
  readonly taken: number
  readonly sizes: Sizes
  /** A pause that stands before the group. */
  readonly pending: Pause | undefined
}

/** How many of the elements, from the first on, are a match: every number for which some way leads there. */
export function lengthsOfItems(
  items: readonly ItemNode[],
  isSsh: boolean,
  elements: readonly TestElement[],
): ReadonlySet<number> {
  const numbers = new Map<ItemNode, number>()
  numberItems(items, numbers, 0)
  const walk = (list: readonly ItemNode[], way: Way): readonly Way[] =>
    list.reduce<readonly Way[]>((ways, item) => distinct(ways.flatMap((one) => repeated(item, one))), [way])

  const repeated = (item: ItemNode, way: Way): readonly Way[] => {
    const before = item.pause === undefined ? way.pending : compilePause(item.pause)
    const ends: Way[] = []
    let ways: readonly Way[] = [way]
    // Rounds beyond what is left of the elements take nothing.
    const most = Math.min(item.high, item.low + elements.length)
    for (let round = 0; round <= most; round++) {
      if (round >= item.low) ends.push(...ways)
      ways = distinct(ways.flatMap((one) => once(item, { ...one, pending: before })))
    }
    return distinct(ends).map((end) => ({
      ...end,
      pending: end.taken === way.taken ? way.pending : undefined,
    }))
  }

  const once = (item: ItemNode, way: Way): readonly Way[] => {
    const { atom } = item
    if (atom.kind === 'group') return atom.alternatives.flatMap((list) => walk(list, way))
    const number = numbers.get(item) ?? 0
    const element = elements[way.taken]
    const test = compileTest(atom, way.pending ?? usualPause(atom, isSsh), (packet) => packet)
    if (element === undefined || !fits(test, element, way.taken === 0, way.sizes)) return []
    return [{ taken: way.taken + 1, sizes: new Map(way.sizes).set(number, element.size), pending: undefined }]
  }

  const ends = walk(items, { taken: 0, sizes: new Map(), pending: undefined })
  return new Set(ends.map(({ taken }) => taken))
}

/** The same of a compiled sequence. */
export function lengthsOfSteps(
  { steps, tests }: Sequence,
  elements: readonly TestElement[],
): ReadonlySet<number> {
  const lengths = new Set<number>()
  const seen = new Set<string>()
  const run = (place: number, taken: number, sizes: Sizes): void => {
    const key = `${place} ${taken} ${[...sizes].join()}`
    if (seen.has(key)) return
    seen.add(key)
    const step = steps[place]
    if (step?.kind === 'done') lengths.add(taken)
    if (step?.kind === 'fork') for (const to of step.to) run(to, taken, sizes)
    const element = elements[taken]
    if (step?.kind !== 'take' || element === undefined) return
    if (!fits(tests[step.test]!, element, taken === 0, sizes)) return
    run(place + 1, taken + 1, step.slot === 0 ? sizes : new Map(sizes).set(step.slot, element.size))
  }
  run(0, 0, new Map())
  return lengths
}

function distinct(ways: readonly Way[]): readonly Way[] {
  const keyOf = ({ taken, sizes, pending }: Way) => JSON.stringify([taken, [...sizes].sort(), pending])
  return [...new Map(ways.map((way) => [keyOf(way), way])).values()]
}

function numberItems(items: readonly ItemNode[], numbers: Map<ItemNode, number>, count: number): number {
  let last = count
  for (const item of items) {
    if (item.atom.kind === 'element') numbers.set(item, ++last)
    else for (const list of item.atom.alternatives) last = numberItems(list, numbers, last)
  }
  return last
}

function usualPause({ direction }: ElementNode, isSsh: boolean): Pause {
  return { kind: isSsh || direction === undefined ? 'any' : 'none' }
}

function fits(test: SequenceTest, element: TestElement, isFirst: boolean, sizes: Sizes): boolean {
  const { direction, low, high, reference, pause } = test
  if (direction !== undefined && direction !== element.direction) return false
  const base = reference === 0 ? 0 : sizes.get(reference)
  if (base === undefined || element.size < base + low || element.size > base + high) return false
  const { delay } = element
  if (pause.kind === 'none') return isFirst || delay < THRESHOLD
  if (pause.kind === 'pause') return delay >= THRESHOLD
  return pause.kind === 'any' || (delay >= pause.low && delay <= pause.high)
}
