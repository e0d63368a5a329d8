// A block of columns as a statement: for each column what can be said of its sizes and of the time before it, the
// usual first, and which of it is said.

import type { PortRange, SequenceStart } from '../../model/program.ts'
import { classicOf } from '../../signature/classic-statement.ts'
import type { Quantity } from '../../signature/quantity.ts'
import type {
  ClassicStatement,
  ElementSize,
  ItemNode,
  PauseNode,
  SequenceStatement,
} from '../../signature/statement.ts'
import type { Alignment } from './align.ts'
import type { Specimen, Stream, Token } from './specimen.ts'

export interface Draft {
  readonly block: Block
  /** Of each column the index of what is said, in its `sizes` and `pauses`. */
  readonly sizes: readonly number[]
  readonly pauses: readonly number[]
  readonly atStart: boolean
  readonly atEnd: boolean
}

export interface Block {
  readonly stream: Stream
  readonly protocol: SequenceStatement['protocol']
  readonly columns: readonly Column[]
  /** What may be said of the beginning; `anywhere`: nothing. */
  readonly start: SequenceStart
  /** `>` holds. */
  readonly canEnd: boolean
}

export interface Column {
  /** Elements between this column and the one before, at least and at most. */
  readonly between: readonly [least: number, most: number]
  readonly direction: 'client' | 'server'
  /** The usual first; references count columns from 1. */
  readonly sizes: readonly ElementSize[]
  readonly pauses: readonly (PauseNode | undefined)[]
}

export type DraftStatement = ClassicStatement | SequenceStatement

/** More flows than this, with sizes that differ by one number, are no chance. */
const FEW = 3
const MOST_OFFSET = 64

/** @returns undefined when something is missing within it in one of the flows */
export function blockOf(
  specimens: readonly Specimen[],
  alignment: Alignment,
  stream: Stream,
): Block | undefined {
  const spans = specimens.map(
    (_, flow) => [alignment[0]?.[flow] ?? 0, alignment.at(-1)?.[flow] ?? 0] as const,
  )
  const isTorn = specimens.some(({ tokens }, flow) => {
    const [first, last] = spans[flow] ?? [0, 0]
    return tokens.slice(first + 1, last + 1).some((token) => token.isTorn)
  })
  const [one] = specimens
  if (isTorn || one === undefined || alignment.length === 0) return undefined
  const tokens = alignment.map((column) => specimens.flatMap((s, flow) => s.tokens[column[flow] ?? -1] ?? []))
  return {
    stream,
    protocol: one.exchange.protocol,
    columns: tokens.map((column, i) => columnOf(tokens, i, betweenOf(alignment, i), stream, column)),
    start: startOf(tokens[0] ?? []),
    canEnd: specimens.every((s, flow) => s.endSeen && spans[flow]?.[1] === s.tokens.length - 1),
  }
}

function betweenOf(alignment: Alignment, i: number): readonly [number, number] {
  const before = alignment[i - 1]
  if (before === undefined) return [0, 0]
  const counts = (alignment[i] ?? []).map((at, flow) => at - (before[flow] ?? 0) - 1)
  return [Math.min(...counts), Math.max(...counts)]
}

function startOf(first: readonly Token[]): SequenceStart {
  if (first.every(({ isFirst }) => isFirst)) return 'flow'
  return first[0]?.phases.find((phase) => first.every(({ phases }) => phases.includes(phase))) ?? 'anywhere'
}

function columnOf(
  tokens: readonly (readonly Token[])[],
  i: number,
  between: Column['between'],
  stream: Stream,
  column: readonly Token[],
): Column {
  return {
    between,
    direction: column[0]?.direction === 1 ? 'server' : 'client',
    sizes: stream === 'packets' ? packetSizes(tokens, i) : messageSizes(tokens, i),
    pauses: pausesOf(column, stream, i === 0),
  }
}

function packetSizes(tokens: readonly (readonly Token[])[], i: number): readonly ElementSize[] {
  const own = wireSizes(tokens[i] ?? [])
  const relation = relationOf(tokens, i)
  return [...(relation === undefined ? [] : [relation]), ...own, { kind: 'any' }]
}

/** Names say more to people; in the clear lengths say more of the program. */
function messageSizes(tokens: readonly (readonly Token[])[], i: number): readonly ElementSize[] {
  const column = tokens[i] ?? []
  const [first] = column
  const wire = wireSizes(column)
  const name = first?.name ?? ''
  const named: readonly ElementSize[] = name === '' ? [] : [{ kind: 'message', name }]
  const payload = payloadOf(column)
  const isClear = column.every((token) => token.payload === undefined)
  const isConstant = wire[0]?.kind === 'bytes' && wire[0].bytes > 0
  if (isClear && isConstant && (name === 'VERSION' || name === 'KEXINIT'))
    return [...wire, ...named, { kind: 'any' }]
  const relation = name === '' ? relationOf(tokens, i) : undefined
  return [
    ...named,
    ...(payload === undefined ? [] : [payload]),
    ...(relation === undefined ? [] : [relation]),
    ...wire,
    { kind: 'any' },
  ]
}

