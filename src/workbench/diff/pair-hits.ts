// Which hit of one run is which of another: the same packets of the same flow first, then packets in common, so that
// a signature that was widened by a packet did not lose all its hits and gain others.

import type { LoggedHit } from './hit-log.ts'

/** A hit before and now; one of them undefined when it has none to go with. */
export type Pair = readonly [old: LoggedHit | undefined, now: LoggedHit | undefined]

type Matched = readonly [old: LoggedHit, now: LoggedHit]
type KeyOf = (hit: LoggedHit) => string
type Fits = (old: LoggedHit, now: LoggedHit) => boolean
/** Hits with the same key are paired in their order, when they fit. */
type Round = readonly [keyOf: KeyOf, fits: Fits]

const bySid: KeyOf = ({ signature }) => `sid ${signature.sid}`
const byName: KeyOf = ({ signature }) => `called ${signature.description}`
/** Without a class the name must do. */
const byClass: KeyOf = ({ signature }) => `class ${signature.class ?? signature.description}`
const byNothing: KeyOf = () => ''

const inPlace = (likeness: KeyOf): Round => [
  (hit) => `${hit.flow.id} ${hit.first} ${hit.last} ${likeness(hit)}`,
  () => true,
]
const overlapping = (likeness: KeyOf): Round => [(hit) => `${hit.flow.id} ${likeness(hit)}`, overlap]
const ofTheSame = (likeness: KeyOf): Round => [(hit) => `${hit.counted} ${likeness(hit)}`, () => true]

/** The surest first. */
const ROUNDS: readonly Round[] = [
  ...[bySid, byName, byClass, byNothing].map(inPlace),
  ...[bySid, byName, byClass].map(overlapping),
]
/** Of hits that were counted over flows: whom they are about matters, not the flow that made them known. */
const COUNTED_ROUNDS: readonly Round[] = [bySid, byName].map(ofTheSame)

/** Every hit is in one pair. Both lists are in the order of the captures. */
export function pairHits(old: readonly LoggedHit[], now: readonly LoggedHit[]): readonly Pair[] {
  const isPlain = ({ counted }: LoggedHit) => counted === undefined
  const isCounted = ({ counted }: LoggedHit) => counted !== undefined
  return [
    ...pairIn(ROUNDS, old.filter(isPlain), now.filter(isPlain)),
    ...pairIn(COUNTED_ROUNDS, old.filter(isCounted), now.filter(isCounted)),
  ]
}

function pairIn(
  rounds: readonly Round[],
  old: readonly LoggedHit[],
  now: readonly LoggedHit[],
): readonly Pair[] {
  const pairs: Pair[] = []
  let left = old
  let right = now
  for (const round of rounds) {
    const found = pairBy(left, right, round)
    for (const pair of found) pairs.push(pair)
    const paired = new Set(found.flat())
    left = left.filter((hit) => !paired.has(hit))
    right = right.filter((hit) => !paired.has(hit))
  }
  for (const hit of left) pairs.push([hit, undefined])
  for (const hit of right) pairs.push([undefined, hit])
  return pairs
}

function pairBy(
  old: readonly LoggedHit[],
  now: readonly LoggedHit[],
  [keyOf, fits]: Round,
): readonly Matched[] {
  const waiting = new Map<string, { hits: LoggedHit[]; from: number }>()
  for (const hit of now) {
    const key = keyOf(hit)
    const list = waiting.get(key)
    if (list === undefined) waiting.set(key, { hits: [hit], from: 0 })
    else list.hits.push(hit)
  }
  const pairs: Matched[] = []
  for (const hit of old) {
    const list = waiting.get(keyOf(hit))
    // What does not fit because it lies before this hit fits none that follow either.
    while (list?.hits[list.from] !== undefined && isBefore(list.hits[list.from], hit)) list.from++
    const other = list?.hits[list.from]
    if (list === undefined || other === undefined || !fits(hit, other)) continue
    list.from++
    pairs.push([hit, other])
  }
  return pairs
}

function overlap(one: LoggedHit, two: LoggedHit): boolean {
  return one.first <= two.last && two.first <= one.last
}

function isBefore(one: LoggedHit | undefined, two: LoggedHit): boolean {
  return one !== undefined && one.counted === undefined && one.last < two.first
}
