// Adds up what capturing programs tell of packets received and dropped, over all their runs. They count in
// unsigned 32 bits, which at 400,000 packets a second last three hours.

import type { CaptureTotals } from '../../model/live.ts'
import type { ToldTotals } from './program-words.ts'

class WrappingCount {
  total: number | undefined = undefined
  #told = 0

  restart(): void {
    this.#told = 0
  }

  /** @param told - since the restart, modulo 2^32 */
  read(told: number): void {
    this.total = (this.total ?? 0) + ((told - this.#told) >>> 0)
    this.#told = told
  }
}

export class DropMeter {
  readonly #received = new WrappingCount()
  readonly #dropped = new WrappingCount()

  get totals(): CaptureTotals {
    return { received: this.#received.total, dropped: this.#dropped.total }
  }

  /** A new run counts from zero. */
  restart(): void {
    this.#received.restart()
    this.#dropped.restart()
  }

  read(told: ToldTotals): void {
    if (told.received !== undefined) this.#received.read(told.received)
    if (told.dropped !== undefined) this.#dropped.read(told.dropped)
  }
}
