// Why an element is not what a signature wants of it, and by how much.

import { MESSAGES } from '../../model/messages.ts'
import type { Pause, SequenceTest } from '../../model/program.ts'
import type { Observed } from './observed.ts'
import { formatMicros, formatRange } from './span-text.ts'

export interface Misfit {
  readonly kind: 'direction' | 'message' | 'size' | 'reference' | 'payload' | 'pause' | 'gap'
  /** What was found, and how far it is off. */
  readonly text: string
  /** How far it is off, bytes or µs; undefined where that says nothing. */
  readonly by: number | undefined
  /** How bad it is: 1 is as bad as a packet that is missing. */
  readonly cost: number
}

export interface FitContext {
  readonly isFirst: boolean
  /** By slot from 1. */
  readonly sizes: readonly (number | undefined)[]
  readonly packetOfSlot: readonly number[]
  readonly thresholdMicros: number
}

/** All reasons, the plainest first; none where it fits. */
export function misfitsOf(test: SequenceTest, element: Observed, context: FitContext): readonly Misfit[] {
  const other = directionMisfit(test, element)
  if (other !== undefined) return [other]
  const found = [
    test.message === 0 ? sizeMisfit(test, element, context) : messageMisfit(test, element),
    payloadMisfit(test, element),
    pauseMisfit(test.pause, element, context),
  ]
  return found.filter((misfit) => misfit !== undefined)
}

const SIDES = ['client', 'server'] as const

function directionMisfit({ direction }: SequenceTest, element: Observed): Misfit | undefined {
  if (direction === undefined || direction === element.direction) return undefined
  const text = `sent by the ${SIDES[element.direction]}, not by the ${SIDES[direction]}`
  return { kind: 'direction', text, by: undefined, cost: 1.5 }
}

function messageMisfit({ message }: SequenceTest, element: Observed): Misfit | undefined {
  const wanted = MESSAGES[message] ?? ''
  if (element.message === wanted) return undefined
  const found = element.message === '' ? `a message of ${element.size} bytes without a name` : element.message
  return { kind: 'message', text: `${found}, not ${wanted}`, by: undefined, cost: 0.95 }
}

function sizeMisfit(
  { low, high, reference }: SequenceTest,
  { size }: Observed,
  { sizes, packetOfSlot }: FitContext,
): Misfit | undefined {
  const packet = packetOfSlot[reference]
  const base = reference === 0 ? 0 : sizes[reference]
  if (base === undefined) {
    const text = `asks for the size of packet ${packet}, which was not taken`
    return { kind: 'reference', text, by: undefined, cost: 1 }
  }
  const by = size < base + low ? base + low - size : size > base + high ? size - base - high : 0
  if (by === 0) return undefined
  const side = size < base + low ? 'below' : 'above'
  const range = formatRange(Math.max(base + low, 0), base + high)
  const whose = reference === 0 ? '' : `, packet ${packet} having ${base}`
  const cost = nearness(by, Math.max(base + low, 16))
  return {
    kind: reference === 0 ? 'size' : 'reference',
    text: `size ${size}: ${by} ${side} ${range}${whose}`,
    by,
    cost,
  }
}

function payloadMisfit({ payload }: SequenceTest, element: Observed): Misfit | undefined {
  if (payload === undefined) return undefined
  const [low, high] = element.payload
  if (high === 0) {
    const text = `its payload is not known: ${element.size} bytes on the wire`
    return { kind: 'payload', text, by: undefined, cost: 0.9 }
  }
  const by = high < payload.low ? payload.low - high : low > payload.high ? low - payload.high : 0
  if (by === 0) return undefined
  const side = high < payload.low ? 'below' : 'above'
  const wanted = formatRange(payload.low, payload.high)
  const text = `payload ${formatRange(low, high)}: ${by} ${side} ${wanted}`
  return { kind: 'payload', text, by, cost: nearness(by, Math.max(payload.low, 16)) }
}

function pauseMisfit(pause: Pause, element: Observed, context: FitContext): Misfit | undefined {
  const { delay, isPause, roundTrip } = element
  const { thresholdMicros, isFirst } = context
  const misfit = (text: string, by: number | undefined, wanted: number): Misfit => ({
    kind: 'pause',
    text,
    by,
    cost: by === undefined ? 0.7 : nearness(by, wanted) * 0.7,
  })
  const threshold = `the threshold of ${formatMicros(thresholdMicros)}`
  const unknown = () => misfit('the time before it is not known', undefined, 0)
  if (pause.kind === 'any' || (pause.kind === 'none' && (isFirst || !isPause))) return undefined
  if (pause.kind === 'none') {
    const text = `a pause of ${formatMicros(delay)}: ${formatMicros(delay - thresholdMicros)} over ${threshold}`
    return misfit(text, delay - thresholdMicros, thresholdMicros)
  }
  if (pause.kind === 'pause') {
    if (isPause) return undefined
    if (delay < 0) return unknown()
    const by = thresholdMicros - delay
    return misfit(
      `a pause of ${formatMicros(delay)}: ${formatMicros(by)} under ${threshold}`,
      by,
      thresholdMicros,
    )
  }
  if (delay < 0) return unknown()
  const own = pause.lessRtt ? Math.max(delay - roundTrip, 0) : delay
  if (own >= pause.low && own <= pause.high) return undefined
  const by = own < pause.low ? pause.low - own : own - pause.high
  const limit = own < pause.low ? pause.low : pause.high
  const less = pause.lessRtt && roundTrip > 0 ? ` (${formatMicros(own)} without the round trip)` : ''
  const side = own < pause.low ? 'under' : 'over'
  return misfit(
    `${formatMicros(delay)} after the one before${less}: ${formatMicros(by)} ${side} ${formatMicros(limit)}`,
    by,
    Math.max(limit, 1000),
  )
}

/** From 0.2, just beside, to 0.9, as far off as what was wanted is large. */
function nearness(by: number, wanted: number): number {
  return 0.2 + 0.7 * Math.min(by / wanted, 1)
}

export const GAP: Misfit = {
  kind: 'gap',
  text: 'a gap before it: bytes are missing there, and no match goes across',
  by: undefined,
  cost: 1.2,
}
