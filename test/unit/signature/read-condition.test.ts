import { describe, expect, it } from 'vitest'
import { explained, problemsOf, sequenceOf } from './texts.ts'

function whereOf(condition: string, protocol = 'tcp') {
  return sequenceOf(`${protocol} * where ${condition} : a`).where
}

const number = (digits: string, unit?: string) => ({ kind: 'number', digits, unit })
const figure = (name: string) => ({ kind: 'figure', name })

describe('readCondition', () => {
  it('reads every comparison', () => {
    const kinds = ['<', '<=', '>', '>=', '=', '!='].map((operator) => whereOf(`c.bytes${operator}1`)?.kind)
    expect(kinds).toEqual(['<', '<=', '>', '>=', '==', '!='])
  })

  it('reads numbers with their units', () => {
    expect(whereOf('c.bytes > 01.50M')).toMatchObject({ right: number('1.5', 'M') })
    expect(whereOf('c.bytes > 2%')).toMatchObject({ right: number('2', '%') })
    expect(whereOf('duration > 300ms')).toMatchObject({
      left: figure('duration'),
      right: number('300', 'ms'),
    })
  })

  it('binds `*` tighter than `+`, `not` than `and`, `and` than `or`', () => {
    expect(whereOf('c.bytes + 1 * 2 - 3 > 4')).toMatchObject({
      left: {
        kind: '-',
        left: { kind: '+', right: { kind: '*', left: number('1'), right: number('2') } },
        right: number('3'),
      },
    })
    expect(whereOf('c.bytes > 1 or not c.bytes > 2 and c.bytes > 3')).toMatchObject({
      kind: 'or',
      right: { kind: 'and', left: { kind: 'not', of: { kind: '>' } } },
    })
  })

  it('reads parentheses around conditions and around sums', () => {
    expect(whereOf('((c.bytes + 1)) * 2 > (3) and ((c.bytes > 1))')).toMatchObject({
      kind: 'and',
      left: { left: { kind: '*', left: { kind: '+' } }, right: number('3') },
    })
  })

  it('knows which figures are where', () => {
    expect(whereOf('failures > 1 and c.bytes > 1', 'ssh')).toBeDefined()
    expect(explained('tcp * where failures > 1 : a')).toEqual([
      'S019 failures',
      '`failures` is a figure of `ssh` statements only',
    ])
    expect(explained('ssh * where hits > 1 : a')[1]).toBe('`hits` is a figure of campaigns only')
    const campaign = (name: string) => `count a by client within 1m where ${name} > 1 : a`
    expect(explained(campaign('c.bytes'))[1]).toBe('`c.bytes` is no figure of campaigns')
    expect(explained(campaign('failures'))[1]).toBe('`failures` is no figure of campaigns')
    expect(problemsOf(campaign('duration'))).toEqual([])
  })

  it('guesses which figure was meant', () => {
    expect(explained('tcp * where s.byte > 1 : a')[1]).toContain('; did you mean `s.bytes`?')
    expect(explained('tcp * where toString > 1 : a')[1]).toBe('`toString` is no figure that is known')
  })

  it('refuses units that are none, and endless digits', () => {
    expect(explained('tcp * where c.bytes > 10K : a')[1]).toContain('; did you mean `k`?')
    expect(problemsOf('tcp * where c.bytes > 10sec : a')).toEqual(['S046 10sec'])
    expect(problemsOf(`tcp * where c.bytes > 1${'0'.repeat(15)} : a`)).toEqual([`S054 1${'0'.repeat(15)}`])
  })

  it('reports all problems', () => {
    expect(problemsOf('tcp * where not (foo > 1x) or bar + 1y > 2 : a')).toEqual([
      'S019 foo',
      'S046 1x',
      'S019 bar',
      'S046 1y',
    ])
  })

  it('bounds how deep its parts stand in one another', () => {
    const joined = (count: number) => `tcp * where ${'c.bytes > 1 and '.repeat(count - 1)}c.bytes > 1 : a`
    expect(problemsOf(joined(64))).toEqual([])
    expect(problemsOf(joined(65))).toEqual(['S053 >', 'S053 >'])
    expect(problemsOf(`tcp * where ${'not '.repeat(3000)} c.bytes > 1 : a`)).toEqual(['S053 not'])
    expect(problemsOf(`tcp * where 1${' + 1'.repeat(3000)} > 1 : a`)).toEqual(['S053 +'])
    expect(problemsOf(`tcp * where ${'('.repeat(3000)}1${')'.repeat(3000)} > c.bytes : a`)).toEqual([])
  })
})
