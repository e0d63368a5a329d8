// Random statements of every kind, as trees. All are sound: what they format to must parse without a word.

import fc from 'fast-check'
import { CAMPAIGN_FIGURES, FIGURES, SSH_FIGURES } from '../../../src/model/figures.ts'
import { MESSAGES } from '../../../src/model/messages.ts'
import { MAX_SIZE, SSH_PHASES } from '../../../src/model/program.ts'
import { classicOf } from '../../../src/signature/classic-statement.ts'
import { compileSequence } from '../../../src/signature/compile-sequence.ts'
import { quantityValue } from '../../../src/signature/quantity.ts'
import { isOptional } from '../../../src/signature/read-items.ts'
import { MAX_PACKETS } from '../../../src/signature/read-pattern.ts'
import type {
  CampaignStatement,
  ClassicStatement,
  ElementSize,
  ItemNode,
  PacketNode,
  PauseNode,
  SequenceStatement,
  Size,
} from '../../../src/signature/statement.ts'
import { condition, time } from './random-conditions.ts'

const bytes = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: MAX_SIZE }))
const side = fc.constantFrom('client' as const, 'server' as const)
const port = fc.integer({ min: 0, max: 65535 })

const freeSize: fc.Arbitrary<Size> = fc.oneof(
  fc.record({ kind: fc.constant('bytes' as const), bytes }),
  fc.record({ kind: fc.constant('range' as const), bytes, distance: bytes }),
  fc.constant({ kind: 'any' as const }),
)

/** A size of the packet with this number. */
function classicSize(number: number): fc.Arbitrary<Size> {
  if (number === 1) return freeSize
  const packet = fc.integer({ min: 1, max: number - 1 })
  return fc.oneof(
    { arbitrary: freeSize, weight: 3 },
    { arbitrary: fc.record({ kind: fc.constant('same' as const), packet }), weight: 1 },
  )
}

const packets = fc.integer({ min: 1, max: MAX_PACKETS }).chain((count) => {
  const list = Array.from({ length: count > 20 && count < 250 ? count % 20 || 1 : count }, (_, i) =>
    fc.record({ pauseBefore: fc.boolean(), direction: side, size: classicSize(i + 1) }),
  )
  return fc.tuple(...list)
}) as fc.Arbitrary<PacketNode[]>

const description = fc
  .string({ unit: 'binary', maxLength: 60 })
  .map((text) => text.replace(/\p{Cc}/gu, '#').trim())
  .filter((text) => text !== '' && !/[\p{Zl}\p{Zp}]/u.test(text))

export const classicStatement: fc.Arbitrary<ClassicStatement> = fc
  .record({
    kind: fc.constant('classic' as const),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    port: fc.oneof(fc.constant('any' as const), port),
    isExact: fc.boolean(),
    atStart: fc.boolean(),
    packets,
    atEnd: fc.boolean(),
    description,
  })
  .map((one) => (one.protocol === 'icmp' ? { ...one, port: 'any' as const } : one))

const pause: fc.Arbitrary<PauseNode> = fc.oneof(
  fc.constant({ kind: 'pause' as const }),
  fc.constant({ kind: 'any' as const }),
  fc.tuple(time, time, fc.constantFrom('low', 'high', 'both'), fc.boolean()).map(([a, b, ends, lessRtt]) => {
    const [low, high] = quantityValue(a) <= quantityValue(b) ? [a, b] : [b, a]
    return {
      kind: 'range' as const,
      low: ends === 'high' ? undefined : low,
      high: ends === 'low' ? undefined : high,
      lessRtt,
    }
  }),
)

const ordered = fc.tuple(bytes, bytes).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))
/** `packet` is drawn from everything and fitted to its place later. */
const packetSize: fc.Arbitrary<ElementSize> = fc.oneof(
  freeSize,
  ordered.map((range) => ({ kind: 'between' as const, ...range })),
  fc.record({ kind: fc.constant('same' as const), packet: fc.nat(1000) }),
  fc.record({
    kind: fc.constant('relative' as const),
    packet: fc.nat(1000),
    offset: fc.integer({ min: 1, max: 300 }).chain((offset) => fc.constantFrom(offset, -offset, 0)),
    distance: fc.integer({ min: 1, max: 40 }),
  }),
)
const messageSize: fc.Arbitrary<ElementSize> = fc.oneof(
  packetSize,
  fc.record({
    kind: fc.constant('message' as const),
    name: fc.constantFrom(...MESSAGES.filter((name) => name !== '')),
  }),
  ordered.map((range) => ({ kind: 'payload' as const, ...range })),
)

