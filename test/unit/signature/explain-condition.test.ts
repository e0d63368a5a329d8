import { describe, expect, it } from 'vitest'
import { explained } from './texts.ts'

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  [
    'tcp * c1 where',
    'S048 ',
    'expected a condition after `where`, such as `s.bytes > 1M`, found the end of the line',
  ],
  ['tcp * where : a', 'S048 :', 'expected a condition after `where`, such as `s.bytes > 1M`, found `:`'],
  ['tcp * where not : a', 'S048 :', 'expected a figure or a number, found `:`'],
  ['tcp * where (c.bytes > 1 : a', 'S045 (', 'this parenthesis is not closed: expected `)`, found `:`'],
  [
    'tcp * where c.bytes > (1 + 2',
    'S045 (',
    'this parenthesis is not closed: expected `)`, found the end of the line',
  ],
  ['tcp * where c.bytes > 1) : a', 'S045 )', '`)` closes nothing: expected `(` before it'],
  ['tcp * where c.bytes > 1', 'S008 ', 'expected `:` and a description, found the end of the line'],
  ['tcp * where c.bytes : a', 'S048 :', 'expected a comparison, such as `s.bytes > 1M`, found `:`'],
  ['tcp * where c.bytes > : a', 'S048 :', 'expected a figure or a number, found `:`'],
  [
    'tcp * where c.bytes + 1 and 2 > 1 : a',
    'S048 and',
    'expected a comparison, such as `s.bytes > 1M`, found `and`',
  ],
  [
    'tcp * where c.bytes == 1 : a',
    'S048 =',
    'expected a figure or a number, found `=`: two things are equal by one `=`, unequal by `!=`',
  ],
  ['tcp * where c.bytes => 1 : a', 'S048 >', 'expected a figure or a number, found `>`'],
  ['tcp * where 1 < c.bytes < 2 : a', 'S048 <', 'a comparison has two sides: join another one by `and`'],
  ['tcp * where c.bytes > 1 && s.bytes > 1 : a', 'S048 &&', 'both conditions are joined by `and`'],
  ['tcp * where c.bytes > 1 || s.bytes > 1 : a', 'S048 |', 'one of two conditions is asked for by `or`'],
  ['tcp * where c.bytes > 1 AND s.bytes > 1 : a', 'S048 AND', 'both conditions are joined by `and`'],
  ['tcp * where !(c.bytes > 1) : a', 'S048 !', 'a condition is turned round by `not`'],
  [
    'tcp * where c.bytes > 1 and NOT s.bytes > 1 : a',
    'S048 s.bytes',
    'expected a comparison, such as `s.bytes > 1M`, found `s.bytes`',
  ],
  ['tcp * where c.bytes > 1 foo : a', 'S048 foo', 'expected `and`, `or` or `:`, found `foo`'],
  ['tcp * where c.bytes > 1 refused', 'S008 refused', 'expected `:` before the description, found `refused`'],
  ['tcp * where c.bytes > 1 a lot', 'S048 a', 'expected `and`, `or` or `:`, found `a`'],
  ['tcp * where c.bytes > -1 : a', 'S048 -1', 'expected a figure or a number, found `-1`'],
  ['tcp * where c:bytes > 1 : a', 'S048 :', 'expected a comparison, such as `s.bytes > 1M`, found `:`'],
]

describe('explainCondition', () => {
  it.each(CASES)('%s', (text, place, message) => {
    expect(explained(text)).toEqual([place, message])
  })
})
