// hot path
// Matches of sequences that are under way, as records of one bounded pool, and what tells whether two of them can be
// told apart: a match that has come where an earlier one is, with the same sizes kept, can only do as it does.

import { Pool } from '../core/pool.ts'
import type { Automata } from './automata.ts'
import { NOT_TAKEN } from './element-tests.ts'

// Words of a thread, behind its link; SLOTS and on: the sizes that it keeps.
export const SIGNATURE = 1
/** Offset in the automata's states. */
export const STATE = 2
/** Ordinals of the first and of the last element. */
export const FIRST = 3
export const LAST = 4
export const SLOTS = 5

export class SequenceThreads {
  readonly #pool: Pool
  /** Slots of a signature. */
  readonly #slots: Int32Array
  /** A hash table of the current round: number of the round, thread. */
  readonly #met: Int32Array
  readonly #shift: number
  #round = 0

  /** @param most - threads of one round */
  constructor(automata: Automata, bytes: number, most: number) {
    this.#pool = new Pool(SLOTS + automata.mostSlots, bytes)
    this.#slots = automata.slots
    const bits = 33 - Math.clz32(most | 8)
    this.#shift = 32 - bits
    this.#met = new Int32Array(2 << bits)
  }

  /** To be read anew after begin() and copy(). */
  get words(): Int32Array {
    return this.#pool.words
  }

  /** A thread with no sizes; 0 when there is no room. */
  begin(signature: number, first: number): number {
    const thread = this.#pool.allocate()
    if (thread === 0) return 0
    const words = this.#pool.words
    words[thread + SIGNATURE] = signature
    words[thread + FIRST] = first
    const end = thread + SLOTS + this.#slots[signature]!
    for (let i = thread + SLOTS; i < end; i++) words[i] = NOT_TAKEN
    return thread
  }

  /** 0 when there is no room. */
  copy(thread: number): number {
    const copy = this.#pool.allocate()
    if (copy === 0) return 0
    const words = this.#pool.words
    const length = SLOTS + this.#slots[words[thread + SIGNATURE]!]!
    for (let i = 0; i < length; i++) words[copy + i] = words[thread + i]!
    return copy
  }

  /** Lets a thread take an element: `slot`, 1-based or 0, keeps its size. */
  move(thread: number, state: number, ordinal: number, slot: number, size: number): void {
    const words = this.#pool.words
    words[thread + STATE] = state
    words[thread + LAST] = ordinal
    if (slot !== 0) words[thread + SLOTS + slot - 1] = size
  }

  free(thread: number): void {
    this.#pool.free(thread)
  }

  /** Another element: forgets which threads were met. */
  newRound(): void {
    this.#round = (this.#round + 1) | 0
    if (this.#round !== 0) return
    this.#met.fill(0)
    this.#round = 1
  }

  /** False when a thread like this one was met in this round; else it is met now. */
  isNew(thread: number): boolean {
    const met = this.#met
    let place = this.#hash(thread) >>> this.#shift
    while (met[place << 1]! === this.#round) {
      if (this.#isAlike(thread, met[(place << 1) + 1]!)) return false
      place = (place + 1) & ((met.length >> 1) - 1)
    }
    met[place << 1] = this.#round
    met[(place << 1) + 1] = thread
    return true
  }

  #hash(thread: number): number {
    const words = this.#pool.words
    const end = thread + SLOTS + this.#slots[words[thread + SIGNATURE]!]!
    let hash = words[thread + STATE]!
    for (let i = thread + SLOTS; i < end; i++) hash = Math.imul(hash, 0x2c1b3c6d) ^ words[i]!
    return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1)
  }

  /** A state belongs to one signature. */
  #isAlike(one: number, two: number): boolean {
    const words = this.#pool.words
    if (words[one + STATE]! !== words[two + STATE]!) return false
    const slots = this.#slots[words[one + SIGNATURE]!]!
    for (let i = SLOTS; i < SLOTS + slots; i++) if (words[one + i]! !== words[two + i]!) return false
    return true
  }
}
