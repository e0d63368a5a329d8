import { describe, expect, it } from 'vitest'
import { check } from '../signatures.ts'

const told = (text: string) =>
  check(`${text} : Test\n`)
    .filter(({ code }) => code === 'S102')
    .map(({ message, related, source }) => [
      message,
      ...related.map(({ span }) => source.text.slice(span.start, span.end)),
    ])

describe('references to packets that are not on their way', () => {
  it('are told of in another alternative', () => {
    expect(told('tcp 22 s12 (c20 | c30 s@2) s28')).toEqual([
      ['packet 2 is on no way to here: `@2` matches nothing', 'c20'],
    ])
    expect(told('tcp 22 ((s12 | c12) | c@1+3 s9)')).toEqual([
      ['packet 1 is on no way to here: `@1+3` matches nothing', 's12'],
    ])
  })

  it('are fine behind the group, in the same alternative, or in a later round', () => {
    expect(told('tcp 22 (c20 | c30) s@1')).toEqual([])
    expect(told('tcp 22 (c20 s@1 | c30)')).toEqual([])
    expect(told('tcp 22 (c20 | s@1 c30){2} s1')).toEqual([])
    expect(told('tcp 22 c20? s@1 c9')).toEqual([])
    expect(told('tcp 22 ((c20 | c21 s@1){3,} s9){1,} s1')).toEqual([])
  })
})
