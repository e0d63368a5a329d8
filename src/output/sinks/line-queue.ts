// Lines that wait to be written, bounded in bytes. What does not fit is refused, so the oldest are kept: what
// stands in the queue is an unbroken run of events, and the beginning of trouble tells more than its middle.
// Lines leave it only by release(), once they are written: until then peek() gives them again.

const COMPACT_LINES = 1024

export class LineQueue {
  readonly limitBytes: number
  /** Comes behind each line. */
  readonly #end: string
  #lines: string[] = []
  #sizes: number[] = []
  #head = 0
  #bytes = 0

  constructor(limitBytes: number, end: string) {
    this.limitBytes = limitBytes
    this.#end = end
  }

  get lines(): number {
    return this.#lines.length - this.#head
  }

  get bytes(): number {
    return this.#bytes
  }

  /**
   * @param bytes - of the line and its end, in UTF-8
   * @returns false when there is no room
   */
  push(line: string, bytes: number): boolean {
    if (this.#bytes + bytes > this.limitBytes) return false
    this.#lines.push(line)
    this.#sizes.push(bytes)
    this.#bytes += bytes
    return true
  }

  /** The oldest lines, whole and with their ends: at most `maxBytes`, but one line in any case. */
  peek(maxBytes: number): Buffer {
    let to = this.#head
    let bytes = 0
    while (to < this.#lines.length) {
      bytes += this.#sizes[to] ?? 0
      if (bytes > maxBytes && to > this.#head) break
      to++
    }
    const lines = this.#lines.slice(this.#head, to)
    return Buffer.from(lines.length === 0 ? '' : lines.join(this.#end) + this.#end)
  }

  /**
   * Takes away the lines that the first `bytes` of the queue hold whole.
   *
   * @returns how many lines they were, and the bytes that are left over: of the line that is first now
   */
  release(bytes: number): { readonly lines: number; readonly rest: number } {
    const from = this.#head
    let rest = bytes
    for (let size = this.#sizes[from]; size !== undefined && size <= rest; size = this.#sizes[this.#head]) {
      rest -= size
      this.#bytes -= size
      this.#head++
    }
    const lines = this.#head - from
    this.#compact()
    return { lines, rest }
  }

  clear(): void {
    this.release(this.#bytes)
  }

  #compact(): void {
    const isEmpty = this.#head === this.#lines.length
    if (!isEmpty && (this.#head < COMPACT_LINES || this.#head * 2 < this.#lines.length)) return
    this.#lines = this.#lines.slice(this.#head)
    this.#sizes = this.#sizes.slice(this.#head)
    this.#head = 0
  }
}
