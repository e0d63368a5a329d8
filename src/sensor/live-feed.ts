// hot path
// Between live captures and the pipeline: counts frames. Shared by all captures of a sensor.

import type { Frame } from '../model/frame.ts'
import type { FrameConsumer } from '../model/live.ts'
import type { Pipeline } from './pipeline.ts'

/** Every so-manieth frame is compared with the clock. */
const LOOKED_AT = 64

export class LiveFeed implements FrameConsumer {
  readonly #pipeline: Pipeline
  /** [0] frames, [1] their bytes on the wire, [2] the longest lag, ms. */
  readonly #marks = new Float64Array(3)
  readonly #onBug: (error: unknown) => void
  #isClosed = false

  /** @param onBug - hears of a frame over which the pipeline fell: it is left, the sensor lives on */
  constructor(pipeline: Pipeline, onBug: (error: unknown) => void) {
    this.#pipeline = pipeline
    this.#onBug = onBug
  }

  get frames(): number {
    return this.#marks[0] ?? 0
  }

  get bytes(): number {
    return this.#marks[1] ?? 0
  }

  /** How far frames were behind the clock on the wall at most, ms, since this was last asked: one in 64 is looked at. */
  takeLag(): number {
    const lag = this.#marks[2] ?? 0
    this.#marks[2] = 0
    return lag
  }

  /** Takes no more frames: a capture that is slow to end may still bring some after the last totals. */
  close(): void {
    this.#isClosed = true
  }

  frame(frame: Frame): void {
    if (this.#isClosed) return
    const marks = this.#marks
    const count = (marks[0] ?? 0) + 1
    marks[0] = count
    marks[1] = (marks[1] ?? 0) + frame.wireLength
    if (count % LOOKED_AT === 0) marks[2] = Math.max(marks[2] ?? 0, Date.now() - (frame.time[0] ?? 0) / 1000)
    try {
      this.#pipeline.frame(frame)
    } catch (error) {
      this.#onBug(error)
    }
  }
}
