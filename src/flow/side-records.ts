// hot path
// What only irregular flows need: segments that wait for a hole to fill, and counts of retransmissions,
// reorderings and missing bytes. Side records and waiting segments come from two bounded pools; a regular
// flow has neither. Flows with waiting segments stand in one queue, the longest waiting first: it gives way
// when the segment pool runs out.

import { EXTRA, IRREGULAR, STATE } from '../model/flow-record.ts'
import { HeldBytes } from './held-bytes.ts'

// Words of a side record. Two of a kind: index + end.
export const HEAD = 0
export const TAIL = 2
/** Segments waiting at both ends together. */
export const WAITING = 4
export const RETRANSMITS = 5
export const REORDERED = 6
const QUEUE_PREVIOUS = 7
const QUEUE_NEXT = 8
const OWNER = 9
const SIDE_WORDS = 12
/** Double of a side record: missing bytes of both ends. */
const MISSING = 5

// Words of a waiting segment.
export const NEXT = 0
export const SEQ = 1
export const LENGTH = 2
export const FLAGS = 3
/** First piece of its bytes, and how many there are: see held-bytes.ts. */
const PIECE = 6
export const HELD = 7
const SEGMENT_WORDS = 8
/** Double of a segment: its arrival. */
const ARRIVAL = 2

/** FLAGS of a waiting segment. */
export const WITH_FIN = 1
/** One byte sent into a closed window: payload only if it is acknowledged. */
export const PROBE = 2

export class SideRecords {
  readonly words: Int32Array
  readonly reals: Float64Array
  readonly segments: Int32Array
  readonly arrivals: Float64Array
  readonly #held: HeldBytes
  #sideTop = SIDE_WORDS
  #sideFree = 0
  #segmentTop = SEGMENT_WORDS
  #segmentFree = 0
  #queueHead = 0
  #queueTail = 0

  /**
   * @param sides - flows that may be irregular at once
   * @param segments - segments that may wait at once
   * @param heldBytes - bytes of them that may be kept
   */
  constructor(sides: number, segments: number, heldBytes: number) {
    this.#held = new HeldBytes(heldBytes)
    const sideBuffer = new ArrayBuffer((sides + 1) * SIDE_WORDS * 4)
    this.words = new Int32Array(sideBuffer)
    this.reals = new Float64Array(sideBuffer)
    const segmentBuffer = new ArrayBuffer((segments + 1) * SEGMENT_WORDS * 4)
    this.segments = new Int32Array(segmentBuffer)
    this.arrivals = new Float64Array(segmentBuffer)
  }

  /** The flow's side record, made when it has none; 0 when the pool is used up. */
  of(flowWords: Int32Array, flow: number): number {
    let side = flowWords[flow + EXTRA]!
    if (side !== 0) return side
    side = this.#sideFree
    if (side !== 0) this.#sideFree = this.words[side + OWNER]!
    else if (this.#sideTop < this.words.length) {
      side = this.#sideTop
      this.#sideTop += SIDE_WORDS
    } else return 0
    this.words.fill(0, side, side + SIDE_WORDS)
    this.words[side + OWNER] = flow
    flowWords[flow + EXTRA] = side
    flowWords[flow + STATE] = flowWords[flow + STATE]! | IRREGULAR
    return side
  }

  /** Gives the side record back. Its segments must be gone. */
  free(side: number): void {
    this.#leaveQueue(side)
    this.words[side + OWNER] = this.#sideFree
    this.#sideFree = side
  }

  missing(side: number): number {
    return this.reals[(side >> 1) + MISSING]!
  }

  addMissing(side: number, bytes: number): void {
    this.reals[(side >> 1) + MISSING] = this.missing(side) + bytes
  }

  arrival(segment: number): number {
    return this.arrivals[(segment >> 1) + ARRIVAL]!
  }

