// Which signatures are shadowed: wherever they hit, another one does, too. Candidates come from an index over first
// elements, so that most pairs are never looked at; each is then proven or dropped.

import type { Direction, Pause } from '../../model/program.ts'
import type { Subject } from './common-exchange.ts'
import { DEFAULT_INCLUSION, type InclusionOptions, includes } from './includes.ts'
import { type Recogniser, sizesOf, type Taking } from './recogniser.ts'

export interface Shadow {
  /** Index of the signature that says nothing new. */
  readonly of: number
  /** Of the one that hits wherever it does. */
  readonly by: number
  /** Each hits wherever the other does. */
  readonly isMutual: boolean
}

/** Sizes below have lists of their own. */
const LISTED = 2048
/** First elements of a wider range stand in the list of all sizes. */
const WIDEST = 256
/** Conditions compared before it is given up. */
const MOST_CONDITIONS = 2_000_000

/**
 * @param isWanted - false for pairs that need not be looked at
 * @returns for each shadowed signature the first that shadows it; of two that shadow each other the later one
 */
export function findShadows(
  subjects: readonly Subject[],
  isWanted: (of: number, by: number) => boolean = () => true,
  options: InclusionOptions = DEFAULT_INCLUSION,
): readonly Shadow[] {
  const index = new ShadowIndex(subjects)
  const shadows: Shadow[] = []
  const mutual = new Set<number>()
  for (const [of, { recogniser }] of subjects.entries()) {
    if (mutual.has(of)) continue
    let found: Shadow | undefined
    for (const by of index.candidates(of)) {
      const outer = subjects[by]?.recogniser
      if (outer === undefined || !isWanted(of, by) || !includes(outer, recogniser, options)) continue
      if (!includes(recogniser, outer, options)) found ??= { of, by, isMutual: false }
      else if (by < of) {
        found = { of, by, isMutual: true }
        break
      }
    }
    if (found !== undefined) shadows.push(found)
  }
  return shadows
}

/** One element of a signature's shortest way. */
interface Waypoint {
  readonly take: Taking
  readonly low: number
  readonly high: number
}

class ShadowIndex {
  readonly #subjects: readonly Subject[]
  /** By protocol, direction and size. */
  readonly #lists = new Map<string, number[]>()
  readonly #alone = new Map<string, number[]>()
  /** Last signature for which one was a candidate. */
  readonly #met: Int32Array
  #conditions = 0

