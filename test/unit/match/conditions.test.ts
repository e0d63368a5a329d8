import { describe, expect, it } from 'vitest'
import { Conditions, needsSsh } from '../../../src/match/conditions.ts'
import type { Condition } from '../../../src/model/program.ts'

type Binary = Extract<Condition, { readonly left: Condition }>['kind']

const number = (value: number): Condition => ({ kind: 'number', value })
const figure = (name: string): Condition => ({ kind: 'figure', name })
const binary = (left: Condition, kind: Binary, right: Condition): Condition => ({ kind, left, right })

const VALUES = { a: 6, b: 3, zero: 0 }
const NAMES = Object.keys(VALUES)
const source = { value: (_: number, index: number) => Object.values(VALUES)[index] ?? Number.NaN }

function holds(condition: Condition | undefined): boolean {
  return new Conditions([condition], (name) => NAMES.indexOf(name)).holds(0, 0, source)
}

describe('a condition', () => {
  it.each([
    ['a', '<', 'b', false],
    ['b', '<', 'a', true],
    ['a', '<=', 'a', true],
    ['a', '>', 'b', true],
    ['a', '>=', 'a', true],
    ['a', '==', 'b', false],
    ['a', '!=', 'b', true],
    ['a', 'and', 'zero', false],
    ['a', 'and', 'b', true],
    ['zero', 'or', 'b', true],
    ['zero', 'or', 'zero', false],
  ] as const)('compares: %s %s %s', (left, kind, right, expected) => {
    expect(holds(binary(figure(left), kind, figure(right)))).toBe(expected)
  })

  it.each([
    ['+', 9],
    ['-', 3],
    ['*', 18],
    ['/', 2],
  ] as const)('reckons with %s', (kind, result) => {
    expect(holds(binary(binary(figure('a'), kind, figure('b')), '==', number(result)))).toBe(true)
  })

  it('takes nothing divided by nothing for nothing, and else a division by zero for infinite', () => {
    const ratio = (left: Condition) => binary(left, '/', figure('zero'))
    expect(holds(binary(ratio(figure('zero')), '==', number(0)))).toBe(true)
    expect(holds(binary(ratio(figure('a')), '>', number(1e300)))).toBe(true)
    expect(holds(binary(ratio(figure('a')), '-', ratio(figure('a'))))).toBe(false)
  })

  it('is denied by `not`', () => {
    expect(holds({ kind: 'not', of: figure('a') })).toBe(false)
    expect(holds({ kind: 'not', of: figure('zero') })).toBe(true)
  })

  it('holds when there is none', () => {
    expect(holds(undefined)).toBe(true)
  })

  it('keeps its parts apart, however deep', () => {
    let deep = number(0)
    for (let i = 1; i <= 50; i++) deep = binary(number(i), '-', deep)
    expect(holds(binary(deep, '==', number(25)))).toBe(true)
  })

  it('names only figures that there are', () => {
    expect(() => holds(figure('none'))).toThrow('figures')
  })

  it('stands beside others', () => {
    const conditions = new Conditions([number(0), undefined, figure('a')], (name) => NAMES.indexOf(name))
    expect([0, 1, 2].map((i) => conditions.holds(i, 0, source))).toEqual([false, true, true])
  })
})

describe('a condition needs figures of SSH', () => {
  const keys = figure('c.keys')
  it.each([
    ['when it does not hold while they are 0', binary(keys, '>', number(7)), true],
    ['but not when it holds then', binary(keys, '<', number(7)), false],
    ['but not when others may make it true', binary(keys, 'or', figure('packets')), false],
    ['but not when others may make it false', binary(keys, 'and', figure('ssh.messages')), false],
    ['but not when there is none', undefined, false],
  ])('%s', (_what, condition, expected) => {
    expect(needsSsh(condition)).toBe(expected)
  })
})
