import { describe, expect, it } from 'vitest'
import { lintStatement } from '../../../src/signature/statement-lint.ts'
import { pointed, statementOf } from './texts.ts'

function lintOf(where: string, then = ''): readonly string[] {
  return lintStatement(statementOf(`count a${then} by client within 1m where ${where} : b`)).map(pointed)
}

describe('lintCampaign', () => {
  it.each([
    'hits >= 1',
    'hits > 0 and servers < 10',
    'hits = 1 or hits > 20',
    'not hits != 1',
    'duration <= 10s',
    'hits / duration > 5',
    'duration / duration = 0',
    'hits * 2 - 1 + flows > 1',
  ])('warns of %s, which holds with the first hit', (where) => {
    expect(lintOf(where)).toEqual([`S032 count a by client within 1m where ${where}`])
  })

  it.each(['hits >= 20', 'hits > 1 and servers = 1', 'duration > 1s', 'hits > 5 or servers > 5', 'hits < 1'])(
    'says nothing of %s',
    (where) => {
      expect(lintOf(where)).toEqual([])
    },
  )

  it('takes another hit that must follow for something', () => {
    expect(lintOf('hits >= 1', ' then b')).toEqual([])
  })
})
