import { describe, expect, it } from 'vitest'
import { MESSAGES } from '../../../src/model/messages.ts'
import { MAX_SIZE } from '../../../src/model/program.ts'
import { messageGuess } from '../../../src/signature/read-size.ts'
import { explained, problemsOf, sequenceOf } from './texts.ts'

function sizesOf(items: string) {
  return sequenceOf(`ssh * ${items} : a`).items.map(({ atom }) => atom.kind === 'element' && atom.size)
}

describe('readSize', () => {
  it('reads ranges with two ends', () => {
    expect(sizesOf('c10..90 s5..5')).toEqual([
      { kind: 'between', low: 10, high: 90 },
      { kind: 'between', low: 5, high: 5 },
    ])
    expect(problemsOf('tcp * c90..10 any : a')).toEqual(['S042 c90..10'])
  })

  it('reads references with offset and distance', () => {
    expect(sizesOf('any s@1+16/8 s@1-16 s@2/3 s@1+0/0')).toEqual([
      { kind: 'any' },
      { kind: 'relative', packet: 1, offset: 16, distance: 8 },
      { kind: 'relative', packet: 1, offset: -16, distance: 0 },
      { kind: 'relative', packet: 2, offset: 0, distance: 3 },
      { kind: 'same', packet: 1 },
    ])
  })

  it('tells an offset from a pause', () => {
    expect(sizesOf('c1 s@1+c2')).toHaveLength(3)
    const [, second, third] = sequenceOf('ssh * c1 s@1+2s..3s c@1+2 : a').items
    expect(second).toMatchObject({ atom: { size: { kind: 'same' } }, pause: undefined })
    expect(third).toMatchObject({ atom: { size: { kind: 'relative', offset: 2 } }, pause: { kind: 'range' } })
    expect(sizesOf('c1 s@1+..3s c2')).toHaveLength(3)
    expect(problemsOf('ssh * c1 s@1+2..3s c1 : a')).toEqual(['S046 2..3s'])
  })

  it('lets references point to earlier elements only', () => {
    expect(problemsOf('ssh * c@0+1 s@2+1 c@1+1 : a')).toEqual(['S015 c@0+1', 'S015 s@2+1'])
  })

  it('bounds all sizes', () => {
    const large = MAX_SIZE + 1
    expect(problemsOf(`ssh * c1..${large} s@1+${large} s@1/${large} c:ssh(${large}) : a`)).toEqual([
      `S013 c1..${large}`,
      `S013 s@1+${large}`,
      `S013 s@1/${large}`,
      `S013 c:ssh(${large})`,
    ])
  })

  it('knows every message', () => {
    const names = MESSAGES.filter((name) => name !== '')
    expect(sizesOf(names.map((name) => `c:${name}`).join(' '))).toEqual(
      names.map((name) => ({ kind: 'message', name })),
    )
    expect(problemsOf('ssh * c:FOO s:Failure : a')).toEqual(['S018 c:FOO', 'S018 s:Failure'])
  })

  it('reads lengths under a cipher', () => {
    expect(sizesOf('c:ssh(10) c:ssh( 10 .. 20 )')).toEqual([
      { kind: 'payload', low: 10, high: 10 },
      { kind: 'payload', low: 10, high: 20 },
    ])
    expect(problemsOf('ssh * c:ssh(20..10) : a')).toEqual(['S042 c:ssh(20..10)'])
  })

  it('keeps messages to `ssh` statements', () => {
    expect(problemsOf('tcp * c:KEX s:ssh(10) : a')).toEqual(['S041 c:KEX', 'S041 s:ssh(10)'])
  })

  it('takes `:` for a description where no lone direction stands before it', () => {
    const textOf = (text: string) => sequenceOf(text).description
    expect(textOf('ssh * c12:FOO')).toBe('FOO')
    expect(textOf('ssh * c*:FOO')).toBe('FOO')
    expect(textOf('ssh * c:KEX:FOO')).toBe('FOO')
    expect(textOf('ssh * any:ssh(10)')).toBe('ssh(10)')
    expect(textOf('ssh * (c1):FOO')).toBe('FOO')
  })

  it('guesses which message was meant', () => {
    expect(messageGuess('PASWORD')).toBe('; did you mean `PASSWORD`?')
    expect(messageGuess('info-request')).toBe('; did you mean `INFO_REQUEST`?')
    expect(messageGuess('WHATEVER')).toBe('')
    expect(explained('ssh * c:FAILUR : a')[1]).toBe(
      '`FAILUR` is no message of SSH that is known; did you mean `FAILURE`?',
    )
  })
})
