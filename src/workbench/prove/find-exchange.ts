// Finds an exchange that several recognisers accept together, element by element: the product of their automata,
// gone through breadth first, so that the shortest exchange is found. Sizes that refer to others are kept as
// constraints, solved by raising each size from its least until all hold.

import { type Suite, suiteOf, wireLength } from '../../exchange/ssh/suite.ts'
import { type Direction, MAX_SIZE, type Pause, type SequenceStart } from '../../model/program.ts'
import { figuresFor } from './conditions.ts'
import type { ImaginedElement, ImaginedExchange } from './exchange.ts'
import { type Recogniser, sizesOf, type Taking } from './recogniser.ts'

/** `never`: certainly there is none. `unknown`: none was found, but not everything could be decided. */
export type Search =
  | { readonly kind: 'found'; readonly exchange: ImaginedExchange }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' }

export interface SearchOptions {
  readonly thresholdMicros: number
  /** Ways tried before it is given up. */
  readonly most: number
}

export const DEFAULT_SEARCH: SearchOptions = { thresholdMicros: 500_000, most: 4000 }

const MOST_ELEMENTS = 600
const MOST_ROUNDS = 200
/** The time between elements of which nothing is said. */
const AT_ONCE = 1000

/** An element under way: bounds, and what its size must be of earlier ones. */
interface Draft {
  readonly direction: Direction | undefined
  readonly low: number
  readonly high: number
  readonly message: number
  readonly payload: { readonly low: number; readonly high: number } | undefined
  readonly earliest: number
  readonly latest: number
  readonly sums: readonly Sum[]
}

/** The size, less those of the elements named, lies between. */
interface Sum {
  readonly of: readonly number[]
  readonly low: number
  readonly high: number
}

interface Node {
  readonly places: readonly number[]
  readonly before: Node | undefined
  readonly draft: Draft | undefined
  readonly length: number
  /** For each recogniser, by slot from 1: the element whose size it keeps, or -1. */
  readonly kept: readonly (readonly number[])[]
  /** Least sizes so far. */
  readonly sizes: readonly number[]
}

export function findExchange(
  recognisers: readonly Recogniser[],
  options: SearchOptions = DEFAULT_SEARCH,
): Search {
  return new ExchangeSearch(recognisers, options).run()
}

class ExchangeSearch {
  readonly #recognisers: readonly Recogniser[]
  readonly #options: SearchOptions
  /** Sizes that refer to others are asked for: else they are taken to be any. */
  #hasSlots = false
  readonly #seen = new Set<number>()
  readonly #met = new Set<string>()
  /** Something was left out that could have led to an exchange. */
  #isUnsure = false

  constructor(recognisers: readonly Recogniser[], options: SearchOptions) {
    this.#recognisers = recognisers
    this.#options = options
  }

