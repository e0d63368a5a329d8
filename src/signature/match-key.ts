// A text that is the same for statements that match alike, however they are spelled.

import { mergePorts } from '../model/port-ranges.ts'
import { MAX_SIZE, type ProgramElement, type SequenceTest } from '../model/program.ts'
import { compileCampaign } from './compile-campaign.ts'
import { compilePattern, type Pattern } from './compile-pattern.ts'
import { compileSequence, type Sequence } from './compile-sequence.ts'
import type { Statement } from './statement.ts'

export function matchKey(statement: Statement): string {
  switch (statement.kind) {
    case 'classic':
      return patternKey(compilePattern(statement))
    case 'sequence':
      return sequenceKey(compileSequence(statement))
    case 'campaign':
      return JSON.stringify(compileCampaign(statement))
    default:
      return statement satisfies never
  }
}

function patternKey({ protocol, port, fuzzy, atStart, atEnd, elements }: Pattern): string {
  const packets = elements.map(
    ({ direction, low, high, reference, pauseBefore }) =>
      `${pauseBefore ? '+' : ''}${direction},${low},${high},${reference}`,
  )
  return [protocol, port, fuzzy, atStart, atEnd, ...packets].join(' ')
}

/** That of a classic statement which matches alike, if one does. */
function sequenceKey(sequence: Sequence | undefined): string {
  if (sequence === undefined) return ''
  const ports = mergePorts(sequence.ports)
  const pattern = patternOf({ ...sequence, ports })
  return pattern === undefined ? JSON.stringify({ ...sequence, ports }) : patternKey(pattern)
}

/** A sequence as an exact classic pattern; undefined when that cannot say the same. */
function patternOf(sequence: Sequence): Pattern | undefined {
  const { protocol, ports, start, atEnd, tests, steps, where } = sequence
  const [range] = ports
  if (protocol === 'ssh' || ports.length > 1 || range?.low !== range?.high) return undefined
  if (where !== undefined || steps.length === 0) return undefined
  const elements: ProgramElement[] = []
  const packets = new Map<number, number>()
  for (const step of steps) {
    if (step.kind === 'done') continue
    const test = step.kind === 'take' ? tests[step.test] : undefined
    const element = test && elementOf(test, packets)
    if (step.kind === 'fork' || element === undefined) return undefined
    elements.push(element)
    packets.set(step.slot, elements.length)
  }
  return { protocol, port: range?.low ?? -1, fuzzy: false, atStart: start === 'flow', atEnd, elements }
}

/** @param packets - number of the packet whose size a slot keeps */
function elementOf(test: SequenceTest, packets: ReadonlyMap<number, number>): ProgramElement | undefined {
  const { direction, low, high, reference, pause } = test
  if (direction === undefined || (pause.kind !== 'none' && pause.kind !== 'pause')) return undefined
  const common = { direction, pauseBefore: pause.kind === 'pause' }
  if (reference === 0) return { ...common, low, high, reference }
  if (low !== 0 || high !== 0) return undefined
  return { ...common, low: 0, high: MAX_SIZE, reference: packets.get(reference) ?? 0 }
}
