// A statement as what is explained: tests and steps, be it classic or extended, and what surrounds them.

import type {
  PortRange,
  ProgramElement,
  ProgramSignature,
  SequenceSignature,
  SequenceStart,
  SequenceStep,
  SequenceTest,
} from '../../model/program.ts'
import { planSequence } from '../../signature/sequence-plan.ts'
import type { ConditionNode, LocatedStatement } from '../../signature/statement.ts'

export interface Pattern {
  readonly protocol: SequenceSignature['protocol']
  /** Empty: any. */
  readonly ports: readonly PortRange[]
  readonly start: SequenceStart
  readonly atEnd: boolean
  readonly tests: readonly SequenceTest[]
  /** Empty for a condition alone. */
  readonly steps: readonly SequenceStep[]
  readonly where: ConditionNode | undefined
  /** Packet of the statement whose size a slot keeps, by slot from 1. */
  readonly packetOfSlot: readonly number[]
  /** What is different from the statement as it is written, where the fuzzy rule allows it. */
  readonly fuzzy: string | undefined
}

/** The statement as it is written, and if it is fuzzy every way in which it may appear besides. */
export function patternsOf(
  signature: ProgramSignature | SequenceSignature,
  { ast }: LocatedStatement,
): readonly Pattern[] {
  if ('elements' in signature) return classicPatterns(signature)
  const { protocol, ports, start, atEnd, tests, steps } = signature
  const slots = ast.kind === 'sequence' ? planSequence(ast.items).slots : new Map<number, number>()
  const packetOfSlot: number[] = []
  for (const [packet, slot] of slots) packetOfSlot[slot] = packet
  const where = ast.kind === 'sequence' ? ast.where : undefined
  return [{ protocol, ports, start, atEnd, tests, steps, where, packetOfSlot, fuzzy: undefined }]
}

/** A packet, or two that arrived as one; numbered as written. */
interface Place {
  readonly number: number
  readonly packets: readonly ProgramElement[]
  readonly pauseBefore: boolean
}

function classicPatterns(signature: ProgramSignature): readonly Pattern[] {
  const { elements: packets, protocol, port, atStart, atEnd } = signature
  const written = packets.map(
    (packet, i): Place => ({ number: i + 1, packets: [packet], pauseBefore: packet.pauseBefore }),
  )
  const base = {
    protocol,
    ports: port < 0 ? [] : [{ low: port, high: port }],
    start: atStart ? ('flow' as const) : ('anywhere' as const),
    atEnd,
    where: undefined,
    packetOfSlot: packets.map((_, i) => i).concat(packets.length),
  }
  const patternOf = (places: readonly Place[], fuzzy?: string): Pattern => ({
    ...base,
    tests: places.map(testOf),
    steps: [
      ...places.map(({ number }, i): SequenceStep => ({ kind: 'take', test: i, slot: number })),
      { kind: 'done' },
    ],
    fuzzy,
  })
  const ways = [patternOf(written)]
  if (!signature.fuzzy) return ways
  const isReferenced = (i: number) => packets.some((packet) => packet.reference === i + 1)
  for (const [i, packet] of packets.entries()) {
    const next = packets[i + 1]
    if (next === undefined || isReferenced(i)) continue
    const rest = written.slice(i + 2)
    const isPair = next.direction === packet.direction && !next.pauseBefore && !isReferenced(i + 1)
    // Two packets of which one asks for a size have no range that is known before.
    if (isPair && packet.reference === 0 && next.reference === 0) {
      const both = { number: i + 1, packets: [packet, next], pauseBefore: packet.pauseBefore }
      ways.push(
        patternOf([...written.slice(0, i), both, ...rest], `packets ${i + 1} and ${i + 2} arrived as one`),
      )
    }
    if (i > 0) {
      const after = { number: i + 2, packets: [next], pauseBefore: packet.pauseBefore || next.pauseBefore }
      ways.push(patternOf([...written.slice(0, i), after, ...rest], `packet ${i + 1} is missing`))
    }
  }
  return ways
}

function testOf({ packets, pauseBefore }: Place): SequenceTest {
  const [first] = packets
  const reference = first?.reference ?? 0
  return {
    direction: first?.direction,
    low: reference > 0 ? 0 : sum(packets.map(({ low }) => low)),
    high: reference > 0 ? 0 : sum(packets.map(({ high }) => high)),
    reference,
    message: 0,
    payload: undefined,
    pause: { kind: pauseBefore ? 'pause' : 'none' },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
