// Pairs of signatures that one exchange is an occurrence of, each with such an exchange. Hulls of the first and last
// elements rule out most pairs.

import type { Pause } from '../../model/program.ts'
import { commonExchange, type Subject } from './common-exchange.ts'
import type { ImaginedExchange } from './exchange.ts'
import { DEFAULT_SEARCH, type SearchOptions } from './find-exchange.ts'
import { type Recogniser, sizesOf, type Taking } from './recogniser.ts'

export interface Overlap {
  /** Indexes, the earlier first. */
  readonly one: number
  readonly other: number
  readonly exchange: ImaginedExchange
}

/** Elements at either end that are compared. */
const DEPTH = 4
// Words of a hull.
const DIRECTIONS = 0
const LOW = 1
const HIGH = 2
const PAUSES = 3
const MESSAGES = 4
const HULL_WORDS = 5
const SHORTEST = 2 * DEPTH * HULL_WORDS
const LONGEST = SHORTEST + 1
const PORT_LOW = SHORTEST + 2
const PORT_HIGH = SHORTEST + 3
const WORDS = SHORTEST + 4

const NOTHING = new Int32Array(WORDS)

const SHORT_BIT = 1
const LONG_BIT = 2

/** @param isWanted - false for pairs that need not be looked at */
export function findOverlaps(
  subjects: readonly Subject[],
  isWanted: (one: number, other: number) => boolean = () => true,
  options: SearchOptions = DEFAULT_SEARCH,
): readonly Overlap[] {
  const hulls = subjects.map(({ recogniser }) => hullOf(recogniser, options.thresholdMicros))
  const groups = new Map<string, number[]>()
  for (const [i, { recogniser }] of subjects.entries()) {
    // Conditions alone have no elements to share.
    if (recogniser.states.length === 0) continue
    for (const side of [1, 2]) {
      if (((hulls[i]?.[DIRECTIONS] ?? 0) & side) === 0) continue
      const name = `${recogniser.protocol} ${side}`
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [i])
      else group.push(i)
    }
  }
  const overlaps: Overlap[] = []
  for (const [name, group] of groups) {
    const isSecond = name.endsWith('2')
    const sorted = group
      .map((index) => ({ index, hull: hulls[index] ?? NOTHING }))
      .sort((a, b) => (a.hull[LOW] ?? 0) - (b.hull[LOW] ?? 0))
    for (const [at, { index: i, hull }] of sorted.entries()) {
      const high = hull[HIGH] ?? 0
      for (let k = at + 1; k < sorted.length; k++) {
        const next = sorted[k]
        if (next === undefined || (next.hull[LOW] ?? 0) > high) break
        if (!mayMeet(hull, next.hull) || (isSecond && isEither(hull) && isEither(next.hull))) continue
        const one = Math.min(i, next.index)
        const other = Math.max(i, next.index)
        if (!isWanted(one, other)) continue
        const pair = [subjects[one], subjects[other]].filter((subject) => subject !== undefined)
        const exchange = commonExchange(pair, options)
        if (exchange !== undefined) overlaps.push({ one, other, exchange })
      }
    }
  }
  return overlaps.sort((a, b) => a.one - b.one || a.other - b.other)
}

/** False when it is plain that no exchange is one of both. */
function mayMeet(a: Int32Array, b: Int32Array): boolean {
  const shortA = a[SHORTEST] ?? 0
  const shortB = b[SHORTEST] ?? 0
  if (shortA > (b[LONGEST] ?? 0) || shortB > (a[LONGEST] ?? 0)) return false
  if ((a[PORT_LOW] ?? 0) > (b[PORT_HIGH] ?? 0) || (b[PORT_LOW] ?? 0) > (a[PORT_HIGH] ?? 0)) return false
  const depth = Math.min(shortA, shortB, DEPTH) * HULL_WORDS
  for (let at = 0; at < depth; at += HULL_WORDS)
    if (isApart(a, b, at) || isApart(a, b, DEPTH * HULL_WORDS + at)) return false
  return true
}

