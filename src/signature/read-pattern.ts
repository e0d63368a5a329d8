// Reads a statement about packets or messages: ports, start, items and condition.

import type { Span } from '../model/diagnostic.ts'
import type { PortRange, SequenceStart, SshPhase } from '../model/program.ts'
import { readCondition } from './read-condition.ts'
import { readItems } from './read-items.ts'
import type { Reading } from './reading.ts'
import type { SequenceStatement } from './statement.ts'
import type { PatternTree } from './syntax-tree.ts'
import { quote } from './visible.ts'

export interface PatternResult {
  readonly body: Omit<SequenceStatement, 'description'>
  readonly packetSpans: readonly Span[]
  readonly itemSpans: readonly Span[]
}

export const MAX_PACKETS = 255
const MAX_PORT = 65535

export function readPattern(tree: PatternTree, reading: Reading): PatternResult {
  const protocol = tree.protocol.text as SequenceStatement['protocol']
  const { items, itemSpans, packetSpans } = readItems(tree.items, protocol === 'ssh', reading)
  const extra = packetSpans[MAX_PACKETS]
  if (extra !== undefined) {
    const message = `a signature has at most ${MAX_PACKETS} packets, found ${packetSpans.length}`
    reading.report('S014', message, { start: extra.start, end: packetSpans.at(-1)?.end ?? extra.end })
  }
  const ports = readPorts(tree, reading)
  const start = readStart(tree, reading)
  const scope = protocol === 'ssh' ? 'messages' : 'packets'
  const where = tree.where === null ? undefined : readCondition(tree.where, scope, reading)
  const atEnd = tree.end !== null
  const body = { kind: 'sequence' as const, protocol, ports, start, items, atEnd, where }
  return { body, packetSpans, itemSpans }
}

function readPorts({ protocol, ports }: PatternTree, reading: Reading): readonly PortRange[] {
  return ports.map(({ low: first, high: last }) => {
    const span = reading.spanOf(first, last)
    const text = first === last ? first.text : `${first.text}-${last.text}`
    const low = Number(first.text)
    const high = Number(last.text)
    if (protocol.text === 'icmp')
      reading.report('S004', `ICMP has no ports: write \`*\` in place of ${quote(text)}`, span)
    else if (Math.max(low, high) > MAX_PORT)
      reading.report('S003', `a port is at most ${MAX_PORT}, found ${quote(text)}`, span)
    else if (low > high)
      reading.report('S042', `${quote(text)} runs backwards: write \`${high}-${low}\``, span)
    return { low, high }
  })
}

function readStart({ protocol, start }: PatternTree, reading: Reading): SequenceStart {
  if (start === null) return 'anywhere'
  if (start.text === '<') return 'flow'
  if (protocol.text !== 'ssh') {
    const message = `${quote(start.text)} is a phase of SSH: only \`ssh\` statements have it`
    reading.report('S041', message, reading.spanOf(start))
  }
  return start.text.slice(1) as SshPhase
}
