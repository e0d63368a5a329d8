import { describe, expect, it } from 'vitest'
import { createSidSource } from '../../../../src/workbench/check/sid-source.ts'
import { statementOf } from '../../signature/texts.ts'

const withSid = (sid: number) => statementOf(`#: sid=${sid}\ntcp 22 s12 c12 : A\n`)

describe('createSidSource', () => {
  it('goes on behind the highest id that is given', () => {
    const sids = createSidSource([withSid(9_000_007), withSid(3), withSid(1_500_000_000)])
    expect([sids.next(undefined), sids.next(undefined)]).toEqual([9_000_008, 9_000_009])
  })

  it('begins where people give ids, when there are none', () => {
    expect(createSidSource([]).next(undefined)).toBe(9_000_001)
  })

  it('fills ranges, one after the other, until they are full', () => {
    const sids = createSidSource([withSid(11)])
    const ranges = [
      { low: 10, high: 12 },
      { low: 20, high: 20 },
    ]
    expect([1, 2, 3, 4].map(() => sids.next(ranges))).toEqual([10, 12, 20, undefined])
  })
})
