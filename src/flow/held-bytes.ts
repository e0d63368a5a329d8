// hot path
// Payload of segments that wait for a hole to fill, for those who read streams. It lies in linked pieces of one
// bounded store; what finds no room is not kept, and whoever reads the stream misses it there.

const PIECE_BYTES = 512
/** Most of one segment: what IPv4 and IPv6 lengths, without jumbograms, can say. */
const MOST_BYTES = 65_536

export class HeldBytes {
  /** What gather() copied: valid until it is called again. */
  readonly gathered: Uint8Array
  readonly #bytes: Uint8Array
  /** Next piece of the same segment, or the next free one; 0 for none. */
  readonly #next: Int32Array
  #top = 1
  #free = 0

  /** @param capacity - bytes in all; 0 holds nothing and costs nothing */
  constructor(capacity: number) {
    const pieces = Math.floor(capacity / PIECE_BYTES)
    this.#bytes = new Uint8Array((pieces + 1) * PIECE_BYTES)
    this.#next = new Int32Array(pieces + 1)
    this.gathered = new Uint8Array(pieces === 0 ? 0 : MOST_BYTES)
  }

  /**
   * Keeps `length` bytes of `data` from `at` on.
   *
   * @returns the first piece, 0 when there is no room
   */
  hold(data: Uint8Array, at: number, length: number): number {
    if (length > MOST_BYTES) return 0
    let first = 0
    for (let end = length; end > 0; ) {
      const start = Math.floor((end - 1) / PIECE_BYTES) * PIECE_BYTES
      const piece = this.#allocate()
      if (piece === 0) {
        this.release(first)
        return 0
      }
      const to = piece * PIECE_BYTES
      for (let i = start; i < end; i++) this.#bytes[to + i - start] = data[at + i]!
      this.#next[piece] = first
      first = piece
      end = start
    }
    return first
  }

  /** Copies `length` kept bytes into `gathered`. */
  gather(first: number, length: number): void {
    let at = 0
    for (let piece = first; piece !== 0; piece = this.#next[piece]!) {
      const from = piece * PIECE_BYTES
      const count = Math.min(PIECE_BYTES, length - at)
      for (let i = 0; i < count; i++) this.gathered[at + i] = this.#bytes[from + i]!
      at += count
    }
  }

  #allocate(): number {
    const piece = this.#free
    if (piece !== 0) {
      this.#free = this.#next[piece]!
      return piece
    }
    return this.#top < this.#next.length ? this.#top++ : 0
  }

  /** Gives up the pieces of a segment. */
  release(first: number): void {
    for (let piece = first; piece !== 0; ) {
      const next = this.#next[piece]!
      this.#next[piece] = this.#free
      this.#free = piece
      piece = next
    }
  }
}
