import { describe, expect, it } from 'vitest'
import { isAnySize, isBroadSequence } from '../../../src/signature/sequence-breadth.ts'
import { sequenceOf } from './texts.ts'

describe('isBroadSequence', () => {
  it.each([
    'tcp * any',
    'tcp * + any',
    'tcp * < c* any',
    'tcp * (c* s*){5}',
    'tcp * (c1 | c* s0..1460) c*',
    'tcp * c1? any{2}',
    'ssh * any c*',
    'tcp 22,23 + c*',
  ])('finds %s broad', (text) => {
    expect(isBroadSequence(sequenceOf(`${text} : a`))).toBe(true)
  })

  it.each([
    'tcp * any c1',
    'tcp * any + c*',
    'tcp * + any c*',
    'tcp * +2s.. any',
    'tcp * any s@1',
    'tcp * < (c* s*){5} >',
    'tcp * (c* s1){2,}',
    'ssh * c:KEX any',
    'ssh * c:ssh(10) any',
    'ssh * <session any',
    'tcp * any where c.bytes > 1',
    'tcp * where c.bytes > 1',
  ])('finds that %s tells something', (text) => {
    expect(isBroadSequence(sequenceOf(`${text} : a`))).toBe(false)
  })
})

describe('isAnySize', () => {
  it('minds the empty packet and the full segment', () => {
    expect([isAnySize(0, 1400), isAnySize(1, 1460), isAnySize(2, 1460), isAnySize(0, 1399)]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
