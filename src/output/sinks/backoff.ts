// How long to wait before the next attempt: longer each time, and never the same for all, so that many sensors do
// not come back to one receiver in step.

const FIRST_MS = 200
const LONGEST_MS = 10_000
const SPREAD = 0.2

export class Backoff {
  #nextMs = FIRST_MS

  /** Milliseconds to wait now. */
  next(): number {
    const wait = this.#nextMs
    this.#nextMs = Math.min(wait * 2, LONGEST_MS)
    return wait * (1 - SPREAD * Math.random())
  }

  /** It went well: the next wait is a short one again. */
  reset(): void {
    this.#nextMs = FIRST_MS
  }
}
