// The front door of live capture.

import type { FrameConsumer, LiveCapture, LiveListener } from '../../model/live.ts'
import { type LiveCaptureOptions, ProcessCapture } from './process-capture.ts'

export type { LiveCaptureOptions }

/** Makes a capture of one device, which begins with start(). */
export function createLiveCapture(
  options: LiveCaptureOptions,
  consumer: FrameConsumer,
  listener: LiveListener,
): LiveCapture {
  return new ProcessCapture(options, consumer, listener)
}
