// What the workbench proves of signatures, against the slow matchers: witnesses are accepted, and nothing that is
// said never to happen, or always to be included, is refuted.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOccurrence } from '../../src/match/naive-matcher.ts'
import { isSequenceOccurrence } from '../../src/match/naive-sequences.ts'
import { Protocol } from '../../src/model/program.ts'
import { searchExchange, subjectOf } from '../../src/workbench/prove/common-exchange.ts'
import { accepts, type ImaginedExchange } from '../../src/workbench/prove/exchange.ts'
import { findExchange } from '../../src/workbench/prove/find-exchange.ts'
import { includes } from '../../src/workbench/prove/includes.ts'
import { isClassic, recogniserOf, type Signature } from '../../src/workbench/prove/recogniser.ts'
import { allExchanges, smallExchange, smallSignature } from '../support/random-patterns.ts'

const THRESHOLD = 500_000
const RUNS = 1000

/** True when some stretch of the exchange is an occurrence. */
function hits(signature: Signature, exchange: ImaginedExchange): boolean {
  const { protocol, port, start, atEnd, elements } = exchange
  const common = { serverPort: port, startSeen: start === 'flow', endSeen: atEnd }
  const places = [...elements.keys()].flatMap((first) =>
    [...elements.keys()].filter((last) => last >= first).map((last) => [first + 1, last + 1] as const),
  )
  if (isClassic(signature)) {
    if (protocol === 'ssh') return false
    const events = elements.map(({ direction, size, delay }) => {
      return { kind: 'element' as const, direction, size, pause: delay >= THRESHOLD }
    })
    const whole = { ...common, protocol: Protocol[protocol], events }
    return places.some(([first, last]) => isOccurrence(signature, whole, first, last))
  }
  const events = elements.map((element, i) => ({
    kind: 'element' as const,
    ...element,
    isPause: element.delay >= THRESHOLD,
    phases: i === 0 && start !== 'flow' && start !== 'anywhere' ? [start] : [],
  }))
  const whole = { ...common, protocol, rtt: 0, events, figure: () => 0 }
  return places.some(([first, last]) => isSequenceOccurrence(signature, whole, first, last))
}

const SHORT = [...allExchanges(3)]

describe('the search for an exchange', () => {
  it('finds what both signatures accept', () => {
    let found = 0
    fc.assert(
      fc.property(smallSignature, smallSignature, (one, two) => {
        const search = findExchange([recogniserOf(one), recogniserOf(two)])
        if (search.kind !== 'found') return
        found++
        expect(accepts(one, search.exchange, THRESHOLD)).toBe(true)
        expect(accepts(two, search.exchange, THRESHOLD)).toBe(true)
      }),
      { numRuns: RUNS * 3 },
    )
    expect(found).toBeGreaterThan(RUNS / 20)
  })

  it('says that there is none only where there is none', () => {
    let never = 0
    fc.assert(
      fc.property(smallSignature, smallSignature, (one, two) => {
        const search = searchExchange([subjectOf(one), subjectOf(two)])
        if (search.kind !== 'never') return
        never++
        const refuted = SHORT.find(
          (exchange) => accepts(one, exchange, THRESHOLD) && accepts(two, exchange, THRESHOLD),
        )
        expect(refuted).toBeUndefined()
      }),
      { numRuns: RUNS / 4 },
    )
    expect(never).toBeGreaterThan(RUNS / 40)
  })

  it('finds the exchange that a signature has by itself, or that there is none', () => {
    fc.assert(
      fc.property(smallSignature, (one) => {
        const search = findExchange([recogniserOf(one)])
        if (search.kind === 'found') expect(accepts(one, search.exchange, THRESHOLD)).toBe(true)
        else if (search.kind === 'never')
          expect(SHORT.find((exchange) => accepts(one, exchange, THRESHOLD))).toBeUndefined()
      }),
      { numRuns: RUNS },
    )
  })
})

describe('inclusion', () => {
  it('is never refuted by an exchange', () => {
    let proven = 0
    fc.assert(
      fc.property(
        smallSignature,
        smallSignature,
        fc.array(smallExchange, { maxLength: 30 }),
        (one, two, some) => {
          if (!includes(recogniserOf(one), recogniserOf(two))) return
          proven++
          const own = findExchange([recogniserOf(two)])
          const tried = own.kind === 'found' ? [own.exchange, ...some] : some
          for (const exchange of tried)
            if (accepts(two, exchange, THRESHOLD)) expect(hits(one, exchange)).toBe(true)
          // What few elements can say is tried in full.
          if (recogniserOf(two).shortest > 3) return
          for (const exchange of SHORT)
            if (accepts(two, exchange, THRESHOLD)) expect(hits(one, exchange)).toBe(true)
        },
      ),
      { numRuns: RUNS * 4 },
    )
    expect(proven).toBeGreaterThan(RUNS / 20)
  })

  it('holds of a signature and itself', () => {
    fc.assert(
      fc.property(smallSignature, (one) => {
        const own = recogniserOf(one)
        // Tests that overlap, and sizes of packets that are not on every way, may leave it open.
        if (own.states.every(({ takes }) => takes.length <= 1)) expect(includes(own, own)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })
})
