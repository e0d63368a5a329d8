import { expect, it } from 'vitest'
import { numberIn, wholeIn } from '../../../src/cli/number-options.ts'

it('takes numbers in range', () => {
  expect(numberIn({ threshold: 1.5 }, 'threshold', 0, 2)).toBe(1.5)
  expect(wholeIn({ top: '7' }, 'top', 1, 10)).toBe(7)
})

it.each([
  [{ top: 11 }, '--top must be a number from 1 to 10'],
  [{ top: 'x' }, '--top must be a number from 1 to 10'],
  [{}, '--top must be a number from 1 to 10'],
  [{ top: 1.5 }, '--top must be a whole number'],
])('refuses %j', (raw, message) => {
  expect(() => wholeIn(raw, 'top', 1, 10)).toThrow(message)
})
