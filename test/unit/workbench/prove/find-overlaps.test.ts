import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonExchange, subjectOf } from '../../../../src/workbench/prove/common-exchange.ts'
import { formatExchange } from '../../../../src/workbench/prove/exchange.ts'
import { findOverlaps } from '../../../../src/workbench/prove/find-overlaps.ts'
import { smallSignature } from '../../../support/random-patterns.ts'
import { signature } from '../signatures.ts'

describe('findOverlaps', () => {
  it('tells of each pair once, with an exchange', () => {
    const texts = ['tcp * s12..20 c1', 'tcp * = s30 c1', 'tcp 22 s16..40 any']
    const overlaps = findOverlaps(texts.map((text) => subjectOf(signature(text))))
    expect(
      overlaps.map(
        ({ one, other, exchange }) => `${one} ${other} ${formatExchange(exchange, 500_000, true)}`,
      ),
    ).toEqual(['0 2 port 22: s16 c1', '1 2 port 22: s30 c1'])
  })

  it('looks only at pairs that are wanted', () => {
    const subjects = ['tcp * s12 any', 'tcp * s12 any'].map((text) => subjectOf(signature(text)))
    expect(findOverlaps(subjects, () => false)).toEqual([])
  })

  it('misses none that the search finds, for all its hulls', () => {
    fc.assert(
      fc.property(fc.array(smallSignature, { minLength: 2, maxLength: 8 }), (signatures) => {
        const subjects = signatures.map(subjectOf)
        const expected = subjects.flatMap((one, i) =>
          subjects.flatMap((other, k) =>
            k > i && commonExchange([one, other]) !== undefined ? [`${i} ${k}`] : [],
          ),
        )
        expect(findOverlaps(subjects).map(({ one, other }) => `${one} ${other}`)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})
