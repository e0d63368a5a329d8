import { describe, expect, it } from 'vitest'
import { sizesOf } from '../../../../src/workbench/prove/recogniser.ts'
import { recogniser } from '../signatures.ts'

/** Ways from a state, as `c12..20 @1 + -> 3`. */
function waysOf(text: string): readonly string[] {
  return recogniser(text).states.flatMap(({ takes, isDone }, at) => [
    ...takes.map(({ direction, low, high, bases, pause, next }) =>
      [
        at,
        ['c', 's'][direction ?? 2] ?? 'any',
        `${low}..${high}`,
        ...bases.map((slot) => `@${slot}`),
        pause.kind,
        next,
      ].join(' '),
    ),
    ...(isDone ? [`${at} done`] : []),
  ])
}

describe('recogniserOf', () => {
  it('makes a chain of an exact classic pattern', () => {
    expect(waysOf('tcp 22 = s12 + c@1')).toEqual([
      '0 s 12..12 none 2',
      '2 c 0..0 @1 pause 4',
      '4 done',
      '5 done',
    ])
  })

  it('writes the fuzzy rule out: packets merged, packets missing', () => {
    const ways = waysOf('tcp 22 c12 c20/0 s10 s11 c9')
    expect(ways).toContain('0 c 32..32 none 5')
    expect(ways).toContain('2 s 10..10 none 7')
    expect(ways).toContain('4 s 21..21 none 9')
    expect(ways).toContain('6 c 9..9 none 11')
    expect(ways.some((way) => way.startsWith('8 c 9..9 none 10'))).toBe(true)
  })

  it('neither merges nor misses a packet that is referred to', () => {
    const ways = waysOf('tcp 22 c12 c20/0 s@2 s11 c9')
    expect(ways.filter((way) => way.startsWith('0 '))).toEqual(['0 c 12..12 none 2'])
    expect(ways.filter((way) => way.startsWith('2 '))).toEqual(['2 c 20..20 none 4'])
    expect(ways).toContain('4 s 11..11 @2 none 9')
  })

  it('follows the forks of a sequence', () => {
    expect(waysOf('tcp 22 c12 (s1..2 | +2s.. c@1+3)? >')).toEqual([
      '0 c 12..12 none 1',
      '1 s 1..2 none 2',
      '1 c 3..3 @1 range 2',
      '1 done',
      '2 done',
    ])
  })

  it('knows how long its shortest and longest ways are', () => {
    const lengths = (text: string) => [recogniser(text).shortest, recogniser(text).longest]
    expect(lengths('tcp 22 = c1 s2 c3')).toEqual([3, 3])
    expect(lengths('tcp 22 c1 s2 c3 c4 c5')).toEqual([4, 5])
    expect(lengths('tcp 22 c1? s2 any{0,3} >')).toEqual([1, 5])
    expect(lengths('tcp 22 c1 any{2,} >')).toEqual([3, Number.POSITIVE_INFINITY])
    expect(lengths('tcp 22 where packets > 3')).toEqual([1, 1])
  })

  it('keeps ports, anchors and conditions', () => {
    expect(recogniser('tcp 22 < s12')).toMatchObject({
      ports: [{ low: 22, high: 22 }],
      start: 'flow',
      atEnd: false,
    })
    expect(recogniser('ssh 22,20-23 <auth any >')).toMatchObject({
      ports: [{ low: 20, high: 23 }],
      start: 'auth',
      atEnd: true,
    })
    expect(recogniser('tcp * where packets > 3')).toMatchObject({
      ports: [],
      states: [],
      where: { kind: '>' },
    })
  })
})

describe('sizesOf', () => {
  it('leaves empty segments out, but not empty datagrams', () => {
    expect(sizesOf('tcp').low).toBe(1)
    expect(sizesOf('udp')).toEqual({ low: 0, high: 65_527 })
  })
})
