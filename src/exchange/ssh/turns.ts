// How long each side takes to answer the other, seen from the sensor. The shortest time that a side ever took is its
// round trip: network and the least computing. µs.

import type { Direction } from '../../model/program.ts'

export class Turns {
  #side: Direction | undefined
  readonly #last: [number, number] = [0, 0]
  readonly #shortest: [number, number] = [Infinity, Infinity]

  /** When the last of either side was sent; 0 before. */
  get lastTime(): number {
    return this.#side === undefined ? 0 : this.#last[this.#side]
  }

  /** A side sent something. */
  take(side: Direction, time: number): void {
    if (this.#side !== undefined && this.#side !== side) {
      const turn = time - this.#last[side === 0 ? 1 : 0]
      if (turn >= 0 && turn < this.#shortest[side]) this.#shortest[side] = turn
    }
    this.#side = side
    this.#last[side] = time
  }

  /** Shortest turn of a side so far; 0 when it never answered. */
  roundTrip(side: Direction): number {
    return this.#shortest[side] === Infinity ? 0 : this.#shortest[side]
  }

  /** Time since the other side's last word, less the side's round trip. */
  latency(side: Direction, time: number): number {
    return Math.max(time - this.#last[side === 0 ? 1 : 0] - this.roundTrip(side), 0)
  }
}
