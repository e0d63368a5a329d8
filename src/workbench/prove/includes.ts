// Proves that whatever one recogniser accepts holds something that another accepts: wherever the first hits a flow,
// the second does. The second is run along every way of the first, and takes only what every element does that the
// first lets pass. So a proof is always right; where there is none, nothing is known.

import type { Pause, PortRange } from '../../model/program.ts'
import { implies } from './conditions.ts'
import { type Recogniser, sizesOf, type Taking } from './recogniser.ts'

export interface InclusionOptions {
  readonly thresholdMicros: number
  /** Tests compared before it is given up. */
  readonly most: number
}

export const DEFAULT_INCLUSION: InclusionOptions = { thresholdMicros: 500_000, most: 50_000 }

/** True when it is proven that every exchange of `inner` holds one of `outer`, in a flow that both are about. */
export function includes(
  outer: Recogniser,
  inner: Recogniser,
  options: InclusionOptions = DEFAULT_INCLUSION,
): boolean {
  if (!isAbout(outer, inner)) return false
  if (outer.states.length === 0) {
    // A condition alone is asked behind every element, not at the flow's end.
    return (inner.states.length === 0 || !inner.atEnd) && implies(inner.where, outer.where)
  }
  if (inner.states.length === 0) return false
  return new InclusionProof(outer, inner, options).holds()
}

/** What can be told without looking at elements. */
function isAbout(outer: Recogniser, inner: Recogniser): boolean {
  if (outer.protocol !== inner.protocol || !coversPorts(outer.ports, inner.ports)) return false
  if (outer.start !== 'anywhere' && outer.start !== inner.start) return false
  if (outer.atEnd && !inner.atEnd) return false
  // Figures may change between an element and the flow's end.
  if (outer.where !== undefined && outer.states.length > 0)
    return outer.atEnd === inner.atEnd && implies(inner.where, outer.where)
  return true
}

function coversPorts(outer: readonly PortRange[], inner: readonly PortRange[]): boolean {
  if (outer.length === 0) return true
  if (inner.length === 0) return false
  return inner.every(({ low, high }) => outer.some((range) => range.low <= low && high <= range.high))
}

/** What is known of a size: that of an imagined element `root`, and so much more; and its bounds. */
interface Size {
  readonly root: number
  readonly more: number
  readonly low: number
  readonly high: number
}

type Sizes = readonly (Size | undefined)[]

/** Where the outer one has come to. */
interface Thread {
  readonly place: number
  readonly sizes: Sizes
  /** Nothing was taken yet. */
  readonly isFresh: boolean
}

interface Position {
  readonly place: number
  readonly sizes: Sizes
  readonly threads: readonly Thread[]
  readonly isFirst: boolean
}

class InclusionProof {
  readonly #outer: Recogniser
  readonly #inner: Recogniser
  readonly #options: InclusionOptions
  readonly #bounds: PortRange
  readonly #seen = new Set<string>()
  #roots = 0
  #compared = 0

  constructor(outer: Recogniser, inner: Recogniser, options: InclusionOptions) {
    this.#outer = outer
    this.#inner = inner
    this.#options = options
    this.#bounds = sizesOf(inner.protocol)
  }

