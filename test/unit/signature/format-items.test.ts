import { describe, expect, it } from 'vitest'
import { formatItem } from '../../../src/signature/format-items.ts'
import { sequenceOf } from './texts.ts'

function formatted(items: string): string {
  return sequenceOf(`ssh * ${items} : a`).items.map(formatItem).join(' ')
}

describe('formatItem', () => {
  it.each([
    ['c012 s07/03 c010..090', 'c12 s7/3 c10..90'],
    ['c* any s@01 s@2+016 s@1-2/03 c@1/4 c@1+0 c@1-0/0', 'c* any s@1 s@2+16 s@1-2/3 c@1/4 c@1 c@1'],
    ['c:PASSWORD s:ssh( 10 ) s:ssh(1 .. 02)', 'c:PASSWORD s:ssh(10) s:ssh(1..2)'],
    ['c1{1} c1{0,1} c1{ 3 , 3 } c1{,4} c1{2,} c1{1,2}', 'c1 c1? c1{3} c1{0,4} c1{2,} c1{1,2}'],
    ['+c1 +?c1 +02s..30.50s c1 + ..5ms c1 + 1m..-rtt c1', '+ c1 +? c1 +2s..30.5s c1 +..5ms c1 +1m..-rtt c1'],
    ['(c1|s2 c3|(s4))? c5', '(c1 | s2 c3 | (s4))? c5'],
  ])('writes %s in canonical form', (items, canonical) => {
    expect(formatted(items)).toBe(canonical)
    expect(formatted(canonical)).toBe(canonical)
  })
})
