// Tells statements of the classic language from others: those alone are matched fuzzily.

import type {
  ClassicStatement,
  ElementNode,
  GroupNode,
  ItemNode,
  PacketNode,
  SequenceStatement,
} from './statement.ts'

/** A pattern as a classic statement; undefined when something in it is new. */
export function classicOf(
  pattern: Omit<SequenceStatement, 'description'>,
  isExact: boolean,
): Omit<ClassicStatement, 'description'> | undefined {
  const { protocol, ports, start, items, atEnd, where } = pattern
  const [range] = ports
  const port = range?.low ?? 'any'
  if (protocol === 'ssh' || ports.length > 1 || range?.low !== range?.high) return undefined
  if ((start !== 'anywhere' && start !== 'flow') || where !== undefined || items.length === 0)
    return undefined
  const packets: PacketNode[] = []
  for (const item of items) {
    const packet = packetOf(item)
    if (packet === undefined) return undefined
    packets.push(packet)
  }
  return { kind: 'classic', protocol, port, isExact, atStart: start === 'flow', packets, atEnd }
}

function packetOf({ pause, atom, low, high }: ItemNode): PacketNode | undefined {
  if (low !== 1 || high !== 1 || !isPacket(atom)) return undefined
  if (pause !== undefined && pause.kind !== 'pause') return undefined
  return { pauseBefore: pause !== undefined, direction: atom.direction, size: atom.size }
}

function isPacket(atom: ElementNode | GroupNode): atom is ElementNode & PacketNode {
  if (atom.kind !== 'element' || atom.direction === undefined) return false
  const { kind } = atom.size
  return kind === 'bytes' || kind === 'range' || kind === 'any' || kind === 'same'
}
