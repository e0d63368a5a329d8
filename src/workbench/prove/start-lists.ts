// Lists in which recognisers stand by their first two elements, so that those which may begin at a place of some way
// are found without looking at all. Each start stands under the narrower of its two sizes, and is ruled out by
// comparing integers.

import type { Recogniser, Taking } from './recogniser.ts'
import type { Waypoint } from './shortest-way.ts'

// Words of an entry.
const OWNER = 0
const LOW_1 = 1
const HIGH_1 = 2
const LOW_2 = 3
const HIGH_2 = 4
const SHORTEST = 5
const PORT_LOW = 6
const PORT_HIGH = 7
/** 1: it is tied to the start. */
const TIED = 8

/** Starts of which both sizes have a wider range, or go beyond, stand in one list for all. */
const WIDEST = 256
const LARGEST = 2047
/** Sizes from here on share lists, eight by eight. */
const SHARED = 128
const BUCKETS = SHARED + ((LARGEST - SHARED) >> 3) + 1
/** The list for all, those of first sizes, those of second sizes. */
const SIDE_LISTS = 1 + 2 * BUCKETS
const EITHER = 2
const MOST = 0x7fff_ffff
const PROTOCOLS: readonly Recogniser['protocol'][] = ['tcp', 'udp', 'icmp', 'ssh']

export class StartLists {
  readonly #words: number[] = []
  /** Offsets in words. */
  readonly #lists: number[][] = []

  file(recogniser: Recogniser, owner: number): void {
    const { protocol, states, shortest, ports, start } = recogniser
    const portLow = ports[0]?.low ?? 0
    const portHigh = ports.at(-1)?.high ?? 0xffff
    const tied = start === 'anywhere' ? 0 : 1
    for (const first of states[0]?.takes ?? []) {
      if (first.bases.length > 0) continue
      const state = states[first.next]
      const seconds = state?.isDone === true ? [undefined] : (state?.takes ?? [])
      for (const second of seconds) {
        const isOpen = second === undefined || second.bases.length > 0
        const low = isOpen ? 0 : second.low
        const high = isOpen ? MOST : second.high
        const at = this.#words.length
        this.#words.push(owner, first.low, first.high, low, high, shortest, portLow, portHigh, tied)
        this.#put(listsOf(protocol, sideOf(first), second === undefined ? EITHER : sideOf(second)), at)
      }
    }
  }

  /** Adds to `found` the recognisers that may begin at a place of a way; one perhaps several times. */
  find(inner: Recogniser, way: readonly Waypoint[], at: number, found: number[]): void {
    const first = way[at]
    if (first === undefined) return
    const second = way[at + 1]
    for (const one of sidesOf(first))
      for (const other of second === undefined ? [EITHER] : sidesOf(second)) {
        const lists = listsOf(inner.protocol, one, other)
        this.#search(lists, inner, way, at, found)
        if (first.low <= LARGEST) this.#search(lists + 1 + bucketOf(first.low), inner, way, at, found)
        if (second !== undefined && second.low <= LARGEST)
          this.#search(lists + 1 + BUCKETS + bucketOf(second.low), inner, way, at, found)
      }
  }

  #search(list: number, inner: Recogniser, way: readonly Waypoint[], at: number, found: number[]): void {
    const starts = this.#lists[list]
    const first = way[at]
    if (starts === undefined || first === undefined) return
    const second = way[at + 1]
    const low = second?.low ?? MOST
    const high = second?.high ?? 0
    const portLow = inner.ports[0]?.low ?? 0
    const portHigh = inner.ports.at(-1)?.high ?? 0xffff
    const left = way.length - at
    const words = this.#words
    for (const start of starts) {
      if ((words[start + LOW_1] ?? 0) > first.low || (words[start + HIGH_1] ?? 0) < first.high) continue
      if ((words[start + LOW_2] ?? 0) > low || (words[start + HIGH_2] ?? 0) < high) continue
      if ((words[start + SHORTEST] ?? 0) > left || (at > 0 && words[start + TIED] !== 0)) continue
      if ((words[start + PORT_LOW] ?? 0) > portLow || (words[start + PORT_HIGH] ?? 0) < portHigh) continue
      found.push(words[start + OWNER] ?? 0)
    }
  }

  #put(lists: number, at: number): void {
    const words = this.#words
    const isFirst =
      (words[at + HIGH_1] ?? 0) - (words[at + LOW_1] ?? 0) <=
      (words[at + HIGH_2] ?? 0) - (words[at + LOW_2] ?? 0)
    const low = Math.max(words[at + (isFirst ? LOW_1 : LOW_2)] ?? 0, 0)
    const high = words[at + (isFirst ? HIGH_1 : HIGH_2)] ?? 0
    if (high > LARGEST || high - low >= WIDEST) {
      this.#add(lists, at)
      return
    }
    const from = lists + 1 + (isFirst ? 0 : BUCKETS)
    for (let bucket = bucketOf(low); bucket <= bucketOf(high); bucket++) this.#add(from + bucket, at)
  }

  #add(list: number, at: number): void {
    const starts = this.#lists[list]
    if (starts === undefined) this.#lists[list] = [at]
    else starts.push(at)
  }
}

function listsOf(protocol: Recogniser['protocol'], one: number, other: number): number {
  return ((PROTOCOLS.indexOf(protocol) * 3 + one) * 3 + other) * SIDE_LISTS
}

function bucketOf(size: number): number {
  return size < SHARED ? size : SHARED + ((size - SHARED) >> 3)
}

function sideOf({ direction }: Taking): number {
  return direction ?? EITHER
}

/** Sides of tests that an element of this place passes. */
function sidesOf({ take }: Waypoint): readonly number[] {
  return take.direction === undefined ? [EITHER] : [take.direction, EITHER]
}