  /** A fresh segment, not yet in a list; 0 when the pool is used up. */
  segment(seq: number, length: number, flags: number, arrival: number): number {
    let segment = this.#segmentFree
    if (segment !== 0) this.#segmentFree = this.segments[segment + NEXT]!
    else if (this.#segmentTop < this.segments.length) {
      segment = this.#segmentTop
      this.#segmentTop += SEGMENT_WORDS
    } else return 0
    this.segments[segment + NEXT] = 0
    this.segments[segment + SEQ] = seq
    this.segments[segment + LENGTH] = length
    this.segments[segment + FLAGS] = flags
    this.segments[segment + PIECE] = 0
    this.segments[segment + HELD] = 0
    this.arrivals[(segment >> 1) + ARRIVAL] = arrival
    return segment
  }

  /** Keeps the bytes of a waiting segment, `data` from `at` on; not when the room is used up. */
  hold(segment: number, data: Uint8Array, at: number, length: number): void {
    const piece = this.#held.hold(data, at, length)
    if (piece === 0) return
    this.segments[segment + PIECE] = piece
    this.segments[segment + HELD] = length
  }

  /** The HELD bytes of a segment, valid until the next call. */
  bytesOf(segment: number): Uint8Array {
    this.#held.gather(this.segments[segment + PIECE]!, this.segments[segment + HELD]!)
    return this.#held.gathered
  }

  /** Puts a segment in sequence order into the list of `end`; equal sequence numbers keep arrival order. */
  insert(side: number, end: number, segment: number): void {
    const words = this.words
    const segments = this.segments
    const seq = segments[segment + SEQ]!
    if (words[side + WAITING]! === 0) this.#joinQueue(side)
    words[side + WAITING] = words[side + WAITING]! + 1
    const tail = words[side + TAIL + end]!
    if (tail === 0) {
      words[side + HEAD + end] = segment
      words[side + TAIL + end] = segment
      return
    }
    if (((seq - segments[tail + SEQ]!) | 0) >= 0) {
      segments[tail + NEXT] = segment
      words[side + TAIL + end] = segment
      return
    }
    let previous = 0
    let current = words[side + HEAD + end]!
    while (((seq - segments[current + SEQ]!) | 0) >= 0) {
      previous = current
      current = segments[current + NEXT]!
    }
    segments[segment + NEXT] = current
    if (previous === 0) words[side + HEAD + end] = segment
    else segments[previous + NEXT] = segment
  }

  /** Removes and frees the first waiting segment of `end`, which must exist. */
  dropFirst(side: number, end: number): void {
    const words = this.words
    const segment = words[side + HEAD + end]!
    const next = this.segments[segment + NEXT]!
    this.#held.release(this.segments[segment + PIECE]!)
    words[side + HEAD + end] = next
    if (next === 0) words[side + TAIL + end] = 0
    words[side + WAITING] = words[side + WAITING]! - 1
    if (words[side + WAITING]! === 0) this.#leaveQueue(side)
    this.segments[segment + NEXT] = this.#segmentFree
    this.#segmentFree = segment
  }

  /** The flow whose segments have waited longest; 0 when none wait. */
  longestWaiting(): number {
    return this.#queueHead === 0 ? 0 : this.words[this.#queueHead + OWNER]!
  }

  #joinQueue(side: number): void {
    const words = this.words
    words[side + QUEUE_PREVIOUS] = this.#queueTail
    words[side + QUEUE_NEXT] = 0
    if (this.#queueTail === 0) this.#queueHead = side
    else words[this.#queueTail + QUEUE_NEXT] = side
    this.#queueTail = side
  }

  #leaveQueue(side: number): void {
    const words = this.words
    const previous = words[side + QUEUE_PREVIOUS]!
    const next = words[side + QUEUE_NEXT]!
    if (previous === 0 && this.#queueHead !== side) return
    if (previous === 0) this.#queueHead = next
    else words[previous + QUEUE_NEXT] = next
    if (next === 0) this.#queueTail = previous
    else words[next + QUEUE_PREVIOUS] = previous
    words[side + QUEUE_PREVIOUS] = 0
    words[side + QUEUE_NEXT] = 0
  }
}