/** A length that all can have, else all lengths from one to the other. */
function payloadOf(column: readonly Token[]): ElementSize | undefined {
  const ranges = column.flatMap(({ payload }) => (payload === undefined ? [] : [payload]))
  if (ranges.length < column.length) return undefined
  const most = Math.max(...ranges.map(([low]) => low))
  const least = Math.min(...ranges.map(([, high]) => high))
  return { kind: 'payload', low: Math.min(least, most), high: most }
}

/** The tightest, and as fl0p would have written it. */
function wireSizes(column: readonly Token[]): readonly ElementSize[] {
  const low = Math.min(...column.map(({ size }) => size))
  const high = Math.max(...column.map(({ size }) => size))
  if (low === high) return [{ kind: 'bytes', bytes: low }]
  const distance = Math.ceil((high - low) / 2)
  const around: ElementSize = { kind: 'range', bytes: low + distance, distance }
  return (high - low) % 2 === 0 ? [around] : [around, { kind: 'between', low, high }]
}

/** As long as an earlier one, or by a number longer: only of sizes that differ from flow to flow. */
function relationOf(tokens: readonly (readonly Token[])[], i: number): ElementSize | undefined {
  const column = tokens[i] ?? []
  const different = new Set(column.map(({ size }) => size)).size
  if (different < 2) return undefined
  let found: ElementSize | undefined
  for (let k = i - 1; k >= 0; k--) {
    const offsets = new Set(column.map(({ size }, flow) => size - (tokens[k]?.[flow]?.size ?? 0)))
    const [offset = 0] = offsets
    if (offsets.size !== 1) continue
    if (offset === 0) return { kind: 'same', packet: k + 1 }
    if (different >= FEW && Math.abs(offset) <= MOST_OFFSET)
      found ??= { kind: 'relative', packet: k + 1, offset, distance: 0 }
  }
  return found
}

function pausesOf(
  column: readonly Token[],
  stream: Stream,
  isFirst: boolean,
): readonly (PauseNode | undefined)[] {
  const all = column.every(({ isPause }) => isPause)
  const none = column.every(({ isPause }) => !isPause)
  const plain: PauseNode | undefined = all
    ? { kind: 'pause' }
    : none || isFirst || stream === 'messages'
      ? undefined
      : { kind: 'any' }
  const times = column.flatMap(({ own }) => (own === undefined ? [] : [own]))
  if (times.length < column.length) return [plain]
  const low = timeBelow(Math.min(...times))
  const high = timeAbove(Math.max(...times))
  const lessRtt = stream === 'messages'
  const range = (a: Quantity | undefined, b: Quantity | undefined): PauseNode => {
    return { kind: 'range', low: a, high: b, lessRtt }
  }
  if (low === undefined) return [plain, range(undefined, high)]
  return [plain, range(low, undefined), range(undefined, high), range(low, high)]
}

/** Two digits will do. */
function timeBelow(micros: number): Quantity | undefined {
  const millis = rounded(micros / 1000, Math.floor)
  return millis === 0 ? undefined : millisOf(millis)
}

function timeAbove(micros: number): Quantity {
  return millisOf(Math.max(rounded(micros / 1000, Math.ceil), 1))
}

function rounded(millis: number, round: (value: number) => number): number {
  const step = millis < 100 ? 1 : 10 ** (Math.floor(Math.log10(millis)) - 1)
  return round(millis / step) * step
}

function millisOf(millis: number): Quantity {
  return millis % 100 === 0
    ? { digits: String(millis / 1000), unit: 's' }
    : { digits: String(millis), unit: 'ms' }
}

/** What is usual is said. */
export function draftOf(block: Block): Draft {
  const usual = block.columns.map(() => 0)
  return { block, sizes: usual, pauses: usual, atStart: block.start !== 'anywhere', atEnd: block.canEnd }
}

/** @param ports - empty: any */
export function statementOf(draft: Draft, ports: readonly PortRange[], description: string): DraftStatement {
  const { block, atStart, atEnd } = draft
  const pattern = {
    kind: 'sequence',
    protocol: block.protocol,
    ports,
    start: atStart ? block.start : 'anywhere',
    items: itemsOf(draft),
    atEnd,
    where: undefined,
  } as const
  const classic = classicOf(pattern, true)
  return { ...(classic ?? pattern), description }
}

function itemsOf({ block, sizes, pauses }: Draft): readonly ItemNode[] {
  const items: ItemNode[] = []
  const numbers: number[] = []
  for (const [i, { between, direction, sizes: known, pauses: before }] of block.columns.entries()) {
    const [low, high] = between
    if (high > 0) {
      const atom = { kind: 'element', direction: undefined, size: { kind: 'any' } } as const
      items.push({ pause: undefined, atom, low, high })
    }
    const size = renumbered(known[sizes[i] ?? 0] ?? { kind: 'any' }, numbers)
    const pause = before[pauses[i] ?? 0]
    items.push({ pause, atom: { kind: 'element', direction, size }, low: 1, high: 1 })
    numbers.push(items.length)
  }
  return items
}

/** References count what is written, `any` included. */
function renumbered(size: ElementSize, numbers: readonly number[]): ElementSize {
  if (size.kind !== 'same' && size.kind !== 'relative') return size
  return { ...size, packet: numbers[size.packet - 1] ?? size.packet }
}
