// hot path
// How often each signature hit a flow, and where: a list for each flow, in one bounded pool. The caller keeps its head.

import { Pool } from '../core/pool.ts'

const SIGNATURE = 1
const COUNT = 2
/** Ordinal of the last element of the last hit. */
const LAST = 3
const WORDS = 4

export class HitLists {
  readonly #pool: Pool

  constructor(bytes: number) {
    this.#pool = new Pool(WORDS, bytes)
  }

  /** The record of a signature in a flow's list; 0 when there is none. */
  find(head: number, signature: number): number {
    const words = this.#pool.words
    let hit = head
    while (hit !== 0 && words[hit + SIGNATURE]! !== signature) hit = words[hit]!
    return hit
  }

  /** @returns a new record, the list's new head; 0 when there is no room */
  add(head: number, signature: number): number {
    const hit = this.#pool.allocate()
    if (hit === 0) return 0
    const words = this.#pool.words
    words[hit] = head
    words[hit + SIGNATURE] = signature
    words[hit + COUNT] = 0
    words[hit + LAST] = 0
    return hit
  }

  /** Counts one more. @returns how many there are now */
  count(hit: number, last: number): number {
    this.pass(hit, last)
    return ++this.#pool.words[hit + COUNT]!
  }

  /** Remembers where a hit ended that is not counted. */
  pass(hit: number, last: number): void {
    this.#pool.words[hit + LAST] = last
  }

  /** 0 for a record that is 0. */
  countOf(hit: number): number {
    return hit === 0 ? 0 : this.#pool.words[hit + COUNT]!
  }

  /** Ordinal of the last element that a hit took; 0 for a record that is 0. */
  lastOf(hit: number): number {
    return hit === 0 ? 0 : this.#pool.words[hit + LAST]!
  }

  /** In the order in which they first hit. Allocates. */
  list(head: number): readonly { readonly signature: number; readonly count: number }[] {
    const words = this.#pool.words
    const list: { signature: number; count: number }[] = []
    for (let hit = head; hit !== 0; hit = words[hit]!)
      list.push({ signature: words[hit + SIGNATURE]!, count: words[hit + COUNT]! })
    return list.reverse()
  }

  free(head: number): void {
    let hit = head
    while (hit !== 0) {
      const next = this.#pool.words[hit]!
      this.#pool.free(hit)
      hit = next
    }
  }
}
