// hot path
// What the flow stage tells the stages behind it. Called for every element: integers only.

import type { Direction } from './program.ts'

/** Why a flow's record was given up, in EVE's words. */
export const Reason = { timeout: 0, forced: 1, shutdown: 2, tcpReuse: 3 } as const
export type Reason = (typeof Reason)[keyof typeof Reason]

/**
 * Receives a flow's life in order: opened, then elements and gaps in stream order, closed when its end was
 * seen, released at last. `flow` is the record's offset (see flow-record.ts), valid until `released` returns.
 */
export interface FlowSink {
  opened(flow: number): void
  /**
   * New layer-7 bytes in stream order: what one segment brought, or one datagram (perhaps empty).
   *
   * @param size - bytes, each counted once
   * @param data - holds the bytes, from `at` on; borrowed until element() returns
   * @param captured - how many of the bytes are there: fewer when the capture is cut, or they waited and were not kept
   */
  element(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void
  /** `size` bytes that the receiver acknowledged, or the waiting budget gave up, but the capture never showed. */
  gap(flow: number, direction: Direction, size: number): void
  /** FIN both ways, RST, or timeout: nothing more belongs to the exchange. */
  closed(flow: number): void
  released(flow: number, reason: Reason): void
}

/** Times of what a sink is told, µs since the epoch: an array, since doubles passed as arguments may be boxed. */
export class FlowClock {
  /** [0] is the current packet's arrival, [1] the arrival of the element's own first byte. */
  readonly time = new Float64Array(2)
}
