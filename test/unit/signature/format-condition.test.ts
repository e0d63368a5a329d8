import { describe, expect, it } from 'vitest'
import { formatCondition } from '../../../src/signature/format-condition.ts'
import { sequenceOf } from './texts.ts'

function formatted(condition: string): string {
  return formatCondition(sequenceOf(`tcp * where ${condition} : a`).where!)
}

describe('formatCondition', () => {
  it.each([
    ['c.bytes*5<s.bytes', 'c.bytes * 5 < s.bytes'],
    ['((c.bytes > 1) and ((s.bytes > 1)))', 'c.bytes > 1 and s.bytes > 1'],
    ['(c.bytes + (1 * 2)) = 02', 'c.bytes + 1 * 2 = 2'],
    ['not(c.bytes>1)', 'not c.bytes > 1'],
    ['(not c.bytes > 1) and not not c.bytes > 2', 'not c.bytes > 1 and not not c.bytes > 2'],
  ])('writes %s without what is not needed', (condition, canonical) => {
    expect(formatted(condition)).toBe(canonical)
    expect(formatted(canonical)).toBe(canonical)
  })

  it.each([
    '(c.bytes + 1) * 2 > 3',
    'c.bytes - (1 - 2) != 3',
    'c.bytes / (1 * 2) >= 3',
    '(c.bytes > 1 or s.bytes > 1) and c.bytes > 2',
    'c.bytes > 1 and (s.bytes > 1 and c.bytes > 2)',
    'c.bytes > 1 or (s.bytes > 1 or c.bytes <= 2)',
    'not (c.bytes > 1 and s.bytes > 1)',
  ])('keeps the parentheses of %s', (condition) => {
    expect(formatted(condition)).toBe(condition)
  })
})
