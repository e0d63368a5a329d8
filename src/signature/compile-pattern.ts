// What a statement matches, as the matcher takes it: sizes become ranges. First half of the fuzzy rule; see
// docs/signature-language.md. The second half (one packet merged or missing) is the matcher's.

import { Direction, MAX_SIZE, type ProgramElement, type ProgramSignature } from '../model/program.ts'
import type { ClassicStatement, PacketNode, Size } from './statement.ts'

/** Shortest signature, in packets, of which one packet may be merged or missing. */
const FUZZY_PACKETS = 5
/** A bare size of a fuzzy statement may be off by this part of it. */
const FUZZY_PART = 16

export type Pattern = Pick<ProgramSignature, 'protocol' | 'port' | 'fuzzy' | 'atStart' | 'atEnd' | 'elements'>

export function compilePattern(statement: ClassicStatement): Pattern {
  const { protocol, port, isExact, atStart, atEnd, packets } = statement
  return {
    protocol,
    port: port === 'any' ? -1 : port,
    fuzzy: !isExact && packets.length >= FUZZY_PACKETS,
    atStart,
    atEnd,
    elements: packets.map((packet) => compilePacket(packet, isExact)),
  }
}

function compilePacket(packet: PacketNode, isExact: boolean): ProgramElement {
  const { low, high, reference } = compileSize(packet.size, isExact)
  return {
    direction: packet.direction === 'client' ? Direction.client : Direction.server,
    low,
    high,
    reference,
    pauseBefore: packet.pauseBefore,
  }
}

function compileSize(size: Size, isExact: boolean): Pick<ProgramElement, 'low' | 'high' | 'reference'> {
  switch (size.kind) {
    case 'bytes':
      return around(size.bytes, isExact ? 0 : Math.floor(size.bytes / FUZZY_PART))
    case 'range':
      return around(size.bytes, size.distance)
    case 'any':
      return { low: 0, high: MAX_SIZE, reference: 0 }
    case 'same':
      return { low: 0, high: MAX_SIZE, reference: size.packet }
    default:
      return size satisfies never
  }
}

function around(bytes: number, distance: number): Pick<ProgramElement, 'low' | 'high' | 'reference'> {
  return { low: Math.max(bytes - distance, 0), high: Math.min(bytes + distance, MAX_SIZE), reference: 0 }
}
