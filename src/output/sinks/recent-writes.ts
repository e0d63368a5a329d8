// What was handed to a connection of late: the system takes bytes long before a receiver reads them, and when the
// connection breaks, nobody says how many were still on their way. This keeps the upper bound.

export class RecentWrites {
  readonly #maxBytes: number
  #writes: { readonly events: number; readonly bytes: number; readonly atMs: number }[] = []
  #bytes = 0

  /** @param maxBytes - more than this cannot be on its way: the system's buffers are no longer */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  add(events: number, bytes: number, atMs: number): void {
    this.#writes.push({ events, bytes, atMs })
    this.#bytes += bytes
    // A write counts as long as any byte of it may be on its way. Forgotten in bulk: shift() is not free.
    if (this.#bytes <= 2 * this.#maxBytes) return
    let over = this.#bytes - this.#maxBytes
    let first = 0
    for (
      let write = this.#writes[0];
      write !== undefined && write.bytes <= over;
      write = this.#writes[first]
    ) {
      over -= write.bytes
      first++
    }
    this.#writes = this.#writes.slice(first)
    this.#bytes = this.#maxBytes + over
  }

  /** Events of which a byte was among the last `maxBytes`. */
  within(): number {
    let left = this.#maxBytes
    let events = 0
    for (let i = this.#writes.length - 1; i >= 0 && left > 0; i--) {
      events += this.#writes[i]?.events ?? 0
      left -= this.#writes[i]?.bytes ?? 0
    }
    return events
  }

  /** Those of them that were handed over at `fromMs` or later. */
  since(fromMs: number): number {
    return this.#writes.reduce((sum, { events, atMs }) => sum + (atMs >= fromMs ? events : 0), 0)
  }

  clear(): void {
    this.#writes = []
    this.#bytes = 0
  }
}