const repeat = fc.oneof(
  { arbitrary: fc.constant({ low: 1, high: 1 }), weight: 4 },
  { arbitrary: fc.constant({ low: 0, high: 1 }), weight: 2 },
  {
    arbitrary: fc.tuple(fc.nat(3), fc.nat(3)).map(([low, more]) => ({ low, high: Math.max(low + more, 1) })),
    weight: 1,
  },
  {
    arbitrary: fc.nat(3).map((low) => ({ low, high: Number.POSITIVE_INFINITY })),
    weight: 1,
  },
)

export function itemsWith(size: fc.Arbitrary<ElementSize>): fc.Arbitrary<readonly ItemNode[]> {
  const { items } = fc.letrec<{ items: readonly ItemNode[]; item: ItemNode }>((tie) => ({
    item: fc
      .tuple(
        fc.option(pause, { nil: undefined, freq: 3 }),
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.record({ kind: fc.constant('element' as const), direction: side, size }),
          fc.constant({ kind: 'element' as const, direction: undefined, size: { kind: 'any' as const } }),
          fc.record({
            kind: fc.constant('group' as const),
            alternatives: fc.array(tie('items'), { minLength: 1, maxLength: 3 }),
          }),
        ),
        repeat,
      )
      .map(([before, atom, times]) => ({ pause: before, atom, ...times })),
    items: fc.array(tie('item'), { minLength: 1, maxLength: 4 }),
  }))
  return items.map(fitted)
}

/** References refer to earlier elements, no element has two pauses, and something must come. */
function fitted(items: readonly ItemNode[]): readonly ItemNode[] {
  let number = 0
  const fitSize = (size: ElementSize): ElementSize => {
    number++
    if (size.kind !== 'same' && size.kind !== 'relative') return size
    return number === 1 ? { kind: 'any' } : { ...size, packet: (size.packet % (number - 1)) + 1 }
  }
  const fitItems = (list: readonly ItemNode[], isPaused: boolean): readonly ItemNode[] => {
    let isFirst = isPaused
    return list.map((item) => {
      const before = isFirst ? undefined : item.pause
      const isInner = isFirst || before !== undefined
      const atom =
        item.atom.kind === 'group'
          ? { ...item.atom, alternatives: item.atom.alternatives.map((inner) => fitItems(inner, isInner)) }
          : { ...item.atom, size: fitSize(item.atom.size) }
      const done = { ...item, pause: before, atom }
      isFirst &&= isOptional(done)
      return done
    })
  }
  const list = fitItems(items, false)
  return list.every(isOptional) ? [...list, { pause: undefined, atom: ANY_ELEMENT, low: 1, high: 1 }] : list
}

const ANY_ELEMENT = { kind: 'element', direction: undefined, size: { kind: 'any' } } as const

const PACKET_FIGURES = Object.keys(FIGURES)
const ports = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.tuple(port, port).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) })),
    { minLength: 1, maxLength: 3 },
  ),
)

function sequenceOn(protocol: SequenceStatement['protocol']): fc.Arbitrary<SequenceStatement> {
  const isSsh = protocol === 'ssh'
  const figures = isSsh ? [...PACKET_FIGURES, ...Object.keys(SSH_FIGURES)] : PACKET_FIGURES
  const phases = isSsh ? SSH_PHASES : []
  const common = {
    kind: fc.constant('sequence' as const),
    protocol: fc.constant(protocol),
    ports: protocol === 'icmp' ? fc.constant([]) : ports,
    where: fc.option(condition(figures), { nil: undefined }),
    description,
  }
  const pattern = fc.record({
    ...common,
    start: fc.constantFrom('anywhere' as const, 'flow' as const, ...phases),
    items: itemsWith(isSsh ? messageSize : packetSize),
    atEnd: fc.boolean(),
  })
  const alone = fc.record({
    ...common,
    start: fc.constant('anywhere' as const),
    items: fc.constant([]),
    atEnd: fc.constant(false),
    where: condition(figures),
  })
  return fc.oneof({ arbitrary: pattern, weight: 5 }, { arbitrary: alone, weight: 1 })
}

export const sequenceStatement: fc.Arbitrary<SequenceStatement> = fc
  .constantFrom('tcp' as const, 'udp' as const, 'icmp' as const, 'ssh' as const)
  .chain(sequenceOn)
  .filter((one) => classicOf(one, false) === undefined && compileSequence(one) !== undefined)

const className = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), { minLength: 1, maxLength: 4 })
  .map((words) => words.join('.'))
  .filter((name) => !['then', 'by', 'within', 'where'].includes(name))

export const campaignStatement: fc.Arbitrary<CampaignStatement> = fc
  .record({
    kind: fc.constant('campaign' as const),
    of: className,
    by: fc.constantFrom('client' as const, 'server' as const, 'pair' as const),
    within: time.filter((one) => quantityValue(one) > 0),
    where: condition(Object.keys(CAMPAIGN_FIGURES)),
    description,
  })
  .chain((one) => fc.option(className, { nil: undefined }).map((then) => ({ ...one, then })))
