import { describe, expect, it } from 'vitest'
import { check } from '../signatures.ts'

const told = (text: string) =>
  check(`${text} : Test\n`)
    .filter(({ code }) => code === 'S108')
    .map(({ message }) => message)

describe('unbounded cost', () => {
  it('is told of loops over anything that remember several sizes', () => {
    expect(told('tcp * c20..90 s1..40 any{0,} c@1 s@2')[0]).toContain('remembers the sizes of 2 packets')
  })

  it('is not told where one size is remembered, the loop is bound, or its packets are told', () => {
    expect(told('tcp * c20..90 any{0,} c@1')).toEqual([])
    expect(told('tcp * c20..90 s1..40 any{0,9} c@1 s@2')).toEqual([])
    expect(told('tcp * c20..90 s1..40 (c12 s14){0,} c@1 s@2')).toEqual([])
    expect(told('tcp * c20..90 s1..40 any{0,} c14')).toEqual([])
  })

  it('is told of many ways', () => {
    expect(told('tcp * (c1? c2? c3? c4? c5? c6? c7? c8? c9? s1){75} s2')[0]).toContain(
      'ways from a packet to the next',
    )
  })
})
