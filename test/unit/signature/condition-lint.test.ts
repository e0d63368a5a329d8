import { describe, expect, it } from 'vitest'
import { lintStatement } from '../../../src/signature/statement-lint.ts'
import { pointed, statementOf } from './texts.ts'

function lintOf(text: string): readonly string[] {
  return lintStatement(statementOf(`${text} : a`)).map(pointed)
}

describe('lintCondition', () => {
  it('warns of a condition that compares no figure', () => {
    expect(lintOf('tcp * where 1 + 1 > 2')).toEqual(['S055 tcp * where 1 + 1 > 2'])
    expect(lintOf('tcp * c1 any where not (1 > 2 and 2 > 1)')).toEqual([
      'S055 tcp * c1 any where not (1 > 2 and 2 > 1)',
    ])
    expect(lintOf('count a by client within 1m where 1 > 2')).toHaveLength(1)
  })

  it('finds figures wherever they are', () => {
    expect(lintOf('tcp * where 1 > 2 or not 5 < 2 * (1 + c.bytes)')).toEqual([])
  })
})
