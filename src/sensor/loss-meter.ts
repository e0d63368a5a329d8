// What of the traffic was not seen, over an interval: as the kernel counts it, and as the streams show it, where
// receivers acknowledged bytes that no packet brought. The second sees also what a span port or a switch lost.

import type { Losses } from '../model/report.ts'

/** Totals since the start. */
export interface LossTotals {
  /** Packets that the kernel handed over, and dropped; undefined where nothing counts them. */
  readonly received: number | undefined
  readonly dropped: number | undefined
  /** Bytes of TCP streams that came, and that never did. */
  readonly seen: number
  readonly missing: number
}

const NOTHING: LossTotals = { received: undefined, dropped: undefined, seen: 0, missing: 0 }

export class LossMeter {
  #before: LossTotals = NOTHING

  /** What was lost since the last call. */
  measure(now: LossTotals): Losses {
    const before = this.#before
    this.#before = now
    const dropped = (now.dropped ?? 0) - (before.dropped ?? 0)
    const received = (now.received ?? 0) - (before.received ?? 0)
    const missing = now.missing - before.missing
    return {
      kernel: now.dropped === undefined ? undefined : percent(dropped, received + dropped),
      streams: percent(missing, now.seen - before.seen + missing),
    }
  }
}

function percent(part: number, whole: number): number | undefined {
  return whole > 0 ? (100 * part) / whole : undefined
}
