// hot path
// Chunks -> exchange: numbers a flow's elements and measures the pauses between them. A delay runs from the
// previous element of either direction, before the first element from the flow's first packet, and is never
// negative. Across a gap nothing is known of the time between, so there is no pause.

import { packElement } from '../model/element.ts'
import {
  ELEMENT_TIME,
  ELEMENTS,
  type FlowRecords,
  NO_ELEMENT,
  PREVIOUS,
  STATE,
  TORN,
} from '../model/flow-record.ts'
import type { FlowClock } from '../model/flow-sink.ts'
import type { Direction } from '../model/program.ts'

export class Exchange {
  readonly #words: Int32Array
  readonly #reals: Float64Array
  readonly #time: Float64Array
  /** [0]: shortest delay that is a pause, µs. */
  readonly #threshold = new Float64Array(1)
  /** [0]: delay before the last element, µs; -1 when it is not known. */
  readonly delay = new Float64Array(1)

  constructor(records: FlowRecords, clock: FlowClock, thresholdMicros: number) {
    this.#words = records.words
    this.#reals = records.reals
    this.#time = clock.time
    this.#threshold[0] = thresholdMicros
  }

  /**
   * Adds an element that arrived at clock.time[1].
   *
   * @returns the packed element (model/element.ts)
   */
  add(flow: number, direction: Direction, size: number): number {
    const words = this.#words
    const before = words[flow + ELEMENTS]!
    words[flow + ELEMENTS] = before + 1
    const half = flow >> 1
    const delay = this.#time[1]! - this.#reals[half + ELEMENT_TIME]!
    let pause = 0
    this.delay[0] = Math.max(delay, 0)
    if (delay > 0) {
      this.#reals[half + ELEMENT_TIME] = this.#time[1]!
      if (delay >= this.#threshold[0]!) {
        if (this.#knowsTime(flow, before)) pause = 1
        else this.delay[0] = -1
      }
    }
    return packElement(direction, size, pause)
  }

  /** Bytes are missing here. */
  tear(flow: number): void {
    const words = this.#words
    if (words[flow + ELEMENTS]! === 0) words[flow + STATE] = words[flow + STATE]! | TORN
  }

  #knowsTime(flow: number, before: number): boolean {
    if (before === 0) return (this.#words[flow + STATE]! & TORN) === 0
    return this.#words[flow + PREVIOUS]! !== NO_ELEMENT
  }
}
