// One direction of an SSH connection after NEWKEYS: cuts its bytes into pieces. Where the length field can be read a
// piece is one message; else it is what a segment brought, which is mostly one message, and may be several, or
// (when it fills its segment) the part of one that goes on in the next.

import { type Suite, shortestWireLength } from './suite.ts'

/** Longest packet that is believed (RFC 4253 §6.1 asks for 35,000; OpenSSH takes 256 KiB). */
const MOST_PACKET = 262_144
/** Bytes of full segments that are put together. */
const MOST_JOINED = 65_536
/** Messages that one segment may hold. */
const MOST_LUMPED = 8

export class MessageCutter {
  readonly suite: Suite
  /** Bytes of the current message that are still to come, behind its length field; -1: at a length field. */
  #left = -1
  #length = 0
  /** Bytes of the length field that were read. */
  #lengthBytes = 0
  #isLost = false
  #joined = 0

  constructor(suite: Suite) {
    this.suite = suite
  }

  /** Where messages end is not known at present. */
  get isLost(): boolean {
    return this.#isLost
  }

  /**
   * Takes what a segment brought.
   *
   * @param bytes - what was captured of it, borrowed
   * @param size - all of it
   * @param isFull - its segment has no room for more: the last message may go on in the next
   * @param pieces - takes the wire length of each piece that ended
   */
  take(bytes: Uint8Array, size: number, isFull: boolean, pieces: number[]): void {
    if (this.suite.hasClearLength) this.#cut(bytes, size, pieces)
    else this.#join(size, isFull, pieces)
  }

  /** The other side has answered: what waited for more was all. @returns its length; 0 when nothing waited */
  answered(): number {
    const all = this.#joined
    if (all === 0 || !couldBe(this.suite, all)) return 0
    this.#joined = 0
    return all
  }

  /** Bytes are missing here. */
  tear(): void {
    this.#isLost = true
    this.#left = -1
    this.#length = 0
    this.#lengthBytes = 0
    this.#joined = 0
  }

  #cut(bytes: Uint8Array, size: number, pieces: number[]): void {
    if (this.#isLost) {
      if (!this.#beginsHere(bytes, size)) return
      this.#isLost = false
    }
    let at = 0
    while (at < size) {
      if (this.#left >= 0) {
        const step = Math.min(this.#left, size - at)
        at += step
        this.#left -= step
        if (this.#left > 0) return
        pieces.push(4 + this.#length + this.suite.macBytes)
        this.#left = -1
        this.#length = 0
        continue
      }
      if (at >= bytes.length) {
        this.tear()
        return
      }
      this.#length = this.#length * 256 + (bytes[at] ?? 0)
      at++
      if (++this.#lengthBytes < 4) continue
      this.#lengthBytes = 0
      if (!this.#isLength(this.#length)) {
        this.tear()
        return
      }
      this.#left = this.#length + this.suite.macBytes
    }
  }

  #isLength(length: number): boolean {
    return length >= this.suite.block && length <= MOST_PACKET && length % this.suite.block === 0
  }

  /** After a loss: a segment that begins with a believable length, and holds just that message. */
  #beginsHere(bytes: Uint8Array, size: number): boolean {
    if (bytes.length < 4) return false
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
    return this.#isLength(length) && size === 4 + length + this.suite.macBytes
  }

  #join(size: number, isFull: boolean, pieces: number[]): void {
    this.#isLost = false
    const all = this.#joined + size
    if ((isFull || !couldBe(this.suite, all)) && all < MOST_JOINED) {
      this.#joined = all
      return
    }
    this.#joined = 0
    pieces.push(all)
  }
}

/** True when some messages come to this length together. */
export function couldBe(suite: Suite, wire: number): boolean {
  return lumped(suite, wire) > 0
}

/** How many messages come to this length together at least; 0 when none do. */
export function lumped(suite: Suite, wire: number): number {
  const extra = suite.outside + suite.macBytes
  const least = shortestWireLength(suite)
  for (let count = 1; count <= MOST_LUMPED && count * least <= wire; count++)
    if ((wire - count * extra) % suite.block === 0) return count
  return 0
}
