// Writes a statement in its canonical form: single spaces, numbers without leading zeros.

import { formatCondition } from './format-condition.ts'
import { formatItem, formatSize } from './format-items.ts'
import { formatQuantity } from './quantity.ts'
import type {
  CampaignStatement,
  ClassicStatement,
  PacketNode,
  SequenceStatement,
  Statement,
} from './statement.ts'

/** `tcp * = < s27/15 + c* > : description`. Parsing the result gives the statement again. */
export function formatStatement(statement: Statement): string {
  return `${formatPattern(statement)} : ${statement.description}`
}

/** The statement without its description. */
export function formatPattern(statement: Statement): string {
  switch (statement.kind) {
    case 'classic':
      return formatClassic(statement)
    case 'sequence':
      return formatSequence(statement)
    case 'campaign':
      return formatCampaign(statement)
    default:
      return statement satisfies never
  }
}

function formatClassic(statement: ClassicStatement): string {
  const { protocol, port, isExact, atStart, packets, atEnd } = statement
  const words = [protocol, port === 'any' ? '*' : String(port)]
  if (isExact) words.push('=')
  if (atStart) words.push('<')
  for (const packet of packets) words.push(formatPacket(packet))
  if (atEnd) words.push('>')
  return words.join(' ')
}

/** `c12`, `+ s@1`. */
export function formatPacket(packet: PacketNode): string {
  const { pauseBefore, direction, size } = packet
  return `${pauseBefore ? '+ ' : ''}${direction === 'client' ? 'c' : 's'}${formatSize(size)}`
}

function formatSequence(statement: SequenceStatement): string {
  const { protocol, ports, start, items, atEnd, where } = statement
  const ranges = ports.map(({ low, high }) => (low === high ? String(low) : `${low}-${high}`))
  const words: string[] = [protocol, ranges.length === 0 ? '*' : ranges.join(',')]
  if (start !== 'anywhere') words.push(start === 'flow' ? '<' : `<${start}`)
  for (const item of items) words.push(formatItem(item))
  if (atEnd) words.push('>')
  if (where !== undefined) words.push('where', formatCondition(where))
  return words.join(' ')
}

function formatCampaign({ of, then, by, within, where }: CampaignStatement): string {
  const words = ['count', of]
  if (then !== undefined) words.push('then', then)
  words.push('by', by, 'within', formatQuantity(within), 'where', formatCondition(where))
  return words.join(' ')
}
