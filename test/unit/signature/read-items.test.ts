import { describe, expect, it } from 'vitest'
import { isOptional } from '../../../src/signature/read-items.ts'
import { problemsOf, sequenceOf, statementOf } from './texts.ts'

describe('readItems', () => {
  it('reads elements, groups, pauses and repeats', () => {
    const element = (direction: 'client' | 'server', bytes: number) => ({
      kind: 'element',
      direction,
      size: { kind: 'bytes', bytes },
    })
    const once = { pause: undefined, low: 1, high: 1 }
    expect(sequenceOf('tcp * c1 + (s2 | c3 any{2,}){,4} : a').items).toEqual([
      { ...once, atom: element('client', 1) },
      {
        pause: { kind: 'pause' },
        atom: {
          kind: 'group',
          alternatives: [
            [{ ...once, atom: element('server', 2) }],
            [
              { ...once, atom: element('client', 3) },
              {
                pause: undefined,
                atom: { kind: 'element', direction: undefined, size: { kind: 'any' } },
                low: 2,
                high: Number.POSITIVE_INFINITY,
              },
            ],
          ],
        },
        low: 0,
        high: 4,
      },
    ])
  })

  it('counts elements as they are written, `any` and all alternatives included', () => {
    expect(problemsOf('tcp * c1{3} (any | s@2) c@3 : a')).toEqual([])
    expect(problemsOf('tcp * c1{3} (any | s@3) c@5 : a')).toEqual(['S015 s@3', 'S015 c@5'])
  })

  it('tells where elements and items stand', () => {
    const text = 'tcp * c1{2} +?(s2 | any)? > : a'
    const { packetSpans, itemSpans, source } = statementOf(text)
    const texts = (spans: typeof itemSpans) => spans.map(({ start, end }) => source.text.slice(start, end))
    expect(texts(packetSpans)).toEqual(['c1', 's2', 'any'])
    expect(texts(itemSpans)).toEqual(['c1{2}', '+?(s2 | any)?'])
  })

  it('refuses repeats that are turned round, too many, or nothing', () => {
    expect(problemsOf('tcp * c1{3,2} c1{1001} c1{0,1001} c1{0} c1{,0} c1{1000} : a')).toEqual([
      'S043 {3,2}',
      'S043 {1001}',
      'S043 {0,1001}',
      'S043 {0}',
      'S043 {,0}',
    ])
  })

  it('refuses a second pause before one element', () => {
    expect(problemsOf('tcp * + (+ c1 s2) : a')).toEqual(['S047 +'])
    expect(problemsOf('tcp * + (c1 | (c2? +1s..2s s2)) : a')).toEqual(['S047 +1s..2s'])
    expect(problemsOf('tcp * + (c1 + s2) + c3 : a')).toEqual([])
    expect(problemsOf('tcp * + c1? + s2 : a')).toEqual([])
  })

  it('bounds how deep groups stand in one another', () => {
    const nested = (depth: number) => `tcp * ${'('.repeat(depth)}c1{2}${')'.repeat(depth)} : a`
    expect(problemsOf(nested(64))).toEqual([])
    expect(problemsOf(nested(65))).toEqual(['S053 ('])
    expect(problemsOf(nested(8000))).toEqual(['S053 ('])
  })
})

describe('isOptional', () => {
  it('sees through groups', () => {
    const [one, two, three, four] = sequenceOf('tcp * c1? (c1? | s2) (c1? s2){2} (c1? s2?){2} any : a').items
    expect([one, two, three, four].map((item) => isOptional(item!))).toEqual([true, true, false, true])
  })
})
