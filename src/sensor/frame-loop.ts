// hot path
// The loop over a reader's buffered frames: the only code between a reader and the pipeline.

import { type Frame, type FrameReader, ReadStatus } from '../model/frame.ts'
import type { Pipeline } from './pipeline.ts'

/** Decides which frames are looked at. */
export interface FrameFilter {
  matches(frame: Frame): boolean
}

/** Volume read so far. */
export interface FrameTally {
  frames: number
  bytes: number
}

/**
 * Feeds all frames that the reader has buffered to the pipeline.
 *
 * @returns true when the reader wants to be filled, false at its end
 */
export function runBuffered(
  reader: FrameReader,
  frame: Frame,
  pipeline: Pipeline,
  filter: FrameFilter | undefined,
  tally: FrameTally,
): boolean {
  let frames = 0
  let bytes = 0
  let status: ReadStatus = reader.next(frame)
  while (status === ReadStatus.frame) {
    if (filter === undefined || filter.matches(frame)) {
      frames++
      bytes += frame.wireLength
      pipeline.queue(frame)
    }
    status = reader.next(frame)
  }
  // The reader may move its bytes when it is filled.
  pipeline.settle()
  tally.frames += frames
  tally.bytes += bytes
  return status === ReadStatus.more
}
