// What is laid beside an exchange costs nothing just where the oracle finds a match.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matchSequencesNaively } from '../../src/match/naive-sequences.ts'
import { MESSAGES } from '../../src/model/messages.ts'
import type { SequenceSignature } from '../../src/model/program.ts'
import { align, type Trouble } from '../../src/workbench/explain/align.ts'
import type { Observed } from '../../src/workbench/explain/observed.ts'
import type { Pattern } from '../../src/workbench/explain/pattern.ts'
import { type Stream, situation } from '../support/random-sequences.ts'

const THRESHOLD = 1_000_000

function observed({ events, rtt }: Stream): readonly Observed[] {
  const elements: Observed[] = []
  for (const [i, event] of events.entries()) {
    if (event.kind === 'gap') continue
    const { direction, size, message, payload, delay, isPause, phases } = event
    elements.push({
      ordinal: elements.length + 1,
      direction,
      size,
      message: MESSAGES[message] ?? '',
      payload: payload === undefined ? [0, 0] : [payload.low, payload.high],
      delay: delay ?? -1,
      isPause,
      roundTrip: rtt,
      phases,
      isAfterGap: events[i - 1]?.kind === 'gap',
    })
  }
  return elements
}

function cost(sequence: SequenceSignature, stream: Stream): number {
  const { protocol, ports, start, atEnd, tests, steps } = sequence
  const pattern: Pattern = {
    protocol,
    ports,
    start,
    atEnd,
    tests,
    steps,
    where: undefined,
    packetOfSlot: [],
    fuzzy: undefined,
  }
  const elements = observed(stream)
  const trouble = (kind: Trouble['kind']): Trouble => ({ kind, text: '', by: undefined, cost: 1 })
  return align(pattern, elements, {
    thresholdMicros: THRESHOLD,
    begin: ({ ordinal, phases, isAfterGap }) => {
      if (start === 'anywhere') return undefined
      const isRight =
        start === 'flow' ? ordinal === 1 && stream.startSeen && !isAfterGap : phases.includes(start)
      return isRight ? undefined : trouble('start')
    },
    end: ({ ordinal }) => {
      const isLast = ordinal === elements.length && stream.events.at(-1)?.kind === 'element' && stream.endSeen
      return atEnd && !isLast ? [trouble('end')] : []
    },
  }).cost
}

it('an alignment costs nothing where there is a match, and else something', () => {
  const seen = { matches: 0, misses: 0 }
  fc.assert(
    fc.property(situation, ({ sequences, streams }) => {
      for (const one of sequences)
        for (const stream of streams) {
          const sequence = { ...one, where: undefined, limit: 0, protocol: stream.protocol, ports: [] }
          if (sequence.steps.length === 0) continue
          const matches = matchSequencesNaively([sequence], stream).length > 0
          seen[matches ? 'matches' : 'misses']++
          const found = cost(sequence, stream) === 0
          if (found !== matches)
            expect({ sequence, stream, matches: found }).toEqual({ sequence, stream, matches })
        }
    }),
    { numRuns: 150 },
  )
  expect(seen.matches).toBeGreaterThan(100)
  expect(seen.misses).toBeGreaterThan(100)
})
