// The sequence matcher against the oracle: random patterns over random streams that are partly made from them.
// More runs by hand: SEQUENCE_RUNS=300000 npx vitest run test/property/sequence-oracle.test.ts --testTimeout=0

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSequenceOccurrence, matchSequencesNaively } from '../../src/match/naive-sequences.ts'
import type { SequenceBudget } from '../../src/match/sequence-flows.ts'
import type { SequenceSignature } from '../../src/model/program.ts'
import { figureAt, ROOMY, type Situation, type Stream, situation } from '../support/random-sequences.ts'
import { SequenceRun } from '../support/sequence-run.ts'

const { SEQUENCE_RUNS } = process.env
const RUNS = Number(SEQUENCE_RUNS ?? 2000)
function play(run: SequenceRun, { streams, turns }: Situation): void {
  const next = [0, 0]
  run.figure = (flow, figure, elements) => figureAt(streams[flow]!.seed, figure, elements)
  for (const [flow, stream] of streams.entries()) run.open(flow, stream)
  const feed = (flow: number) => {
    const event = streams[flow]!.events[next[flow]!++]
    if (event !== undefined) run.feed(flow, event)
  }
  for (const flow of turns) feed(flow)
  for (const [flow, { events, endSeen }] of streams.entries()) {
    while (next[flow]! < events.length) feed(flow)
    if (endSeen) run.close(flow)
  }
}

function expectedHits(sequences: readonly SequenceSignature[], stream: Stream) {
  const counts = new Map<number, number>()
  return matchSequencesNaively(sequences, stream).map((hit) => {
    const count = (counts.get(hit.signature) ?? 0) + 1
    counts.set(hit.signature, count)
    return { signature: hit.signature, count, first: hit.first, last: hit.last }
  })
}

/** Stable: the order of each signature's own hits stays. */
function bySignature<T extends { readonly signature: number }>(hits: readonly T[]): readonly T[] {
  return hits.toSorted((one, two) => one.signature - two.signature)
}

/** An assertion whose message is made only when it fails. */
function same(actual: unknown, expected: unknown, situation: Situation): void {
  if (!isDeepStrictEqual(actual, expected))
    expect(actual, JSON.stringify(situation, null, 1)).toEqual(expected)
}

function drops(run: SequenceRun): number {
  return run.counter('match.dropped_threads') + run.counter('match.dropped_hits')
}

describe('sequence matcher and oracle', () => {
  it('report the same hits, of two interleaved flows', () => {
    const seen = {
      flows: 0,
      withHits: 0,
      hits: 0,
      again: 0,
      long: 0,
      atEnd: 0,
      anchored: 0,
      where: 0,
      alone: 0,
    }
    const kinds = { references: 0, ranges: 0, messages: 0, payloads: 0, ssh: 0 }
    fc.assert(
      fc.property(situation, (situation) => {
        const { sequences, streams } = situation
        const run = new SequenceRun(sequences, ROOMY)
        play(run, situation)
        for (const [flow, stream] of streams.entries()) {
          const hits = run.hits(flow)
          same(bySignature(hits), expectedHits(sequences, stream), situation)
          const told = bySignature(run.hitsOf(flow)).reduce((sum, { count }) => sum + count, 0)
          same(told, hits.length, situation)
          seen.flows++
          if (hits.length > 0) seen.withHits++
          for (const { signature, count, first, last } of hits) {
            const { tests, steps, start, atEnd, where, protocol } = sequences[signature]!
            seen.hits++
            if (count > 1) seen.again++
            if (last - first > 2) seen.long++
            if (atEnd) seen.atEnd++
            if (start !== 'anywhere') seen.anchored++
            if (where !== undefined) seen.where++
            if (steps.length === 0) seen.alone++
            if (protocol === 'ssh') kinds.ssh++
            if (tests.some(({ reference }) => reference > 0)) kinds.references++
            if (tests.some(({ pause }) => pause.kind === 'range')) kinds.ranges++
            if (tests.some(({ message }) => message > 0)) kinds.messages++
            if (tests.some(({ payload }) => payload !== undefined)) kinds.payloads++
          }
        }
        same(drops(run), 0, situation)
      }),
      { numRuns: RUNS },
    )
    if (SEQUENCE_RUNS !== undefined) console.log(seen, kinds)
    const share = (n: number) => n / seen.flows
    expect(share(seen.withHits)).toBeGreaterThan(0.3)
    for (const n of Object.values({ ...seen, ...kinds })) expect(share(n)).toBeGreaterThan(0.02)
  })
})

describe('sequence matcher within bounds', () => {
  it('keeps nothing of a released flow', () => {
    fc.assert(
      fc.property(situation, (situation) => {
        const { sequences } = situation
        let budget: SequenceBudget = { ...ROOMY, threadBytes: 4, flowBytes: 4, hitBytes: 4 }
        for (
          let run = played(sequences, budget, situation);
          drops(run) > 0;
          run = played(sequences, budget, situation)
        )
          budget = {
            ...budget,
            threadBytes: budget.threadBytes * 1.2 + 16,
            flowBytes: budget.flowBytes + 16,
            hitBytes: budget.hitBytes + 16,
          }
        // Just enough for one round: a single record left behind is missing in the next.
        const run = new SequenceRun(sequences, budget)
        for (let round = 0; round < 30; round++) {
          play(run, situation)
          for (const flow of [0, 1]) expect(run.release(flow).keepsSomething(flow)).toBe(false)
        }
        same(drops(run), 0, situation)
      }),
      { numRuns: RUNS / 10 },
    )
  })

  it('drops matches and counts them when the bounds are tight, and reports nothing wrong', () => {
    let dropped = 0
    const tight = fc.record({
      threadsPerFlow: fc.integer({ min: 0, max: 4 }),
      threadBytes: fc.integer({ min: 0, max: 600 }),
      flowBytes: fc.integer({ min: 0, max: 60 }),
      hitBytes: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(situation, tight, (situation, budget) => {
        const { sequences, streams } = situation
        const run = new SequenceRun(sequences, budget)
        for (let round = 0; round < 3; round++) {
          const before = drops(run)
          play(run, situation)
          const lost = drops(run) - before
          dropped += lost
          for (const [flow, stream] of streams.entries()) {
            const hits = bySignature(run.hits(flow))
            if (lost === 0) same(hits, expectedHits(sequences, stream), situation)
            for (const [i, { signature, count, first, last }] of hits.entries()) {
              expect(isSequenceOccurrence(sequences[signature]!, stream, first, last)).toBe(true)
              const previous = hits[i - 1]
              const follows = previous?.signature === signature
              expect(count).toBe(follows ? previous.count + 1 : 1)
              if (follows) expect(first).toBeGreaterThan(previous.last)
            }
            run.release(flow)
          }
        }
      }),
      { numRuns: RUNS / 5 },
    )
    expect(dropped).toBeGreaterThan(RUNS / 10)
  })
})

function played(
  sequences: readonly SequenceSignature[],
  budget: SequenceBudget,
  situation: Situation,
): SequenceRun {
  const run = new SequenceRun(sequences, budget)
  play(run, situation)
  return run
}
