import { describe, expect, it } from 'vitest'
import { EVERY_SUITE, wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { check } from '../signatures.ts'

const told = (text: string) =>
  check(`${text} : Test\n`)
    .filter(({ code }) => code === 'S107')
    .map(({ message }) => message)

describe('sizes that no suite gives', () => {
  it('are told of, with the reason', () => {
    expect(told('ssh * s:SUCCESS s27')).toEqual([
      'messages have a multiple of 4 bytes, under every suite: `s27` never matches',
    ])
    expect(told('ssh * c:PASSWORD c9..12')).toEqual([
      'the shortest message has 16 bytes, under every suite: `c9..12` never matches',
    ])
    expect(told('ssh * <session c21..23')).toHaveLength(1)
    expect(told('ssh * c:PASSWORD c36/0 c@2+3')).toEqual([
      'messages differ by a multiple of 4 bytes, under every suite: `c@2+3` never matches',
    ])
    expect(told('ssh * c:ssh(0) s40')).toEqual([
      'a payload has its number at least, 1 byte: `c:ssh(0)` never matches',
    ])
    expect(told('ssh * c:ssh(300000) s40')).toHaveLength(1)
  })

  it('are not told of what may be a version line, or a part of a message', () => {
    expect(told('ssh * < c27 s21')).toEqual([])
    expect(told('ssh * c:PASSWORD s27')).toEqual([])
    expect(told('ssh * c36? c27')).toEqual([])
    expect(told('ssh * c36 c27')).toHaveLength(1)
    expect(told('ssh * c36 c1433')).toEqual([])
    expect(told('tcp * s12 c27')).toEqual([])
  })

  it('hold of every suite and payload', () => {
    expect(EVERY_SUITE.length).toBeGreaterThan(20)
    for (const suite of EVERY_SUITE)
      for (let payload = 1; payload < 100; payload++) {
        const wire = wireLength(suite, payload)
        expect(wire % 4).toBe(0)
        expect(wire).toBeGreaterThanOrEqual(16)
      }
  })
})
