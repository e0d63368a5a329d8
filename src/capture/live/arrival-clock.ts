// hot path
// Stamps for packets that come without: whole microseconds since the epoch, never less than the one before.
// The wall clock is followed forward only. When it is set back, stamps go on at their own pace: time that
// stood still would keep flows from ageing.

/** The wall clock is compared each that many milliseconds, and followed when it is that far ahead. */
const COMPARE_MS = 1000
const AHEAD_MS = 50

export class ArrivalClock {
  readonly #wall: () => number
  readonly #steady: () => number
  /** [0]: milliseconds from the steady clock to the epoch. [1]: the next comparison. [2]: the last stamp. */
  readonly #state = new Float64Array(3)

  /** @param wall - milliseconds since the epoch @param steady - milliseconds since anything, to the microsecond */
  constructor(wall: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#wall = wall
    this.#steady = steady
    this.#state[0] = wall() - steady()
  }

  now(): number {
    const state = this.#state
    const steady = this.#steady()
    if (steady >= (state[1] ?? 0)) this.#compare(steady)
    const micros = Math.floor((steady + (state[0] ?? 0)) * 1000)
    const stamp = Math.max(micros, state[2] ?? 0)
    state[2] = stamp
    return stamp
  }

  #compare(steady: number): void {
    const state = this.#state
    const ahead = this.#wall() - steady
    if (ahead - (state[0] ?? 0) > AHEAD_MS) state[0] = ahead
    state[1] = steady + COMPARE_MS
  }
}
