// Counts what a matcher does for each of its signatures.

import type { MatchWatch } from '../../model/match-watch.ts'

export interface Work {
  /** Matches that were begun. */
  readonly begun: number
  /** Most elements of a flow that one match spanned, complete or not. */
  readonly longest: number
  /** Most matches under way at once in one flow. */
  readonly atOnce: number
  /** Matches that a bound left no room for. */
  readonly dropped: number
  /** Elements that were offered to matches under way. */
  readonly offered: number
  /** How often conditions were asked. */
  readonly asked: number
}

export class WorkTally implements MatchWatch {
  readonly #begun: Float64Array
  readonly #longest: Float64Array
  readonly #atOnce: Float64Array
  readonly #dropped: Float64Array
  readonly #offered: Float64Array
  readonly #asked: Float64Array
  /** Of the current round: its number when a signature was last offered something, and how often since. */
  readonly #lately: Float64Array
  readonly #now: Float64Array
  #round = 0

  /** @param count - of the matcher's signatures */
  constructor(count: number) {
    const zeros = () => new Float64Array(count)
    this.#begun = zeros()
    this.#longest = zeros()
    this.#atOnce = zeros()
    this.#dropped = zeros()
    this.#offered = zeros()
    this.#asked = zeros()
    this.#lately = zeros()
    this.#now = zeros()
  }

  round(): void {
    this.#round++
  }

  offered(signature: number, span: number): void {
    const isFirst = this.#lately[signature] !== this.#round
    const now = isFirst ? 1 : (this.#now[signature] ?? 0) + 1
    this.#lately[signature] = this.#round
    this.#now[signature] = now
    raise(this.#atOnce, signature, now)
    raise(this.#longest, signature, span)
    add(this.#offered, signature)
  }

  begun(signature: number, span: number): void {
    add(this.#begun, signature)
    raise(this.#longest, signature, span)
    raise(this.#atOnce, signature, 1)
  }

  refused(signature: number): void {
    add(this.#dropped, signature)
  }

  asked(signature: number): void {
    add(this.#asked, signature)
  }

  of(signature: number): Work {
    const read = (counts: Float64Array) => counts[signature] ?? 0
    return {
      begun: read(this.#begun),
      longest: read(this.#longest),
      atOnce: read(this.#atOnce),
      dropped: read(this.#dropped),
      offered: read(this.#offered),
      asked: read(this.#asked),
    }
  }
}

function add(counts: Float64Array, i: number): void {
  counts[i] = (counts[i] ?? 0) + 1
}

function raise(counts: Float64Array, i: number, to: number): void {
  if ((counts[i] ?? 0) < to) counts[i] = to
}
