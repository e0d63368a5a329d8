// Cuts one flow out of a capture, perhaps so that it names nobody, with the events that belong to it.

import type { FollowedFrame, FollowedPacket } from '../../model/followed-flow.ts'
import type { FlowFacts } from '../../model/report.ts'
import { AddressMap } from './address-map.ts'
import type { FlowEvents } from './flow-events.ts'
import { readSegments } from './flow-segments.ts'
import { scrubPacket } from './scrub-packet.ts'
import { scrubPayloads } from './scrub-payloads.ts'

export interface Extract {
  /** In the order of the capture. */
  readonly frames: readonly FollowedFrame[]
  /** Expected of a replay of the frames: EVE JSON. */
  readonly events: readonly string[]
}

/**
 * @param flow - at its end
 * @param events - of that flow
 * @param name - of the capture to be written, as events name it
 * @param key - maps addresses; undefined leaves all as it is
 */
export function extractFlow(
  packets: readonly FollowedPacket[],
  flow: FlowFacts,
  events: FlowEvents,
  name: string,
  key: string | undefined,
): Extract {
  if (key === undefined) return { frames: inOrder(packets), events: events.lines(name, (address) => address) }
  const segments = readSegments(packets)
  const addresses = new AddressMap(key)
  const payloads = scrubPayloads(segments, flow)
  const scrubbed = packets.map((packet, i) =>
    scrubPacket(packet, payloads[i] ?? new Uint8Array(0), addresses),
  )
  // What no packet showed is in no event.
  return {
    frames: inOrder(scrubbed),
    events: events.lines(name, (address) => addresses.text(address) ?? '-'),
  }
}

/** Frames of fragmented packets stand where they stood. */
function inOrder(packets: readonly FollowedPacket[]): readonly FollowedFrame[] {
  return packets.flat().sort((a, b) => a.ordinal - b.ordinal)
}

/** How the events of a replay differ from those that were expected. */
export interface Comparison {
  readonly missing: readonly string[]
  readonly unexpected: readonly string[]
}

/** Compares lines, whatever their order: the same moment may tell of two things. */
export function compareEvents(expected: readonly string[], found: readonly string[]): Comparison {
  return { missing: without(expected, found), unexpected: without(found, expected) }
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0
    counts.set(line, count - 1)
    return count <= 0
  })
}
