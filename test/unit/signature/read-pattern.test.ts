import { describe, expect, it } from 'vitest'
import { MAX_PACKETS } from '../../../src/signature/read-pattern.ts'
import { problemsOf, sequenceOf } from './texts.ts'

describe('readPattern', () => {
  it('reads ports and ranges of ports', () => {
    expect(sequenceOf('ssh * any : a').ports).toEqual([])
    expect(sequenceOf('ssh 22 , 2200 - 02299,80 any : a').ports).toEqual([
      { low: 22, high: 22 },
      { low: 2200, high: 2299 },
      { low: 80, high: 80 },
    ])
  })

  it('refuses ports that cannot be', () => {
    expect(problemsOf('tcp 22,65536,30-20,1-70000 any c1 : a')).toEqual([
      'S003 65536',
      'S042 30-20',
      'S003 1-70000',
    ])
    expect(problemsOf('icmp 8,9-10 any c1 : a')).toEqual(['S004 8', 'S004 9-10'])
  })

  it('reads where a match begins', () => {
    const startOf = (text: string) => sequenceOf(`ssh * ${text} c:KEX : a`).start
    expect(['', '<', '<newkeys', '<auth', '<session', '<channel'].map(startOf)).toEqual([
      'anywhere',
      'flow',
      'newkeys',
      'auth',
      'session',
      'channel',
    ])
    expect(problemsOf('tcp * <auth c1 : a')).toEqual(['S041 <auth'])
  })

  it('reads end and condition, and conditions alone', () => {
    expect(sequenceOf('tcp * any c1 > where c.bytes > 1 : a')).toMatchObject({
      atEnd: true,
      where: { kind: '>' },
    })
    expect(sequenceOf('tcp * where c.bytes > 1 : a')).toMatchObject({ items: [], start: 'anywhere' })
  })

  it('takes 255 elements as written, repeats aside', () => {
    expect(problemsOf(`tcp * ${'c1{2}'.repeat(MAX_PACKETS)} : a`)).toEqual([])
    expect(problemsOf(`tcp * ${'c1{2}'.repeat(MAX_PACKETS)} + s2 : a`)).toEqual(['S014 + s2'])
  })

  it('reports all problems of a statement', () => {
    expect(problemsOf('tcp 99999 c:KEX s@9 +2..3s c1 where foo > 1 :')).toEqual([
      'S041 c:KEX',
      'S015 s@9',
      'S046 2..3s',
      'S003 99999',
      'S019 foo',
      'S009 :',
    ])
  })
})
