// The elements of an exchange with all that a signature may ask of each.

import type { MessageName } from '../../model/messages.ts'
import { type Direction, SSH_PHASES, type SshPhase } from '../../model/program.ts'
import type { PlainExchange } from '../plain-exchange.ts'

export interface Observed {
  /** From 1; gaps are not counted. */
  readonly ordinal: number
  readonly direction: Direction
  readonly size: number
  readonly message: MessageName
  /** Both 0 when that is not known. */
  readonly payload: readonly [low: number, high: number]
  /** Since the element before, µs; -1 when that is not known. */
  readonly delay: number
  readonly isPause: boolean
  /** Shortest time in which its side answered, µs; 0 when it never did. */
  readonly roundTrip: number
  readonly phases: readonly SshPhase[]
  readonly isAfterGap: boolean
}

/** Times as exchange/exchange.ts measures them, and as SSH messages bring them. */
export function observe(exchange: PlainExchange, thresholdMicros: number): readonly Observed[] {
  const elements: Observed[] = []
  let previous = exchange.startTime
  let isAfterGap = false
  for (const event of exchange.events) {
    if (event.kind === 'gap') {
      isAfterGap = true
      continue
    }
    const { direction, size, time, message } = event
    const since = Math.max(time - previous, 0)
    const isKnown = !isAfterGap || since < thresholdMicros
    const delay = message?.delay ?? (isKnown ? since : -1)
    elements.push({
      ordinal: elements.length + 1,
      direction: message?.side ?? direction,
      size: message?.wire ?? size,
      message: message?.name ?? '',
      payload: message?.payload ?? [0, 0],
      delay,
      isPause: delay >= thresholdMicros,
      roundTrip: message?.roundTrip ?? 0,
      phases: SSH_PHASES.filter((_, i) => (((message?.phases ?? 0) >> i) & 1) === 1),
      isAfterGap,
    })
    previous = Math.max(time, previous)
    isAfterGap = false
  }
  return elements
}
