// How much a pattern tells of a flow, in bits, by rule of thumb: sizes are taken to be spread evenly over octaves,
// pauses to be rare. It only has to tell patterns that fit nearly every flow from all others.

import type { Recogniser, Taking } from '../prove/recogniser.ts'

/** Octaves from one byte to a full segment. */
const OCTAVES = Math.log2(1460)
const PAUSE = 2
const NO_PAUSE = 0.3
const NAME = 8
const REFERENCE = 5
const ANCHOR = 3
const PORT = 3
const CONDITION = 6
const DIRECTION = 0.5

/** Of the way that tells least; Infinity when no way leads to the end. */
export function informationOf({ ports, start, atEnd, where, states }: Recogniser): number {
  let bits = ports.length > 0 ? PORT : 0
  if (start !== 'anywhere') bits += ANCHOR
  if (atEnd) bits += ANCHOR
  if (where !== undefined) bits += CONDITION
  if (states.length === 0) return bits
  return bits + leastOf(states)
}

/** Bellman and Ford: there are few states, and the least way is found soon. */
function leastOf(states: Recogniser['states']): number {
  const least = states.map((_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY))
  let waiting = [0]
  while (waiting.length > 0) {
    const next: number[] = []
    for (const at of waiting)
      for (const take of states[at]?.takes ?? []) {
        const bits = (least[at] ?? 0) + bitsOf(take, at === 0)
        if (bits >= (least[take.next] ?? 0) - 1e-9) continue
        least[take.next] = bits
        next.push(take.next)
      }
    waiting = next
  }
  return states.reduce(
    (sum, { isDone }, i) => (isDone ? Math.min(sum, least[i] ?? sum) : sum),
    Number.POSITIVE_INFINITY,
  )
}

/** What one element tells. */
export function bitsOf(
  { direction, low, high, bases, message, payload, pause }: Taking,
  isFirst = false,
): number {
  let bits = direction === undefined ? 0 : DIRECTION
  if (pause.kind === 'pause' || pause.kind === 'range') bits += PAUSE
  else if (pause.kind === 'none' && !isFirst) bits += NO_PAUSE
  if (message !== 0) bits += NAME
  if (payload !== undefined) bits += rangeBits(payload.low, payload.high)
  return bits + (bases.length > 0 ? REFERENCE : rangeBits(low, high))
}

function rangeBits(low: number, high: number): number {
  const octaves = Math.log2((Math.min(high, 1460) + 1) / Math.max(Math.min(low, 1460), 1))
  return Math.max(-Math.log2(Math.max(octaves, 0.01) / OCTAVES), 0)
}
