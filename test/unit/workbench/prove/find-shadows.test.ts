import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { subjectOf } from '../../../../src/workbench/prove/common-exchange.ts'
import { findShadows } from '../../../../src/workbench/prove/find-shadows.ts'
import { includes } from '../../../../src/workbench/prove/includes.ts'
import { smallSignature } from '../../../support/random-patterns.ts'
import { signature } from '../signatures.ts'

const shadows = (...texts: readonly string[]) =>
  findShadows(texts.map((text) => subjectOf(signature(text)))).map(
    ({ of, by, isMutual }) => `${of} by ${by}${isMutual ? ', and the other way round' : ''}`,
  )

describe('findShadows', () => {
  it('tells of each shadowed signature the first that shadows it', () => {
    expect(shadows('tcp 22 = s12 c12 c9', 'tcp * = s12 c12', 'tcp * = s12')).toEqual(['0 by 1', '1 by 2'])
  })

  it('tells of two that are alike once, at the later one', () => {
    expect(shadows('tcp * (s1 | s2) c1', 'tcp * (s2 | s1) c1')).toEqual(['1 by 0, and the other way round'])
  })

  it('compares conditions', () => {
    expect(shadows('ssh * where failures > 5', 'ssh * where failures > 3')).toEqual(['0 by 1'])
    expect(shadows('ssh * c:NONE where failures > 5', 'ssh * where failures > 3')).toEqual(['0 by 1'])
  })

  it('looks only at pairs that are wanted', () => {
    const subjects = ['tcp 22 = s12 c12', 'tcp * = s12'].map((text) => subjectOf(signature(text)))
    expect(findShadows(subjects, () => false)).toEqual([])
  })

  it('misses none of what can be proven, for all its index', () => {
    fc.assert(
      fc.property(fc.array(smallSignature, { minLength: 2, maxLength: 12 }), (signatures) => {
        const subjects = signatures.map(subjectOf)
        const found = new Set(findShadows(subjects).map(({ of }) => of))
        for (const [of, inner] of subjects.entries()) {
          const { states } = inner.recogniser
          // Where a size may be asked for that was not taken, the shortest way may be none.
          const isPlain = states.every(
            ({ takes }) => takes.length <= 1 && takes.every(({ bases }) => bases.length === 0),
          )
          if (!isPlain) continue
          const isShadowed = subjects.some(
            (outer, by) =>
              by !== of &&
              includes(outer.recogniser, inner.recogniser) &&
              (by < of || !includes(inner.recogniser, outer.recogniser)),
          )
          expect(found.has(of)).toBe(isShadowed)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
