import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../src/model/program.ts'
import { alwaysHolds, figuresFor, implies, neverHolds } from '../../../../src/workbench/prove/conditions.ts'
import { signature } from '../signatures.ts'

function condition(text: string): Condition {
  const one = signature(`ssh * where ${text}`)
  if (!('where' in one) || one.where === undefined) throw new Error(text)
  return one.where
}

describe('neverHolds', () => {
  it.each([
    'failures > 3 and failures < 2',
    'failures < 0',
    'failures = 1 and not failures = 1',
    'c.library > 1',
    'version = 3',
    '1 > 2 and failures > 1',
    'failures > 3 and (failures = 1 or failures = 2)',
    'think > wait and not think > wait',
  ])('%s', (text) => {
    expect(neverHolds(condition(text))).toBe(true)
  })

  it.each([
    'failures > 3',
    'failures > 3 and failures < 4',
    'think > wait and think < wait',
    'failures > 3 or failures < 0',
    'c.bytes / 0 > 1',
  ])('not %s', (text) => {
    expect(neverHolds(condition(text))).toBe(false)
  })
})

describe('alwaysHolds', () => {
  it('is sure of figures that are never below 0, and of what covers all', () => {
    expect(alwaysHolds(condition('failures >= 0'))).toBe(true)
    expect(alwaysHolds(condition('failures > 3 or failures <= 3'))).toBe(true)
    expect(alwaysHolds(condition('failures > 0'))).toBe(false)
    expect(alwaysHolds(condition('think >= wait'))).toBe(false)
  })
})

describe('implies', () => {
  const follows = (one: string, other: string) => implies(condition(one), condition(other))

  it('compares bounds of one figure', () => {
    expect(follows('failures > 5', 'failures > 3')).toBe(true)
    expect(follows('failures > 3', 'failures > 5')).toBe(false)
    expect(follows('failures = 4', 'failures > 3 and failures < 9')).toBe(true)
    expect(follows('failures > 5 and wait < 1s', 'failures > 3 or think > 1s')).toBe(true)
    expect(follows('4 < failures', 'failures > 3')).toBe(true)
  })

  it('takes what it does not understand by the letter', () => {
    expect(follows('think > wait and failures > 1', 'think > wait')).toBe(true)
    expect(follows('think > wait * 2', 'think > wait')).toBe(false)
  })

  it('needs nothing for no condition, and a condition for one', () => {
    expect(implies(undefined, undefined)).toBe(true)
    expect(implies(condition('failures > 1'), undefined)).toBe(true)
    expect(implies(undefined, condition('failures > 1'))).toBe(false)
    expect(implies(undefined, condition('failures >= 0'))).toBe(true)
  })
})

describe('figuresFor', () => {
  const values = (...texts: readonly string[]) =>
    figuresFor(texts.map(condition), (name) => name !== 'packets')

  it('finds values with which all hold', () => {
    expect(values('failures > 3', 'failures < 5')).toEqual(new Map([['failures', 4]]))
    expect(values('failures < 0 or wait > 2')).toEqual(new Map([['wait', 3]]))
    expect(values()).toEqual(new Map())
  })

  it('finds none that it is not sure of', () => {
    expect(values('packets > 3')).toBeUndefined()
    expect(values('think > wait')).toBeUndefined()
    expect(values('failures > 3', 'failures < 2')).toBeUndefined()
  })
})