  run(): Search {
    const [first, ...others] = this.#recognisers
    if (first === undefined) return { kind: 'unknown' }
    if (others.some(({ protocol }) => protocol !== first.protocol)) return { kind: 'never' }
    const port = commonPort(this.#recognisers)
    if (port === undefined) return { kind: 'never' }
    const start = commonStart(this.#recognisers)
    // Two phases may begin with one message.
    if (start === undefined) return { kind: 'unknown' }
    if (this.#recognisers.some(({ states }) => states.length === 0)) return { kind: 'unknown' }
    const atEnd = this.#recognisers.some((one) => one.atEnd)
    let end = this.#search(start)
    if (end !== undefined && this.#recognisers.some(({ hasReferences }) => hasReferences)) {
      this.#hasSlots = true
      end = this.#search(start)
    }
    if (end === undefined) return { kind: this.#isUnsure ? 'unknown' : 'never' }
    const figures = this.#figures()
    const elements = figures && this.#elements(end)
    if (figures === undefined || elements === undefined) return { kind: 'unknown' }
    return { kind: 'found', exchange: { protocol: first.protocol, port, start, atEnd, elements, figures } }
  }

  #search(start: SequenceStart): Node | undefined {
    const begin: Node = {
      places: this.#recognisers.map(() => 0),
      before: undefined,
      draft: undefined,
      length: 0,
      kept: this.#recognisers.map(() => []),
      sizes: [],
    }
    let level: Node[] = [begin]
    let tried = 0
    while (level.length > 0) {
      const next: Node[] = []
      for (const node of level) {
        for (const takes of this.#choices(node)) {
          if (++tried > this.#options.most || node.length >= MOST_ELEMENTS) {
            this.#isUnsure = true
            return undefined
          }
          const after = this.#step(node, takes, start)
          if (after === undefined) continue
          if (this.#isDone(after)) return after
          next.push(after)
        }
      }
      level = next
    }
    return undefined
  }

  /** One way on of each recogniser, such that one element may go them all. */
  #choices(node: Node): readonly (readonly Taking[])[] {
    let choices: (readonly Taking[])[] = []
    for (const [i, { states }] of this.#recognisers.entries()) {
      const takes = states[node.places[i] ?? -1]?.takes ?? []
      if (i === 0) {
        choices = takes.map((take) => [take])
        continue
      }
      const more: (readonly Taking[])[] = []
      for (const choice of choices)
        for (const take of takes)
          if (!choice.some((other) => isApart(other, take))) more.push([...choice, take])
      choices = more
    }
    return choices
  }

  #isDone(node: Node): boolean {
    return this.#recognisers.every(({ states }, i) => states[node.places[i] ?? -1]?.isDone === true)
  }

  /** undefined when no element passes all tests, or the way was gone before. */
  #step(node: Node, takes: readonly Taking[], start: SequenceStart): Node | undefined {
    const draft = this.#draft(node, takes, start)
    if (draft === undefined) return undefined
    const places = takes.map(({ next }) => next)
    if (!this.#hasSlots) {
      const name = places.reduce(
        (sum, place, i) => sum * (this.#recognisers[i]?.states.length ?? 1) + place,
        0,
      )
      if (this.#seen.has(name)) return undefined
      this.#seen.add(name)
    }
    const length = node.length + 1
    if (!this.#hasSlots) return { places, before: node, draft, length, kept: node.kept, sizes: [] }
    const kept = takes.map(({ slot }, i) => {
      const old = node.kept[i] ?? []
      return slot === 0 ? old : replaced(old, slot, node.length)
    })
    const after = { places, before: node, draft, length, kept }
    const least = [...node.sizes, draft.low]
    const drafts = draftsOf({ ...after, sizes: least })
    const sizes = draft.sums.length === 0 ? least : this.#raise(drafts, least)
    if (sizes === undefined) return undefined
    const name = nameOf(places, kept, drafts)
    if (name !== undefined && this.#met.has(name)) return undefined
    if (name !== undefined) this.#met.add(name)
    return { ...after, sizes }
  }

  /** What all tests together want of the next element; undefined when none passes. */
  #draft(node: Node, takes: readonly Taking[], start: SequenceStart): Draft | undefined {
    const { protocol } = this.#recognisers[0] as Recogniser
    const bounds = sizesOf(protocol)
    let { low, high } = bounds
    let direction: Direction | undefined
    let message = 0
    let payload: Draft['payload']
    let earliest = 0
    let latest = Number.POSITIVE_INFINITY
    const sums: Sum[] = []
    for (const [i, take] of takes.entries()) {
      if (take.direction !== undefined) {
        if (direction !== undefined && direction !== take.direction) return undefined
        direction = take.direction
      }
      if (take.message !== 0) {
        if (message !== 0 && message !== take.message) return undefined
        message = take.message
      }
      if (take.payload !== undefined) {
        const before: NonNullable<Draft['payload']> = payload ?? { low: 1, high: MAX_SIZE }
        payload = {
          low: Math.max(before.low, take.payload.low),
          high: Math.min(before.high, take.payload.high),
        }
      }
      const times = this.#timesOf(take.pause, node.length === 0)
      earliest = Math.max(earliest, times[0])
      latest = Math.min(latest, times[1])
      if (take.bases.length > 0 && !this.#hasSlots) continue
      if (take.bases.length === 0) {
        low = Math.max(low, take.low)
        high = Math.min(high, take.high)
      } else {
        const of = take.bases.map((slot) => node.kept[i]?.[slot - 1] ?? -1)
        // What was not taken has no size.
        if (of.includes(-1)) return undefined
        sums.push({ of, low: take.low, high: take.high })
      }
    }
    if (low > high) return undefined
    if (payload !== undefined && payload.low > payload.high) {
      // A length on the wire hides several payloads: one may fit both.
      this.#isUnsure = true
      return undefined
    }
    if (earliest > latest) {
      // With a round trip to take off, both may hold.
      if (takes.some(({ pause }) => pause.kind === 'range' && pause.lessRtt)) this.#isUnsure = true
      return undefined
    }
    const isDatagram = protocol === 'udp' || protocol === 'icmp'
    if (isDatagram && start === 'flow' && node.length === 0 && earliest > 0) return undefined
    return { direction, low, high, message, payload, earliest, latest, sums }
  }

  /** Round trips are taken to be unknown, which is 0. */
  #timesOf(pause: Pause, isFirst: boolean): readonly [earliest: number, latest: number] {
    const { thresholdMicros } = this.#options
    switch (pause.kind) {
      case 'any':
        return [0, Number.POSITIVE_INFINITY]
      case 'none':
        return [0, isFirst ? Number.POSITIVE_INFINITY : thresholdMicros - 1]
      case 'pause':
        return [thresholdMicros, Number.POSITIVE_INFINITY]
      case 'range':
        return [pause.low, pause.high]
      default:
        return pause satisfies never
    }
  }

  /** The least sizes with which all sums hold; undefined when there are none, or they are not found. */
  #raise(drafts: readonly Draft[], least: readonly number[]): number[] | undefined {
    const sizes = [...least]
    // Of two sizes that are added, another one could have been raised.
    const isExact = drafts.every(({ sums }) => sums.every(({ of }) => of.length === 1))
    // Each round settles one size at least, unless they raise each other without end (Bellman and Ford).
    const most = isExact ? drafts.length + 1 : MOST_ROUNDS
    for (let round = 0; round <= most; round++) {
      const raised = raiseOnce(drafts, sizes)
      if (raised === 'settled') return sizes
      if (raised === 'too-large') break
    }
    if (!isExact) this.#isUnsure = true
    return undefined
  }

  #figures(): ReadonlyMap<string, number> | undefined {
    const conditions = this.#recognisers.flatMap(({ where }) => (where === undefined ? [] : [where]))
    return figuresFor(conditions, isFree)
  }

  #elements(end: Node): readonly ImaginedElement[] | undefined {
    const drafts = draftsOf(end)
    const isSsh = this.#recognisers[0]?.protocol === 'ssh'
    const elements: ImaginedElement[] = []
    for (const [i, draft] of drafts.entries()) {
      const least = end.sizes[i] ?? draft.low
      const delay = Math.min(Math.max(draft.earliest, AT_ONCE), draft.latest)
      const common = { direction: draft.direction ?? 0, message: draft.message, delay }
      const isTied = draft.sums.length > 0 || drafts.some(({ sums }) => sums.some(({ of }) => of.includes(i)))
      const { payload } = draft
      if (payload !== undefined) {
        const size = wireOf(payload, draft, isTied ? least : undefined)
        if (size === undefined) return undefined
        elements.push({ ...common, size: size.wire, payload: { low: size.payload, high: size.payload } })
      } else {
        const size = isTied || !isSsh ? least : Math.min(Math.max(least, USUAL_MESSAGE), draft.high)
        elements.push({ ...common, size, payload: undefined })
      }
    }
    return elements
  }
}

/** A message of which nothing is said. */
const USUAL_MESSAGE = 36
const SUITES: readonly Suite[] = [
  suiteOf('chacha20-poly1305@openssh.com', ''),
  suiteOf('aes128-ctr', 'hmac-sha2-256-etm@openssh.com'),
  suiteOf('aes128-ctr', 'hmac-sha1'),
  suiteOf('aes256-gcm@openssh.com', ''),
].filter((suite) => suite !== undefined)

/** A payload that is wanted and its length under a common suite, if that is a size that is wanted. */
function wireOf(
  { low, high }: { readonly low: number; readonly high: number },
  draft: Draft,
  exactly: number | undefined,
): { readonly payload: number; readonly wire: number } | undefined {
  const least = exactly ?? draft.low
  const most = exactly ?? draft.high
  for (const suite of SUITES) {
    const overhead = wireLength(suite, low) - low
    for (const payload of [low, Math.min(Math.max(low, least - overhead), high), high]) {
      const wire = wireLength(suite, payload)
      if (wire >= least && wire <= most) return { payload, wire }
    }
  }
  return undefined
}

/** Figures that have nothing to do with what the elements are: facts of the handshake and of the first bytes. */
function isFree(name: string): boolean {
  return /^(?:speaks\.|version$|weak\.|terrapin$|compressed$|[cs]\.openssh$|c\.library$|c\.hostkeys$)/.test(
    name,
  )
}

/** True when it is plain that no element passes both tests. */
function isApart(one: Taking, other: Taking): boolean {
  if (one.direction !== undefined && other.direction !== undefined && one.direction !== other.direction)
    return true
  if (one.message !== other.message && one.message !== 0 && other.message !== 0) return true
  if (one.bases.length > 0 || other.bases.length > 0) return false
  return one.low > other.high || other.low > one.high
}

function raiseOnce(drafts: readonly Draft[], sizes: number[]): 'settled' | 'raised' | 'too-large' {
  let isRaised = false
  const raise = (i: number, to: number): boolean => {
    if ((sizes[i] ?? 0) >= to) return true
    sizes[i] = to
    isRaised = true
    return to <= (drafts[i]?.high ?? 0)
  }
  for (const [i, { sums }] of drafts.entries()) {
    for (const { of, low, high } of sums) {
      const base = of.reduce((sum, at) => sum + (sizes[at] ?? 0), 0)
      const size = sizes[i] ?? 0
      if (size < base + low && !raise(i, base + low)) return 'too-large'
      const last = of.at(-1) ?? 0
      if (size > base + high && !raise(last, (sizes[last] ?? 0) + size - base - high)) return 'too-large'
    }
  }
  return isRaised ? 'raised' : 'settled'
}

function draftsOf(node: Node): readonly Draft[] {
  const drafts: Draft[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.before)
    if (at.draft !== undefined) drafts.push(at.draft)
  return drafts.reverse()
}

/**
 * The same for nodes from which the search goes on alike: in the same places, with the same bounds for the sizes kept.
 * undefined where a size that is kept depends on others.
 */
function nameOf(
  places: readonly number[],
  kept: readonly (readonly number[])[],
  drafts: readonly Draft[],
): string | undefined {
  const tied = new Set(
    drafts.flatMap(({ sums }, i) => (sums.length === 0 ? [] : [i, ...sums.flatMap(({ of }) => of)])),
  )
  const numbers = new Map<number, number>()
  const words: (number | string)[] = [...places]
  for (const elements of kept) {
    words.push('|')
    for (const element of elements) {
      if (tied.has(element)) return undefined
      const draft = drafts[element]
      const number = numbers.get(element) ?? numbers.size
      numbers.set(element, number)
      words.push(draft === undefined ? '-' : `${number}:${draft.low}..${draft.high}`)
    }
  }
  return words.join()
}

function replaced(kept: readonly number[], slot: number, element: number): readonly number[] {
  const after = [...kept]
  while (after.length < slot) after.push(-1)
  after[slot - 1] = element
  return after
}

/** A port that all have; undefined when there is none. */
function commonPort(recognisers: readonly Recogniser[]): number | undefined {
  const named = recognisers.map(({ ports }) => ports).filter((ports) => ports.length > 0)
  if (named.length === 0) return recognisers[0]?.protocol === 'ssh' ? 22 : 1024
  const lows = named.flatMap((ports) => ports.map(({ low }) => low))
  return lows.find((port) =>
    named.every((ports) => ports.some(({ low, high }) => low <= port && port <= high)),
  )
}

function commonStart(recognisers: readonly Recogniser[]): SequenceStart | undefined {
  const starts = new Set(recognisers.map(({ start }) => start).filter((start) => start !== 'anywhere'))
  if (starts.size > 1) return undefined
  return [...starts][0] ?? 'anywhere'
}
