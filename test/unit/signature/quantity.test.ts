import { describe, expect, it } from 'vitest'
import {
  formatQuantity,
  isNumberUnit,
  isShort,
  isTimeUnit,
  type Quantity,
  quantityValue,
  splitQuantity,
} from '../../../src/signature/quantity.ts'

describe('splitQuantity', () => {
  it.each([
    ['10', '10', ''],
    ['007s', '7', 's'],
    ['0.50ms', '0.5', 'ms'],
    ['00.00%', '0', '%'],
    ['100.000M', '100', 'M'],
    ['3sec', '3', 'sec'],
  ])('reads %s', (text, digits, unit) => {
    expect(splitQuantity(text)).toEqual({ digits, unit })
  })
})

describe('quantityValue', () => {
  it.each([
    ['20', undefined, 20],
    ['1.1', 'k', 1100],
    ['2', 'M', 2_000_000],
    ['0.3', 'G', 300_000_000],
    ['2', '%', 0.02],
    ['0.5', 'us', 1],
    ['1.5', 'ms', 1500],
    ['0.3', 's', 300_000],
    ['1.1', 'm', 66_000_000],
    ['1', 'h', 3_600_000_000],
  ] as const)('makes of %s and %s the number %d', (digits, unit, value) => {
    expect(quantityValue({ digits, unit })).toBe(value)
  })
})

describe('formatQuantity', () => {
  it('writes the number as it was written', () => {
    const quantities: readonly Quantity[] = [
      { digits: '0.5', unit: 's' },
      { digits: '20', unit: undefined },
    ]
    expect(quantities.map(formatQuantity)).toEqual(['0.5s', '20'])
  })
})

describe('units and digits', () => {
  it('are told apart', () => {
    expect(['us', 'ms', 's', 'm', 'h'].every(isTimeUnit)).toBe(true)
    expect(['k', 'M', 'G', '%'].every(isNumberUnit)).toBe(true)
    expect([isTimeUnit('M'), isTimeUnit(undefined), isNumberUnit('m'), isNumberUnit('')]).not.toContain(true)
  })

  it('are bounded', () => {
    const isShortText = (digits: string) => isShort({ digits, unit: '' })
    expect(isShortText(`${'9'.repeat(15)}.${'9'.repeat(9)}`)).toBe(true)
    expect(isShortText('9'.repeat(16))).toBe(false)
    expect(isShortText(`1.${'9'.repeat(10)}`)).toBe(false)
  })
})
