// hot path
// The bytes of a capture that were read and not yet consumed: one plain Uint8Array that slides over the
// file. Sources append at `end`, readers advance `start`; nobody else writes. Bytes between `start` and `end`
// stay where they are until the next makeRoom() or append(), so a frame can be lent out of them.
// It doubles only when one record fills it, so the readers' bounds on a record bound it too.

export class ByteWindow {
  bytes: Uint8Array
  /** The same bytes, for wide reads. */
  wide: DataView
  /** Offset in `bytes` of the first unread byte. */
  start = 0
  /** Offset in `bytes` after the last byte read. */
  end = 0
  /** No byte will follow those before `end`. */
  ended = false
  #base = 0

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
    this.wide = new DataView(this.bytes.buffer)
  }

  /** Offset in the capture of the first unread byte. */
  get offset(): number {
    return this.#base + this.start
  }

  /** Bytes waiting to be read. */
  get unread(): number {
    return this.end - this.start
  }

  /** Gives up all unread bytes and those to come. */
  abandon(): void {
    this.start = this.end
    this.ended = true
  }

  /** Moves the unread bytes to the front. @returns free bytes after `end`, at least `wanted` */
  makeRoom(wanted: number): number {
    const unread = this.end - this.start
    if (unread + wanted > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.bytes.length * 2, unread + wanted))
      larger.set(this.bytes.subarray(this.start, this.end))
      this.bytes = larger
      this.wide = new DataView(larger.buffer)
    } else if (this.start > 0) {
      this.bytes.copyWithin(0, this.start, this.end)
    }
    this.#base += this.start
    this.start = 0
    this.end = unread
    return this.bytes.length - unread
  }

  /** Copies `chunk` behind the unread bytes. */
  append(chunk: Uint8Array): void {
    this.makeRoom(chunk.length)
    this.bytes.set(chunk, this.end)
    this.end += chunk.length
  }
}
