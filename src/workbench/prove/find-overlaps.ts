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
    const group = groups.get(recogniser.protocol)
    if (group === undefined) groups.set(recogniser.protocol, [i])
    else group.push(i)
  }
  const overlaps: Overlap[] = []
  for (const group of groups.values()) {
    const low = (i: number) => hulls[i]?.[LOW] ?? 0
    group.sort((a, b) => low(a) - low(b))
    for (const [at, i] of group.entries()) {
      const hull = hulls[i] as Int32Array
      const high = hull[HIGH] ?? 0
      for (let k = at + 1; k < group.length; k++) {
        const j = group[k] ?? 0
        if (low(j) > high) break
        if (!mayMeet(hull, hulls[j] as Int32Array) || !isWanted(Math.min(i, j), Math.max(i, j))) continue
        const pair = [subjects[i], subjects[j]].filter((subject) => subject !== undefined)
        const exchange = commonExchange(pair, options)
        if (exchange !== undefined) overlaps.push({ one: Math.min(i, j), other: Math.max(i, j), exchange })
      }
    }
  }
  return overlaps.sort((a, b) => a.one - b.one || a.other - b.other)
}

/** False when it is plain that no exchange is one of both. */
function mayMeet(a: Int32Array, b: Int32Array): boolean {
  const word = (hull: Int32Array, at: number) => hull[at] ?? 0
  if (word(a, PORT_LOW) > word(b, PORT_HIGH) || word(b, PORT_LOW) > word(a, PORT_HIGH)) return false
  if (word(a, SHORTEST) > word(b, LONGEST) || word(b, SHORTEST) > word(a, LONGEST)) return false
  const depth = Math.min(word(a, SHORTEST), word(b, SHORTEST), DEPTH)
  for (let end = 0; end < 2; end++)
    for (let i = 0; i < depth; i++) {
      const at = (end * DEPTH + i) * HULL_WORDS
      if ((word(a, at) & word(b, at)) === 0) return false
      if (word(a, at + LOW) > word(b, at + HIGH) || word(b, at + LOW) > word(a, at + HIGH)) return false
      if ((word(a, at + PAUSES) & word(b, at + PAUSES)) === 0) return false
      if ((word(a, at + MESSAGES) & word(b, at + MESSAGES)) === 0) return false
    }
  return true
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
