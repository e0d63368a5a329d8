// hot path
// Several captures as one, in the order of packet time. Each stays in its own order even where its own
// times step back: of every reader only the next frame is compared. Equal times go by the order given.

import { real, word } from '../core/bytes.ts'
import { type CaptureProblem, Frame, type FrameReader, ReadStatus } from '../model/frame.ts'

/** Owns `readers` and closes them. Costs O(log n) comparisons per frame; one reader is returned as it is. */
export function mergeCaptures(readers: readonly FrameReader[]): FrameReader {
  const [only] = readers
  return only !== undefined && readers.length === 1 ? only : new MergedReader(readers)
}

class MergedReader implements FrameReader {
  readonly name: string
  readonly #readers: readonly FrameReader[]
  /** The next frame of each reader, and its time. */
  readonly #heads: readonly Frame[]
  readonly #times: Float64Array
  /** Binary heap of the readers that have a next frame, the earliest first. */
  readonly #heap: Int32Array
  #heapSize = 0
  /** The readers from here on have not delivered their first frame. */
  #unstarted = 0
  /** The top of the heap was handed out, and its reader has to move on. */
  #spent = false
  /** The reader that has to be filled. */
  #hungry = 0

  constructor(readers: readonly FrameReader[]) {
    this.name = `${readers.length} captures`
    this.#readers = readers
    this.#heads = readers.map(() => new Frame())
    this.#times = new Float64Array(readers.length)
    this.#heap = new Int32Array(readers.length)
  }

  get consumedBytes(): number {
    return this.#readers.reduce((sum, reader) => sum + reader.consumedBytes, 0)
  }

  get totalBytes(): number {
    if (this.#readers.some((reader) => reader.totalBytes === 0)) return 0
    return this.#readers.reduce((sum, reader) => sum + reader.totalBytes, 0)
  }

  get problems(): readonly CaptureProblem[] {
    return this.#readers.flatMap((reader) => reader.problems)
  }

  next(frame: Frame): ReadStatus {
    if (this.#spent && !this.#advanceTop()) return ReadStatus.more
    while (this.#unstarted < this.#readers.length) if (!this.#start(this.#unstarted)) return ReadStatus.more
    if (this.#heapSize === 0) return ReadStatus.end
    const head = this.#head(word(this.#heap, 0))
    frame.data = head.data
    frame.wide = head.wide
    frame.start = head.start
    frame.end = head.end
    frame.wireLength = head.wireLength
    frame.link = head.link
    frame.source = head.source
    frame.time[0] = real(head.time, 0)
    this.#spent = true
    return ReadStatus.frame
  }

  fill(): undefined | Promise<void> {
    return this.#reader(this.#hungry).fill()
  }

  close(): void {
    for (const reader of this.#readers) reader.close()
  }

  /** @returns false when the reader needs more input first */
  #start(at: number): boolean {
    const status = this.#read(at)
    if (status === ReadStatus.more) return false
    this.#unstarted = at + 1
    if (status === ReadStatus.frame) this.#push(at)
    return true
  }

  /** @returns false when the reader at the top needs more input first */
  #advanceTop(): boolean {
    const status = this.#read(word(this.#heap, 0))
    if (status === ReadStatus.more) return false
    if (status === ReadStatus.end) this.#heap[0] = word(this.#heap, --this.#heapSize)
    this.#spent = false
    this.#siftDown()
    return true
  }

  #read(at: number): ReadStatus {
    const head = this.#head(at)
    const status = this.#reader(at).next(head)
    if (status === ReadStatus.frame) this.#times[at] = real(head.time, 0)
    else this.#hungry = at
    return status
  }

  #push(at: number): void {
    let slot = this.#heapSize++
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (!this.#before(at, word(this.#heap, parent))) break
      this.#heap[slot] = word(this.#heap, parent)
      slot = parent
    }
    this.#heap[slot] = at
  }

  #siftDown(): void {
    const size = this.#heapSize
    const moving = word(this.#heap, 0)
    let slot = 0
    for (let child = 1; child < size; child = slot * 2 + 1) {
      const right = child + 1
      if (right < size && this.#before(word(this.#heap, right), word(this.#heap, child))) child = right
      if (!this.#before(word(this.#heap, child), moving)) break
      this.#heap[slot] = word(this.#heap, child)
      slot = child
    }
    this.#heap[slot] = moving
  }

  #before(a: number, b: number): boolean {
    const difference = real(this.#times, a) - real(this.#times, b)
    return difference < 0 || (difference === 0 && a < b)
  }

  #head(at: number): Frame {
    return this.#heads[at] as Frame
  }

  #reader(at: number): FrameReader {
    return this.#readers[at] as FrameReader
  }
}
