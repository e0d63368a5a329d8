import { describe, expect, it } from 'vitest'
import { statementOf } from './texts.ts'

describe('classicOf', () => {
  it.each([
    'tcp * c12 : a',
    'tcp 22 = < + c12 s27/15 c* s@1 > : a',
    'udp*c1s2:a',
    'icmp * c56 s@1 : a',
    // Spelled anew, but nothing new in it.
    'tcp 22-22 c1{1} s2{1,1} : a',
  ])('takes %s for classic', (text) => {
    expect(statementOf(text).ast.kind).toBe('classic')
  })

  it.each([
    'ssh * c12 : a',
    'tcp 22,23 c12 : a',
    'tcp 22-23 c12 : a',
    'tcp * c12..13 : a',
    'tcp * c12 s@1+1 : a',
    'tcp * c12 s@1/1 : a',
    'tcp * c12 any : a',
    'tcp * c12? s1 : a',
    'tcp * c12{2} : a',
    'tcp * (c12) : a',
    'tcp * c12 +? s1 : a',
    'tcp * c12 +1s.. s1 : a',
    'tcp * c12 where c.bytes > 1 : a',
    'tcp * where c.bytes > 1 : a',
  ])('takes %s for extended', (text) => {
    expect(statementOf(text).ast.kind).toBe('sequence')
  })
})
