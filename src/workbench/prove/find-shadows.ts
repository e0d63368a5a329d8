// Which signatures are shadowed: wherever they hit, another one does, too. Candidates come from an index over first
// elements, so that most pairs are never looked at; each is then proven or dropped.

import type { Pause } from '../../model/program.ts'
import type { Subject } from './common-exchange.ts'
import { DEFAULT_INCLUSION, type InclusionOptions, includes } from './includes.ts'
import type { Recogniser, Taking } from './recogniser.ts'
import { shortestWay, type Waypoint } from './shortest-way.ts'
import { StartLists } from './start-lists.ts'

export interface Shadow {
  /** Index of the signature that says nothing new. */
  readonly of: number
  /** Of the one that hits wherever it does. */
  readonly by: number
  /** Each hits wherever the other does. */
  readonly isMutual: boolean
}

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

class ShadowIndex {
  readonly #subjects: readonly Subject[]
  readonly #starts = new StartLists()
  readonly #alone = new Map<string, number[]>()
  /** Last signature for which one was a candidate. */
  readonly #met: Int32Array
  #conditions = 0

  constructor(subjects: readonly Subject[]) {
    this.#subjects = subjects
    this.#met = new Int32Array(subjects.length).fill(-1)
    for (const [i, { recogniser }] of subjects.entries()) {
      const { protocol, states } = recogniser
      if (states.length > 0) this.#starts.file(recogniser, i)
      else this.#alone.set(protocol, [...(this.#alone.get(protocol) ?? []), i])
    }
  }

  /** Signatures that may hit wherever this one does, in order. */
  candidates(of: number): readonly number[] {
    const recogniser = this.#subjects[of]?.recogniser
    if (recogniser === undefined) return []
    const found: number[] = []
    const alone = this.#alone.get(recogniser.protocol) ?? []
    if (recogniser.where !== undefined && this.#conditions < MOST_CONDITIONS) {
      this.#conditions += alone.length
      found.push(...alone.filter((by) => by !== of))
    }
    const way = shortestWay(recogniser)
    for (let at = 0; at < way.length; at++) {
      const starts: number[] = []
      this.#starts.find(recogniser, way, at, starts)
      for (const by of starts) {
        if (by === of || this.#met[by] === of) continue
        const outer = this.#subjects[by]?.recogniser
        if (outer === undefined || !mayHold(outer, recogniser, way, at)) continue
        this.#met[by] = of
        found.push(by)
      }
    }
    return found.sort((a, b) => a - b)
  }
}

/** False when it is plain that no match of `outer` begins at this place of the way and ends on it. */
function mayHold(outer: Recogniser, inner: Recogniser, way: readonly Waypoint[], at: number): boolean {
  if (outer.start !== 'anywhere' && (at > 0 || outer.start !== inner.start)) return false
  if (outer.atEnd && !inner.atEnd) return false
  if (outer.ports.length > 0 && !mayCover(outer, inner)) return false
  return mayGoOn(outer, 0, way, at, true)
}

function mayGoOn(
  outer: Recogniser,
  place: number,
  way: readonly Waypoint[],
  at: number,
  isFirst: boolean,
): boolean {
  const state = outer.states[place]
  if (state === undefined) return false
  if (state.isDone && (!outer.atEnd || at === way.length)) return true
  const point = way[at]
  if (point === undefined) return false
  for (const take of state.takes)
    if (mayPass(take, point, isFirst) && mayGoOn(outer, take.next, way, at + 1, false)) return true
  return false
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
  if (wanted.kind === 'none') return given.kind === 'none' || given.kind === 'range'
  return given.kind === 'pause' || given.kind === 'range'
}