  constructor(subjects: readonly Subject[]) {
    this.#subjects = subjects
    this.#met = new Int32Array(subjects.length).fill(-1)
    for (const [i, { recogniser }] of subjects.entries()) {
      const { protocol, states } = recogniser
      if (states.length === 0) file(this.#alone, protocol, i)
      const names = new Set((states[0]?.takes ?? []).flatMap((take) => listsOf(protocol, take)))
      for (const name of names) file(this.#lists, name, i)
    }
  }

  /** Signatures that may hit wherever this one does, in order. */
  candidates(of: number): readonly number[] {
    const { recogniser } = this.#subjects[of] as Subject
    const { protocol } = recogniser
    const found: number[] = []
    const alone = this.#alone.get(protocol) ?? []
    if (recogniser.where !== undefined && this.#conditions < MOST_CONDITIONS) {
      this.#conditions += alone.length
      found.push(...alone.filter((by) => by !== of))
    }
    const way = shortestWay(recogniser)
    for (const [at, point] of way.entries()) {
      for (const name of namesFor(protocol, point)) {
        for (const by of this.#lists.get(name) ?? []) {
          if (by === of || this.#met[by] === of) continue
          const outer = this.#subjects[by]?.recogniser
          if (outer === undefined || !mayBegin(outer, recogniser, way, at)) continue
          this.#met[by] = of
          found.push(by)
        }
      }
    }
    return found.sort((a, b) => a - b)
  }
}

function file(lists: Map<string, number[]>, name: string, i: number): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [i])
  else list.push(i)
}

function listsOf(protocol: Recogniser['protocol'], take: Taking): readonly string[] {
  if (take.bases.length > 0) return []
  const prefix = `${protocol} ${take.direction ?? '*'}`
  if (take.high >= LISTED || take.high - take.low >= WIDEST) return [`${prefix} *`]
  return Array.from({ length: take.high - take.low + 1 }, (_, i) => `${prefix} ${take.low + i}`)
}

/** The lists in which a first element stands that every element of this place passes. */
function namesFor(protocol: Recogniser['protocol'], { take, low }: Waypoint): readonly string[] {
  const sizes = low < LISTED ? [String(low), '*'] : ['*']
  const sides: readonly (Direction | '*')[] = take.direction === undefined ? ['*'] : [take.direction, '*']
  return sides.flatMap((side) => sizes.map((size) => `${protocol} ${side} ${size}`))
}

/** False when it is plain that no match of `outer` begins at this place of the way and ends on it. */
function mayBegin(outer: Recogniser, inner: Recogniser, way: readonly Waypoint[], at: number): boolean {
  if (outer.start !== 'anywhere' && (at > 0 || outer.start !== inner.start)) return false
  const left = way.length - at
  if (outer.shortest > left || (outer.atEnd && (!inner.atEnd || outer.longest < left))) return false
  if (outer.ports.length > 0 && !mayCover(outer, inner)) return false
  return (outer.states[0]?.takes ?? []).some((take) => {
    const first = way[at]
    if (first === undefined || !mayPass(take, first, true)) return false
    const next = outer.states[take.next]
    const second = way[at + 1]
    if (next === undefined || next.isDone) return true
    return second !== undefined && next.takes.some((test) => mayPass(test, second, false))
  })
}

function mayCover(outer: Recogniser, inner: Recogniser): boolean {
  const [first] = inner.ports
  return first !== undefined && outer.ports.some(({ low, high }) => low <= first.low && first.high <= high)
}

function mayPass(test: Taking, { take, low, high }: Waypoint, isFirst: boolean): boolean {
  if (test.direction !== undefined && test.direction !== take.direction) return false
  if (test.message !== 0 && test.message !== take.message) return false
  if (test.bases.length === 0 && (low < test.low || high > test.high)) return false
  return isFirst || mayPassPause(test.pause, take.pause)
}

function mayPassPause(wanted: Pause, given: Pause): boolean {
  if (wanted.kind === 'any') return true
  if (wanted.kind === 'none') return given.kind !== 'pause'
  return given.kind !== 'none'
}

/** Elements of a shortest way, with what is known of their sizes. */
function shortestWay(recogniser: Recogniser): readonly Waypoint[] {
  const { states } = recogniser
  const from = new Map<number, { readonly state: number; readonly take: Taking }>()
  const seen = new Set([0])
  const waiting = [0]
  let end: number | undefined
  for (let i = 0; i < waiting.length && end === undefined; i++) {
    const state = waiting[i] ?? 0
    for (const take of states[state]?.takes ?? []) {
      if (seen.has(take.next)) continue
      seen.add(take.next)
      from.set(take.next, { state, take })
      waiting.push(take.next)
      if (states[take.next]?.isDone === true) {
        end = take.next
        break
      }
    }
  }
  const takes: Taking[] = []
  for (let at = end; at !== undefined && at !== 0; ) {
    const step = from.get(at)
    if (step === undefined) break
    takes.push(step.take)
    at = step.state
  }
  return measured(takes.reverse(), recogniser)
}

function measured(takes: readonly Taking[], { protocol }: Recogniser): readonly Waypoint[] {
  const bounds = sizesOf(protocol)
  const kept = new Map<number, Waypoint>()
  return takes.map((take) => {
    let { low, high } = take
    for (const slot of take.bases) {
      low += kept.get(slot)?.low ?? 0
      high += kept.get(slot)?.high ?? bounds.high
    }
    const point = { take, low: Math.max(low, bounds.low), high: Math.min(high, bounds.high) }
    if (take.slot !== 0) kept.set(take.slot, point)
    return point
  })
}
