import { describe, expect, it } from 'vitest'
import { commonExchange, searchExchange, subjectOf } from '../../../../src/workbench/prove/common-exchange.ts'
import { signature } from '../signatures.ts'

const subjects = (...texts: readonly string[]) => texts.map((text) => subjectOf(signature(text)))

describe('commonExchange', () => {
  it('is an exchange that all accept', () => {
    expect(
      commonExchange(subjects('tcp 22 = s12 c1', 'tcp * s* c1'))?.elements.map(({ size }) => size),
    ).toEqual([12, 1])
  })

  it('is undefined where there is none, or none was found', () => {
    expect(commonExchange(subjects('tcp 22 = s12', 'tcp 22 = s13'))).toBeUndefined()
    expect(commonExchange(subjects('ssh * c:ssh(10)', 'ssh * c:ssh(12)'))).toBeUndefined()
  })

  it('believes nothing that the slow matchers do not accept', () => {
    const [one] = subjects('tcp 22 = s12 c1')
    const liar = { recogniser: one!.recogniser, signature: signature('tcp 22 = s12 c2') }
    expect(searchExchange([liar]).kind).toBe('unknown')
  })
})
