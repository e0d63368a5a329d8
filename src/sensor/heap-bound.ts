// Keeps V8 from letting garbage pile up once much is in use: left alone it lets the heap double and more before it
// collects, and what SSH connections hold for a while would take as much again as the budgets allow them. A small heap
// is left to V8, which would otherwise collect it many times a second.

import { getHeapStatistics, setFlagsFromString } from 'node:v8'

/** A heap is large from here on, and small again below that. */
const LARGE_BYTES = 112e6
const SMALL_BYTES = 56e6
/** The next full collection of a larger one comes when it has grown by that. 0 is V8's own judgement. */
const GROWING_PERCENT = 30

export class HeapBound {
  #percent = 0

  /** To be called about once a second. Concerns the whole process. */
  look(): void {
    const mostBytes = this.#percent === 0 ? LARGE_BYTES : SMALL_BYTES
    const percent = getHeapStatistics().used_heap_size > mostBytes ? GROWING_PERCENT : 0
    if (percent === this.#percent) return
    this.#percent = percent
    setFlagsFromString(`--heap-growing-percent=${percent}`)
  }
}