  holds(): boolean {
    const waiting: Position[] = [{ place: 0, sizes: [], threads: [FRESH], isFirst: true }]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const name = nameOf(at)
      if (this.#seen.has(name)) continue
      this.#seen.add(name)
      for (const take of this.#inner.states[at.place]?.takes ?? []) {
        const next = this.#step(at, take)
        if (next === 'impossible' || next === 'hit') continue
        if (next === 'unproven' || this.#compared > this.#options.most) return false
        waiting.push(next)
      }
    }
    return true
  }

  #step(at: Position, take: Taking): Position | 'impossible' | 'hit' | 'unproven' {
    const size = this.#sizeOf(take, at.sizes)
    if (size === undefined) return 'impossible'
    const isDone = this.#inner.states[take.next]?.isDone === true
    const threads = new Map<string, Thread>()
    for (const thread of at.threads)
      for (const test of this.#outer.states[thread.place]?.takes ?? []) {
        this.#compared++
        if (!this.#isImplied(test, thread, take, at, size)) continue
        const next = { place: test.next, sizes: kept(thread.sizes, test.slot, size), isFresh: false }
        threads.set(threadName(next), next)
      }
    const isHit = [...threads.values()].some(({ place }) => this.#outer.states[place]?.isDone === true)
    // Without anchor and condition it hits here, whatever comes.
    const isFree = !this.#outer.atEnd && this.#outer.where === undefined
    if (isHit && isFree) return 'hit'
    if (isDone && !isHit) return 'unproven'
    if (this.#outer.start === 'anywhere') threads.set('fresh', FRESH)
    if (threads.size === 0) return 'unproven'
    return {
      place: take.next,
      sizes: kept(at.sizes, take.slot, size),
      threads: [...threads.values()],
      isFirst: false,
    }
  }

  /** What is known of the size of an element that the inner one takes; undefined when none can be taken. */
  #sizeOf({ bases, low, high }: Taking, sizes: Sizes): Size | undefined {
    let least = low
    let most = high
    for (const slot of bases) {
      const base = sizes[slot - 1]
      if (base === undefined) return undefined
      least += base.low
      most += base.high
    }
    least = Math.max(least, this.#bounds.low)
    most = Math.min(most, this.#bounds.high)
    if (least > most) return undefined
    const only = bases.length === 1 && low === high ? sizes[(bases[0] ?? 0) - 1] : undefined
    if (only !== undefined) return { root: only.root, more: only.more + low, low: least, high: most }
    return { root: ++this.#roots, more: 0, low: least, high: most }
  }

  /** True when every element that the inner one takes passes the outer one's test. */
  #isImplied(test: Taking, thread: Thread, take: Taking, at: Position, size: Size): boolean {
    if (test.direction !== undefined && test.direction !== take.direction) return false
    if (test.message !== 0 && test.message !== take.message) return false
    if (test.payload !== undefined) {
      const { payload } = take
      if (payload === undefined || payload.low < test.payload.low || payload.high > test.payload.high)
        return false
    }
    const wanted: Pause = thread.isFresh && test.pause.kind === 'none' ? ANY : test.pause
    const given: Pause = at.isFirst && take.pause.kind === 'none' ? ANY : take.pause
    if (!impliesPause(given, wanted, this.#options.thresholdMicros)) return false
    return this.#impliesSize(test, thread, take, at, size)
  }

  #impliesSize(test: Taking, thread: Thread, take: Taking, at: Position, size: Size): boolean {
    if (test.bases.length === 0)
      return size.low >= Math.min(test.low, size.low) && size.low >= test.low && size.high <= test.high
    let [low, high] = [size.low, size.high]
    const wanted: Size[] = []
    for (const slot of test.bases) {
      const base = thread.sizes[slot - 1]
      if (base === undefined) return false
      wanted.push(base)
      low -= base.high
      high -= base.low
    }
    if (low >= test.low && high <= test.high) return true
    const [base] = wanted
    if (wanted.length === 1 && base !== undefined && base.root === size.root) {
      const more = size.more - base.more
      if (more >= test.low && more <= test.high) return true
    }
    // Both are measured by the same sizes.
    if (take.bases.length !== wanted.length) return false
    const given = take.bases.flatMap((slot) => at.sizes[slot - 1] ?? [])
    const more = difference(given, wanted)
    return more !== undefined && take.low + more >= test.low && take.high + more <= test.high
  }
}

const ANY: Pause = { kind: 'any' }
const FRESH: Thread = { place: 0, sizes: [], isFresh: true }

/** Sum of the ones less that of the others, where they are of the same roots. */
function difference(ones: readonly Size[], others: readonly Size[]): number | undefined {
  if (ones.length !== others.length) return undefined
  const sorted = others.toSorted((a, b) => a.root - b.root)
  let sum = 0
  for (const [i, one] of ones.toSorted((a, b) => a.root - b.root).entries()) {
    const other = sorted[i]
    if (other?.root !== one.root) return undefined
    sum += one.more - other.more
  }
  return sum
}

/** True when whatever comes after `given` comes after `wanted`; neither is that of a match's first element. */
function impliesPause(given: Pause, wanted: Pause, thresholdMicros: number): boolean {
  if (wanted.kind === 'any') return true
  if (given.kind === 'any') return false
  if (wanted.kind === 'none') {
    if (given.kind === 'none') return true
    return given.kind === 'range' && !given.lessRtt && given.high < thresholdMicros
  }
  if (wanted.kind === 'pause') {
    if (given.kind === 'pause') return true
    return given.kind === 'range' && given.low >= thresholdMicros
  }
  // Without a pause the time may not be known.
  if (given.kind === 'none') return false
  if (given.kind === 'pause')
    return !wanted.lessRtt && wanted.low <= thresholdMicros && wanted.high === Number.POSITIVE_INFINITY
  if (given.lessRtt === wanted.lessRtt) return wanted.low <= given.low && given.high <= wanted.high
  // Less the round trip, a time becomes shorter, by nobody knows how much.
  if (wanted.lessRtt) return wanted.low === 0 && given.high <= wanted.high
  return wanted.low <= given.low && wanted.high === Number.POSITIVE_INFINITY
}

function kept(sizes: Sizes, slot: number, size: Size): Sizes {
  if (slot === 0) return sizes
  const after = [...sizes]
  while (after.length < slot) after.push(undefined)
  after[slot - 1] = size
  return after
}

function threadName({ place, sizes }: Thread): string {
  return `${place} ${sizes.map((size) => size && `${size.root},${size.more},${size.low},${size.high}`).join(';')}`
}

/** The same for positions from which the proof goes on alike: roots are named in the order in which they come. */
function nameOf({ place, sizes, threads, isFirst }: Position): string {
  const roots = new Map<number, number>()
  const named = (list: Sizes) =>
    list
      .map((size) => {
        if (size === undefined) return ''
        const root = roots.get(size.root) ?? roots.size
        roots.set(size.root, root)
        return `${root},${size.more},${size.low},${size.high}`
      })
      .join(';')
  const own = named(sizes)
  return [
    place,
    isFirst,
    own,
    ...threads.map((thread) => `${thread.place} ${thread.isFresh} ${named(thread.sizes)}`),
  ].join('|')
}
