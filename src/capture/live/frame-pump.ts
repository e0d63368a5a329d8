// hot path
// The loop between a live stream's reader and the sensor: hands on all frames there are, and lets the event
// loop turn, so that signals and timers are served under any load.

import { setImmediate as turn } from 'node:timers/promises'
import type { Frame, FrameReader } from '../../model/frame.ts'
import { ReadStatus } from '../../model/frame.ts'
import type { FrameConsumer } from '../../model/live.ts'

/** The event loop waits so long, and for what the last frames cost. */
const LONGEST_TURN_MS = 10
/** Frames between two looks at the clock; a power of two. */
const LOOK_FRAMES = 32

/** Resolves at the reader's end. */
export async function pumpFrames(reader: FrameReader, frame: Frame, consumer: FrameConsumer): Promise<void> {
  let until = performance.now() + LONGEST_TURN_MS
  for (;;) {
    const status = handOn(reader, frame, consumer, until)
    if (status === ReadStatus.end) return
    if (status === ReadStatus.more) {
      const filling = reader.fill()
      if (filling !== undefined) await filling
    }
    if (performance.now() < until) continue
    await turn()
    until = performance.now() + LONGEST_TURN_MS
  }
}

/** @returns what the reader said last: `frame` when the time was over before it had no more */
function handOn(reader: FrameReader, frame: Frame, consumer: FrameConsumer, until: number): ReadStatus {
  for (let handed = 1; ; handed++) {
    const status: ReadStatus = reader.next(frame)
    if (status !== ReadStatus.frame) return status
    consumer.frame(frame)
    if ((handed & (LOOK_FRAMES - 1)) === 0 && performance.now() >= until) return status
  }
}
