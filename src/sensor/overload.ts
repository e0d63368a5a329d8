// Decides how many of the new flows are given up, so that the others are seen whole. It looks at signs of overload
// once a second: quick to shed, slow to take up again, so that it does not swing.

import { SHED_SHARES } from '../flow/flow-table.ts'

/** What was seen since the last look. */
export interface LoadSigns {
  /** How far frames were behind the clock on the wall at most, ms. */
  readonly lagMs: number
  /** Packets that the kernel dropped. */
  readonly dropped: number
}

/** tcpdump gets what came on a quiet line after a second. */
export const LONGEST_LAG_MS = 2000
const STEP_UP = 4
/** Looks without any sign before one share is taken up again. */
const CALM_LOOKS = 3
/** Some flows are always followed: else nothing would tell when it is over. */
const MOST_SHARES = SHED_SHARES - 1

export class Overload {
  /** Shares of all new flows that are to be given up, of SHED_SHARES. */
  shares = 0
  #calm = 0

  /** @returns what changed: overload has begun, or is over */
  look({ lagMs, dropped }: LoadSigns): 'begun' | 'over' | undefined {
    const before = this.shares
    if (lagMs > LONGEST_LAG_MS || dropped > 0) {
      this.#calm = 0
      this.shares = Math.min(this.shares + STEP_UP, MOST_SHARES)
    } else if (this.shares > 0 && ++this.#calm >= CALM_LOOKS) {
      this.#calm = 0
      this.shares--
    }
    if (before === 0 && this.shares > 0) return 'begun'
    return before > 0 && this.shares === 0 ? 'over' : undefined
  }
}
