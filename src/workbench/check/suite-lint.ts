// Sizes of `ssh` statements that no message has, whatever cipher and MAC a connection agreed on. Every suite pads to
// its block and adds a MAC, so lengths on the wire come in steps. Only the version line, a side's first message, has
// any length.

import { EVERY_SUITE, shortestWireLength } from '../../exchange/ssh/suite.ts'
import { formatElement } from '../../signature/element-lint.ts'
import type { ElementNode, ElementSize, ItemNode, LocatedStatement } from '../../signature/statement.ts'
import type { Finding } from './check-codes.ts'

/** Of every suite's lengths. */
const STEP = EVERY_SUITE.reduce(
  (step, { block, macBytes, outside }) => divisor(step, divisor(block, macBytes + outside)),
  0,
)
const SHORTEST = Math.min(...EVERY_SUITE.map(shortestWireLength))
/** The largest packet that OpenSSH takes (packet.c, PACKET_MAX_SIZE). */
const LONGEST_PAYLOAD = 262_144
/** Where lengths cannot be read, a long message counts as the segments that it came in: they have any length. */
const SEGMENT = 512

/** Whether a message may be the version line of its side. */
interface Told {
  readonly element: ElementNode
  readonly isPlain: boolean
}

export function lintSuites({ ast, packetSpans, source }: LocatedStatement): readonly Finding[] {
  if (ast.kind !== 'sequence' || ast.protocol !== 'ssh') return []
  const isLate = ast.start !== 'anywhere' && ast.start !== 'flow'
  const elements = toldOf(ast.items, isLate)
  return elements.flatMap(({ element, isPlain }, i): readonly Finding[] => {
    const span = packetSpans[i]
    const reason = reasonAgainst(element.size, isPlain, elements)
    if (reason === undefined || span === undefined) return []
    return [{ code: 'S107', message: `${reason}: \`${formatElement(element)}\` never matches`, source, span }]
  })
}

function reasonAgainst(size: ElementSize, isPlain: boolean, elements: readonly Told[]): string | undefined {
  switch (size.kind) {
    case 'payload':
      if (size.high === 0) return 'a payload has its number at least, 1 byte'
      return size.low > LONGEST_PAYLOAD ? `a payload has at most ${LONGEST_PAYLOAD} bytes` : undefined
    case 'bytes':
      return isPlain ? undefined : reasonAgainstRange(size.bytes, size.bytes)
    case 'range':
      return isPlain ? undefined : reasonAgainstRange(size.bytes - size.distance, size.bytes + size.distance)
    case 'between':
      return isPlain ? undefined : reasonAgainstRange(size.low, size.high)
    case 'relative': {
      if (isPlain || elements[size.packet - 1]?.isPlain !== false) return undefined
      return hasStep(size.offset - size.distance, size.offset + size.distance)
        ? undefined
        : `messages differ by a multiple of ${STEP} bytes, under every suite`
    }
    default:
      return undefined
  }
}

function reasonAgainstRange(low: number, high: number): string | undefined {
  // An empty one is told of by the language.
  if (high === 0) return undefined
  if (high < SHORTEST) return `the shortest message has ${SHORTEST} bytes, under every suite`
  return high >= SEGMENT || hasStep(low, high)
    ? undefined
    : `messages have a multiple of ${STEP} bytes, under every suite`
}

function hasStep(low: number, high: number): boolean {
  return Math.floor(high / STEP) * STEP >= low
}

/** Elements as they are written. The version line is behind when a message of its side surely came before. */
function toldOf(items: readonly ItemNode[], isLate: boolean): readonly Told[] {
  const told: Told[] = []
  const walk = (list: readonly ItemNode[], before: Sides): Sides => {
    let sides = before
    for (const item of list) {
      const after = atom(item, sides)
      if (item.low > 0) sides = after
    }
    return sides
  }
  const atom = ({ atom: node }: ItemNode, before: Sides): Sides => {
    if (node.kind === 'group') {
      const ways = node.alternatives.map((list) => walk(list, before))
      return { client: ways.every(({ client }) => client), server: ways.every(({ server }) => server) }
    }
    const { direction, size } = node
    const isNamed = size.kind === 'message' && size.name !== 'VERSION'
    const isPlain = direction === undefined || (!before[direction] && !isNamed)
    told.push({ element: node, isPlain })
    return direction === undefined ? before : { ...before, [direction]: true }
  }
  walk(items, { client: isLate, server: isLate })
  return told
}

interface Sides {
  readonly client: boolean
  readonly server: boolean
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
