// hot path
// The loop between a live stream's reader and the sensor: hands on all frames there are, and lets the event
// loop turn, so that signals and timers are served under any load.

import { setImmediate as turn } from 'node:timers/promises'
import type { Frame, FrameReader } from '../../model/frame.ts'
import { ReadStatus } from '../../model/frame.ts'
import type { FrameConsumer } from '../../model/live.ts'

/** The event loop waits for one read more than that, which is a few hundred frames. */
const LONGEST_TURN_MS = 20

/** Resolves at the reader's end. */
export async function pumpFrames(reader: FrameReader, frame: Frame, consumer: FrameConsumer): Promise<void> {
  let turned = performance.now()
  for (;;) {
    if (!handOn(reader, frame, consumer)) return
    const filling = reader.fill()
    if (filling !== undefined) await filling
    if (performance.now() - turned < LONGEST_TURN_MS) continue
    await turn()
    turned = performance.now()
  }
}

/** @returns false at the reader's end */
function handOn(reader: FrameReader, frame: Frame, consumer: FrameConsumer): boolean {
  let status: ReadStatus = reader.next(frame)
  while (status === ReadStatus.frame) {
    consumer.frame(frame)
    status = reader.next(frame)
  }
  return status === ReadStatus.more
}
