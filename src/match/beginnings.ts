// The first packets of a match, in every way in which a pattern lets them come. Made once, when a program is loaded.

import { MAX_SIZE } from '../model/program.ts'
import type { Patterns } from './patterns.ts'

/** Packets of a beginning at most. */
export const MOST_PACKETS = 3

/** A packet to begin with: its size is in a range, plus the sizes of the packets that it repeats. */
export interface Packet {
  readonly direction: number
  readonly pause: number
  readonly low: number
  readonly high: number
  /** 1-based, in the pattern. */
  readonly repeats: readonly number[]
}

/** The first packets of a match, and where the pattern goes on. */
export interface Beginning {
  readonly packets: readonly Packet[]
  readonly position: number
  readonly fuzz: number
}

/** Every way in which up to three packets can begin a match: as written, or with one packet merged or missing. */
export function beginnings(patterns: Patterns, signature: number): readonly Beginning[] {
  const length = Math.min(patterns.length(signature), MOST_PACKETS + 1)
  const all = Array.from({ length }, (_, i) => packetAt(patterns, signature, i))
  const written = all.slice(0, MOST_PACKETS)
  const ways: Beginning[] = [{ packets: written, position: written.length, fuzz: 0 }]
  for (const [i, packet] of written.entries()) {
    const next = all[i + 1]
    if (next === undefined) break
    const bend = (joined: Packet) => {
      const packets = all.toSpliced(i, 2, joined)
      ways.push({ packets, position: packets.length + 1, fuzz: i + 1 })
    }
    if (patterns.isMergeable(signature, i)) bend(merged(packet, next))
    if (patterns.isLosable(signature, i)) bend({ ...next, pause: packet.pause | next.pause })
  }
  return ways
}

function packetAt(patterns: Patterns, signature: number, position: number): Packet {
  const reference = patterns.reference(signature, position)
  return {
    direction: patterns.direction(signature, position),
    pause: patterns.pause(signature, position),
    low: reference > 0 ? 0 : patterns.low(signature, position),
    high: reference > 0 ? 0 : patterns.high(signature, position),
    repeats: reference > 0 ? [reference] : [],
  }
}

/** Two packets in one: it comes when the first would have come, as large as both. */
function merged(one: Packet, two: Packet): Packet {
  return {
    ...one,
    low: one.low + two.low,
    high: Math.min(one.high + two.high, MAX_SIZE),
    repeats: [...one.repeats, ...two.repeats],
  }
}

/** Which of the beginning's packets, from 0, a packet repeats: behind a merged or missing one all stand earlier. */
export function slotsOf(packet: Packet, { fuzz }: Beginning): readonly number[] {
  return packet.repeats.map((reference) => reference - (fuzz !== 0 && reference > fuzz ? 2 : 1))
}
