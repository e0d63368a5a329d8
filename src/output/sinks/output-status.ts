// What is told of outputs: to the log once when trouble begins and once when it is over, and as figures on demand.

import type { TroubleLevel } from '../../model/live.ts'
import type { OutputOptions } from '../../model/output-options.ts'

/**
 * Stable words for rate limits and counters. Each pair begins and ends a trouble: `output-failed` and `output-back`,
 * `output-full` and `output-drained`. Single ones: `output-unconfirmed` (a connection broke with events on their
 * way), `output-oversized` (the first event too long for a datagram), `output-left` (undelivered at the end).
 */
export type OutputEventKind =
  | 'output-failed'
  | 'output-back'
  | 'output-full'
  | 'output-drained'
  | 'output-unconfirmed'
  | 'output-oversized'
  | 'output-left'

export interface OutputListener {
  said(level: TroubleLevel, kind: OutputEventKind, message: string): void
  /** The reader of standard output went away for good: nothing can be written there any more. */
  onGone(): void
}

/** Figures since the start; what is queued is as of now. */
export interface OutputStatus {
  /** As it may be written in the configuration, without its filter: `tcp://10.0.0.1:5000`. */
  readonly name: string
  readonly type: OutputOptions['type']
  /** A file is open, a connection stands, a datagram was not refused. */
  readonly isConnected: boolean
  readonly queuedEvents: number
  readonly queuedBytes: number
  readonly queueLimitBytes: number
  /** Handed to the system. */
  readonly writtenEvents: number
  readonly writtenBytes: number
  /** For want of room in the queue, or left over at the end. */
  readonly droppedEvents: number
  /** Longer than a datagram may be: dropped as well, counted here only. */
  readonly oversizedEvents: number
  /** Written to connections that then broke: at most so many did not arrive. */
  readonly unconfirmedEvents: number
  /** Attempts to open, connect or write that failed. */
  readonly failures: number
  readonly lastError: string | undefined
  /** Size of the file that is being written; undefined when it is none. */
  readonly fileBytes: number | undefined
}