/** Either side may begin: the pair was met in the group of the other side. */
function isEither(hull: Int32Array): boolean {
  return hull[DIRECTIONS] === 3
}

/** True when no element is in both hulls. */
function isApart(a: Int32Array, b: Int32Array, at: number): boolean {
  return (
    ((a[at] ?? 0) & (b[at] ?? 0)) === 0 ||
    (a[at + LOW] ?? 0) > (b[at + HIGH] ?? 0) ||
    (b[at + LOW] ?? 0) > (a[at + HIGH] ?? 0) ||
    ((a[at + PAUSES] ?? 0) & (b[at + PAUSES] ?? 0)) === 0 ||
    ((a[at + MESSAGES] ?? 0) & (b[at + MESSAGES] ?? 0)) === 0
  )
}

/** What the first and the last elements can be, whatever way is gone. */
function hullOf(recogniser: Recogniser, thresholdMicros: number): Int32Array {
  const hull = new Int32Array(WORDS)
  const { states, ports, shortest, longest } = recogniser
  hull[SHORTEST] = Math.min(shortest, 0x7fff_ffff)
  hull[LONGEST] = Math.min(longest, 0x7fff_ffff)
  hull[PORT_LOW] = ports[0]?.low ?? 0
  hull[PORT_HIGH] = ports.at(-1)?.high ?? 0xffff
  for (let i = 0; i < 2 * DEPTH; i++) hull[i * HULL_WORDS + LOW] = 0x7fff_ffff
  const add = (place: number, from: number, take: Taking) =>
    widen(hull, place * HULL_WORDS, take, from === 0, recogniser, thresholdMicros)
  let level = new Set([0])
  for (let i = 0; i < DEPTH; i++) {
    const next = new Set<number>()
    for (const from of level)
      for (const take of states[from]?.takes ?? []) {
        add(i, from, take)
        next.add(take.next)
      }
    level = next
  }
  const into = intoStates(recogniser)
  level = new Set([...states.keys()].filter((state) => states[state]?.isDone === true))
  for (let i = 0; i < DEPTH; i++) {
    const next = new Set<number>()
    for (const to of level)
      for (const [from, take] of into[to] ?? []) {
        add(DEPTH + i, from, take)
        next.add(from)
      }
    level = next
  }
  return hull
}

function intoStates({ states }: Recogniser): readonly (readonly (readonly [number, Taking])[])[] {
  const into: (readonly [number, Taking])[][] = states.map(() => [])
  for (const [from, { takes }] of states.entries())
    for (const take of takes) into[take.next]?.push([from, take])
  return into
}

function widen(
  hull: Int32Array,
  at: number,
  take: Taking,
  mayBeFirst: boolean,
  { protocol }: Recogniser,
  thresholdMicros: number,
): void {
  const bounds = sizesOf(protocol)
  const isFree = take.bases.length > 0
  const low = isFree ? bounds.low : Math.max(take.low, bounds.low)
  const high = isFree ? bounds.high : Math.min(take.high, bounds.high)
  const old = (word: number) => hull[at + word] ?? 0
  hull[at + DIRECTIONS] = old(DIRECTIONS) | (take.direction === undefined ? 3 : 1 << take.direction)
  hull[at + LOW] = Math.min(old(LOW), low)
  hull[at + HIGH] = Math.max(old(HIGH), high)
  hull[at + PAUSES] = old(PAUSES) | pausesOf(take.pause, mayBeFirst, thresholdMicros)
  hull[at + MESSAGES] = old(MESSAGES) | (take.message === 0 ? -1 : 1 << take.message)
}

function pausesOf(pause: Pause, mayBeFirst: boolean, thresholdMicros: number): number {
  switch (pause.kind) {
    case 'any':
      return SHORT_BIT | LONG_BIT
    case 'none':
      return mayBeFirst ? SHORT_BIT | LONG_BIT : SHORT_BIT
    case 'pause':
      return LONG_BIT
    case 'range':
      return (pause.low < thresholdMicros ? SHORT_BIT : 0) | (pause.high >= thresholdMicros ? LONG_BIT : 0)
    default:
      return pause satisfies never
  }
}
