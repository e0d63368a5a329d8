import { describe, expect, it } from 'vitest'
import { FIRST_RECORD } from '../../../src/model/flow-record.ts'
import { ExchangeRun, parseProgram, TCP_22 } from '../../support/exchange-run.ts'

const PASSWORD = 'tcp * = s12 c@1 s28 +c52 s@1 c@1 s@3'

/** Hits of the exchange, the flow's end not seen. */
function hits(signature: string, exchange: string, facts = TCP_22): readonly string[] {
  return new ExchangeRun(parseProgram(signature)).play(exchange, facts).summary
}

describe('a signature', () => {
  it('hits at the element that completes it', () => {
    const run = new ExchangeRun(parseProgram(PASSWORD))
    expect(run.play('s12 c12 s28 +c52 s12 c12').summary).toEqual([])
    expect(run.play('s12 c12 s28 +c52 s12 c12 s28').summary).toEqual(['0: 1-7'])
  })

  it('begins at any element', () => {
    expect(hits(PASSWORD, 's99 c5 s12 c12 s28 +c52 s12 c12 s28')).toEqual(['0: 3-9'])
  })

  it('needs a pause where it says so, and none where it does not', () => {
    expect(hits(PASSWORD, 's12 c12 s28 c52 s12 c12 s28')).toEqual([])
    expect(hits(PASSWORD, 's12 c12 s28 +c52 +s12 c12 s28')).toEqual([])
  })

  it('says nothing of the time before its first packet, unless it begins with a pause', () => {
    expect(hits('tcp * = c5 s6', '+c5 s6')).toEqual(['0: 1-2'])
    expect(hits('tcp * = +c5 s6', 'c5 s6 +c5 s6')).toEqual(['0: 3-4'])
  })

  it('compares back-references with the packet that they name', () => {
    expect(hits('tcp * = s10/5 c@1', 's12 c12')).toEqual(['0: 1-2'])
    expect(hits('tcp * = s10/5 c@1', 's12 c13')).toEqual([])
  })

  it('does not overlap itself', () => {
    expect(hits('tcp * = c1 c1', 'c1 c1 c1 c1 c1')).toEqual(['0: 1-2', '0: 3-4'])
  })

  it('counts its hits in a flow from one', () => {
    const run = new ExchangeRun(parseProgram('tcp * = c1')).play('c1 s2 c1')
    expect(run.hits(0).map(({ count }) => count)).toEqual([1, 2])
  })

  it('tells no more hits of a flow than it is to', () => {
    const { hash, signatures, sequences, campaigns } = parseProgram('tcp * = c1')
    const limited = signatures.map((signature) => ({ ...signature, limit: 2 }))
    const run = new ExchangeRun({ hash, signatures: limited, sequences, campaigns }).play('c1 c1 s2 c1')
    expect(run.summary).toEqual(['0: 1-1', '0: 2-2'])
    expect(run.matcher.hitsOf(FIRST_RECORD)).toEqual([{ signature: 0, count: 2 }])
  })

  it('does not match across a gap', () => {
    expect(hits('tcp * = c1 s2', 'c1 ! s2 c1 s2')).toEqual(['0: 3-4'])
  })

  it.each([
    ['the server port', 'tcp 23 = c1 s2'],
    ['the protocol', 'udp * = c1 s2'],
  ])('holds for %s that it names', (_, signature) => {
    expect(hits(signature, 'c1 s2')).toEqual([])
  })
})

describe('anchors', () => {
  it('`<` wants the first element of a flow whose start was seen', () => {
    expect(hits('tcp * = < c1 s2', 'c1 s2')).toEqual(['0: 1-2'])
    expect(hits('tcp * = < c1 s2', 'c9 c1 s2')).toEqual([])
    expect(hits('tcp * = < c1 s2', '! c1 s2')).toEqual([])
    expect(hits('tcp * = < c1 s2', 'c1 s2', { ...TCP_22, startSeen: false })).toEqual([])
  })

  it('`>` wants the last element of a flow whose end was seen', () => {
    const run = new ExchangeRun(parseProgram('tcp * = c1 s2 >'))
    expect(run.play('c1 s2').summary).toEqual([])
    expect(run.play('c1 s2').close(0).summary).toEqual(['0: 1-2'])
    expect(run.play('c1 s2 c3').close(0).summary).toEqual([])
  })
})

describe('fuzzy matching', () => {
  const FIVE = 'tcp * c12 s20 s30 c40 s50'

  it('takes two neighbours of one direction in one packet', () => {
    expect(hits(FIVE, 'c12 s50 c40 s50')).toEqual(['0: 1-4'])
  })

  it('forgives one missing packet inside, not at the edges', () => {
    expect(hits(FIVE, 'c12 s20 s30 s50')).toEqual(['0: 1-4'])
    expect(hits(FIVE, 's20 s30 c40 s50')).toEqual([])
  })

  it('bends at one place only, and not at all with `=`', () => {
    expect(hits(FIVE, 'c12 s50 s50')).toEqual([])
    expect(hits(FIVE.replace('*', '* ='), 'c12 s50 c40 s50')).toEqual([])
  })

  it('leaves short signatures as they are', () => {
    expect(hits('tcp * c12 s20 s30 c40', 'c12 s50 c40')).toEqual([])
  })
})
