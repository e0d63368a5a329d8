import { describe, expect, it } from 'vitest'
import { matchKey } from '../../../src/signature/match-key.ts'
import { statementOf } from './texts.ts'

function keyOf(text: string): string {
  return matchKey(statementOf(`${text} : a`).ast)
}

describe('matchKey', () => {
  it.each([
    // Classic and extended.
    ['tcp 22 = c12 s20', 'tcp 22 c12 s20..20'],
    ['tcp 22 c12 + s@1 c@1', 'tcp 22,22 c12 + s@1 c@1/0'],
    ['tcp * < c16 >', 'tcp * < c15..17 >'],
    ['tcp 22 = c12 c12', 'tcp 22 c12{2}'],
    ['tcp 22 = c12 c12', 'tcp 22 (c12) c12'],
    // Extended.
    ['tcp 22,80-90 any c1', 'tcp 85-90,80-86,22 any c1'],
    ['tcp * c1{0,1} s2', 'tcp * c1? s2'],
    ['tcp * c1 s2 +1s.. c3', 'tcp * c1 s2 +1000ms.. c3'],
    ['tcp * c10/2 any', 'tcp * c8..12 any'],
    ['tcp * c1 +1s..60s s2', 'tcp * c1 +1s..1m s2'],
    ['ssh * c1 c1', 'ssh * c1{2}'],
    ['tcp * where c.bytes > 1k', 'tcp * where (c.bytes > 1000)'],
    ['count a by client within 1h where hits > 1', 'count a by client within 60m where hits > 1.0'],
  ])('is the same for %s and %s', (one, other) => {
    expect(keyOf(one)).toBe(keyOf(other))
  })

  it.each([
    ['tcp 22 c12 s20', 'tcp 22 c12 s20..20'],
    ['tcp 22 = c12 c12', 'tcp 22 c12 +? c12'],
    ['tcp * c1 any', 'ssh * c1 any'],
    ['tcp * c1 s2 c@1+1', 'tcp * c1 s2 c@1+2'],
    ['tcp * c1 s2 c@1', 'tcp * c1 s2 c@2'],
    ['tcp * any c1', 'tcp 22 any c1'],
    ['tcp * any c1', 'tcp * any c1 >'],
    ['ssh * <auth c1', 'ssh * <session c1'],
    ['tcp * c1 where c.bytes > 1', 'tcp * where c.bytes > 1'],
    ['count a by client within 1h where hits > 1', 'count a then a by client within 1h where hits > 1'],
    ['count a by client within 1h where hits > 1', 'count a by pair within 1h where hits > 1'],
  ])('differs for %s and %s', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other))
  })
})
