// What passes between cutting and naming: plain values.

import type { MessageName } from '../../model/messages.ts'
import type { Direction } from '../../model/program.ts'

/** When something was sent, and how long that took. Times are µs. */
export interface Moment {
  readonly time: number
  /** Since the segment before, of either side; -1 when that is not known. */
  readonly delay: number
  /** Shortest time that this side took to answer the other so far. */
  readonly roundTrip: number
  /** Time since the other side's last word, less `roundTrip`. */
  readonly latency: number
  /** Ordinal of the flow's element. */
  readonly packet: number
}

/** What a side sent, as the cutter gave it: one message, or what its segment held. */
export interface Piece extends Moment {
  /** By SSH's roles. */
  readonly side: Direction
  readonly wire: number
}

export interface NamedPiece extends Piece {
  readonly name: MessageName
}
