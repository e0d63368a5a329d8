// Live capture as the sensor sees it, whatever takes the packets.

import type { Frame } from './frame.ts'

/** Called once a packet, on the packet path; `frame` is borrowed for the call. */
export interface FrameConsumer {
  frame(frame: Frame): void
}

export type CaptureMethod = 'cap' | 'pipe'

/** Totals since the start, over all reopenings; undefined where the method cannot know. */
export interface CaptureTotals {
  /** Packets that the kernel gave us or dropped. */
  readonly received: number | undefined
  /** Packets that the kernel dropped for want of room. */
  readonly dropped: number | undefined
}

/** `waiting`: the device is away or refuses; it is tried again. */
export type CaptureState = 'starting' | 'running' | 'waiting' | 'stopped'

export interface LiveCapture {
  readonly device: string
  readonly method: CaptureMethod
  /** Whose stamps frames bear: the kernel's, or ours on their arrival. */
  readonly clock: 'kernel' | 'arrival'
  readonly state: CaptureState
  /**
   * Opens the device and hands on its frames until stop(). Later trouble is told to the listener and mended.
   *
   * @throws OperatorError when it cannot be opened the first time: no such device, no permission, a wrong filter
   */
  start(): Promise<void>
  /** Ends the capture. What the kernel had handed over by then has gone to the consumer when it resolves. */
  stop(): Promise<void>
  /** Asks the capturing program for fresh totals, where it can be asked; they come in their own time. */
  askTotals(): void
  totals(): CaptureTotals
}

export type TroubleLevel = 'info' | 'warn' | 'error'

/** Hears of what befalls a capture: once when it begins, once when it is over. */
export interface LiveListener {
  /** @param kind - a stable word for rate limits and counters: `device-lost`, `device-back`, `capture-restarted` */
  captureEvent(level: TroubleLevel, kind: string, message: string): void
}
