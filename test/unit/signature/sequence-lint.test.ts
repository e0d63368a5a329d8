import { describe, expect, it } from 'vitest'
import { lintStatement } from '../../../src/signature/statement-lint.ts'
import { pointed, statementOf } from './texts.ts'

function lintOf(text: string): readonly string[] {
  return lintStatement(statementOf(`${text} : a`)).map(pointed)
}

function messagesOf(text: string): readonly string[] {
  return lintStatement(statementOf(`${text} : a`)).map(({ message }) => message)
}

describe('lintSequence', () => {
  it('says nothing of good statements', () => {
    expect(lintOf('ssh * <auth c:PASSWORD s:FAILURE')).toEqual([])
    expect(lintOf('ssh * c:PASSWORD any{0,4} s:FAILURE')).toEqual([])
    expect(lintOf('tcp * < s27/15 c10..90 (+ c* s*){3,} where c.bytes * 5 < s.bytes')).toEqual([])
    expect(lintOf('tcp * where s.bytes > 1M')).toEqual([])
  })

  it('warns of an optional end, unless `>` or a condition waits for it', () => {
    expect(lintOf('tcp * c1 any s2?')).toEqual(['S037 s2?'])
    expect(lintOf('tcp * c1 any s2{2} s3? (s4 | s5?)')).toEqual(['S037 (s4 | s5?)', 'S037 s3?'])
    expect(messagesOf('tcp * any c1{2,5}')).toEqual([
      '`c1{2,5}` at the end says no more than `c1{2}`: without `>` the hit is known then',
    ])
    expect(lintOf('tcp * any c1 s2? >')).toEqual([])
    expect(lintOf('tcp * any c1 s2? where c.bytes > 1')).toEqual([])
  })

  it('warns of an optional beginning, unless `<` or a reference makes it count', () => {
    expect(lintOf('tcp * any{0,3} c1? s2')).toEqual(['S038 any{0,3}', 'S038 c1?'])
    expect(lintOf('tcp * (c1 | c2?) s2')).toEqual(['S038 (c1 | c2?)'])
    expect(lintOf('tcp * c1? s@1')).toEqual([])
    expect(lintOf('tcp * c1? s2? s@2+1')).toEqual(['S038 c1?'])
    expect(lintOf('tcp * < c1? s2')).toEqual([])
    expect(lintOf('ssh * <session c1? s2')).toEqual([])
  })

  it('hints at `=`', () => {
    expect(lintOf('tcp * = any c1')).toEqual(['S039 ='])
    expect(lintOf('tcp * = where c.bytes > 1')).toEqual(['S039 ='])
  })

  it('warns of patterns that nearly every flow matches', () => {
    expect(lintOf('tcp 22,23 c* s*')).toEqual(['S032 tcp 22,23 c* s*'])
    expect(lintOf('tcp 22,23 c* s* where c.bytes > 1')).toEqual([])
  })

  it('looks at every element, in groups too', () => {
    expect(lintOf('tcp * any (c0 | s5/0){2} c5/9')).toEqual(['S033 c0', 'S035 s5/0', 'S034 c5/9'])
  })

  it('warns of a pause before the first datagram of a flow', () => {
    expect(lintOf('udp * < + c1 any')).toEqual(['S033 + c1'])
    expect(lintOf('udp * < +1s.. c1 any')).toEqual(['S033 +1s.. c1'])
    expect(messagesOf('udp * < + (c1 | s2) any')[0]).toContain('`+ (…)` never matches')
    expect(lintOf('udp * < +? c1 any')).toEqual([])
    expect(lintOf('tcp * < + c1 any')).toEqual([])
  })
})
