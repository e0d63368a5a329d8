// What matchers tell a watch.

import { describe, expect, it } from 'vitest'
import { DEFAULT_MATCH_BUDGET } from '../../../../src/match/matcher.ts'
import { DEFAULT_SEQUENCE_BUDGET } from '../../../../src/match/sequence-flows.ts'
import { Counters } from '../../../../src/model/counters.ts'
import { WorkTally } from '../../../../src/workbench/profile/work-tally.ts'
import { ExchangeRun, parseExchange, parseProgram } from '../../../support/exchange-run.ts'
import { SequenceRun } from '../../../support/sequence-run.ts'
import { parseSequence } from '../../../support/sequence-text.ts'

function classic(texts: readonly string[], exchange: string, statesPerFlow = 256) {
  const tally = new WorkTally(texts.length)
  const budget = { ...DEFAULT_MATCH_BUDGET, statesPerFlow }
  const run = new ExchangeRun(parseProgram(...texts), budget, 2, tally)
  run.open(0)
  for (const event of parseExchange(exchange)) run.feed(0, event)
  const counters = new Counters()
  run.matcher.count(counters)
  return { tally, dropped: counters.of('match.dropped_states') }
}

function extended(texts: readonly string[], exchange: string, threadsPerFlow = 256) {
  const tally = new WorkTally(texts.length)
  const budget = { ...DEFAULT_SEQUENCE_BUDGET, threadsPerFlow }
  const run = new SequenceRun(
    texts.map((text) => parseSequence(text)),
    budget,
    2,
    tally,
  ).play(exchange)
  return { tally, dropped: run.counter('match.dropped_threads') }
}

describe('a watch on the classic matcher', () => {
  it('hears of matches that begin, and of every element that they are offered', () => {
    const { tally } = classic(['tcp * = c1 s2 c3 s4 c5'], 'c1 s2 c3 s4 c9')
    expect(tally.of(0)).toMatchObject({ begun: 1, offered: 2, longest: 5, atOnce: 1, dropped: 0 })
  })

  it('hears of matches that are under way at once', () => {
    const { tally } = classic(['tcp * = c1 c1 c1 c1 c1 c1', 'tcp * = c1 c1 c1 c1 c9'], 'c1 c1 c1 c1 c1')
    expect(tally.of(0)).toMatchObject({ begun: 3, atOnce: 2 })
    expect(tally.of(1).begun).toBe(3)
  })

  it('hears of each match that a bound refuses', () => {
    const { tally, dropped } = classic(
      ['tcp * = c1 c1 c1 c1 c1 c1', 'tcp * = c1 c1 c1 c1 c1 c2'],
      'c1 c1 c1 c1 c1',
      1,
    )
    expect(dropped).toBeGreaterThan(0)
    expect(tally.of(0).dropped + tally.of(1).dropped).toBe(dropped)
  })
})

describe('a watch on the matcher of sequences', () => {
  it('hears of matches that begin, and of every element that they are offered', () => {
    const { tally } = extended(['tcp * c1 s2 c3{1,} s4'], 'c1 s2 c3 c3 s4')
    expect(tally.of(0)).toMatchObject({ begun: 1, longest: 5, atOnce: 1, dropped: 0 })
    expect(tally.of(0).offered).toBeGreaterThanOrEqual(3)
  })

  it('hears of each match, and each way of one, that a bound refuses', () => {
    const { tally, dropped } = extended(['tcp * c* any{0,} s@1'], 'c1 c2 c3 c4 c5 s1', 3)
    expect(dropped).toBeGreaterThan(0)
    expect(tally.of(0).dropped).toBe(dropped)
  })

  it('hears that conditions are asked when a pattern is complete', () => {
    const { tally } = extended(['tcp * c1 s2'], 'c1 s2 c1 s2')
    expect(tally.of(0).asked).toBe(2)
  })
})
