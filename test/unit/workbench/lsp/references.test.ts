import { describe, expect, it } from 'vitest'
import { definitionsAt, referencesAt } from '../../../../src/workbench/lsp/references.ts'
import { sourceOf } from '../../signature/texts.ts'
import { cursorIn, textOf } from './cursor.ts'

const OTHER = sourceOf('#: sid=7 class=a.b also=c\ntcp 22 s12 : One\n', 'other.sig')

const places = (find: typeof definitionsAt, ...lines: readonly string[]) => {
  const { source, offset } = cursorIn(...lines)
  return find([source, OTHER], source, offset).map(
    (place) => `${place.source.name} ${textOf(place.source, place.span)}`,
  )
}

describe('definitionsAt', () => {
  it('leads from `@K` to the packet, also in a statement that is not sound', () => {
    expect(places(definitionsAt, 'tcp 22 c27/15 (any s5)? c‸@3+16 : A')).toEqual(['test.sig s5'])
    expect(places(definitionsAt, 'tcp 22 c27/15 c@1‸')).toEqual(['test.sig c27/15'])
    expect(places(definitionsAt, 'tcp 22 c27/15 c@‸9 : A')).toEqual([])
    expect(places(definitionsAt, 'tcp 22 c2‸7/15 c@1 : A')).toEqual([])
  })

  it('leads from a class to the statements that have it', () => {
    expect(places(definitionsAt, 'count a‸.b then c by pair within 1h where hits > 1 : A')).toEqual([
      'other.sig a.b',
    ])
    expect(places(definitionsAt, 'count a.b then c‸ by pair within 1h where hits > 1 : A')).toEqual([
      'other.sig c',
    ])
    expect(places(definitionsAt, '#+ (a.‸b@1>2){3}')).toEqual(['other.sig a.b'])
  })

  it('leads from an id behind `&` to where it is given', () => {
    expect(places(definitionsAt, '#+ s12 & 8 ‸7', 'tcp 22 s12 : A')).toEqual(['other.sig sid=7'])
    expect(places(definitionsAt, '#+ s1‸2 & 7', 'tcp 22 s12 : A')).toEqual([])
  })

  it('finds nothing elsewhere', () => {
    expect(places(definitionsAt, '# a.b‸')).toEqual([])
  })
})

describe('referencesAt', () => {
  it('finds every place of a class, and of no other', () => {
    expect(
      places(
        referencesAt,
        '#: class=a.b.c',
        '#+ a.b@1>2',
        'count a.b‸ by pair within 1h where hits > 1 : a.b',
      ),
    ).toEqual(['test.sig a.b', 'test.sig a.b', 'other.sig a.b'])
    expect(places(referencesAt, 'tcp‸ 22 s12 : A')).toEqual([])
  })
})
