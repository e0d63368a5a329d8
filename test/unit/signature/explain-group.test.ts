import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  ['tcp 22 () : a', 'S044 )', 'an alternative has at least one packet, such as `c12`, found `)`'],
  ['tcp 22 (c1 |) : a', 'S044 )', 'an alternative has at least one packet, such as `c12`, found `)`'],
  ['tcp 22 (| c1) : a', 'S044 |', 'an alternative has at least one packet, such as `c12`, found `|`'],
  ['tcp 22 (c1 | | c2) : a', 'S044 |', 'an alternative has at least one packet, such as `c12`, found `|`'],
  ['tcp 22 (c1 | (s2 c3) : a', 'S045 (', 'this parenthesis is not closed: expected `)`, found `:`'],
  ['tcp 22 (c1 s2', 'S045 (', 'this parenthesis is not closed: expected `)`, found the end of the line'],
  ['tcp 22 (c1 > : a', 'S045 (', 'this parenthesis is not closed: expected `)`, found `>`'],
  [
    'tcp 22 (c1 where c.bytes > 1 : a',
    'S045 (',
    'this parenthesis is not closed: expected `)`, found `where`',
  ],
  ['tcp 22 c1) : a', 'S045 )', '`)` closes nothing: expected `(` before it'],
  ['tcp 22 c1 | s2 : a', 'S045 |', '`|` separates the alternatives of a group: write it between `(` and `)`'],
]

describe('explainGroup', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })
})
