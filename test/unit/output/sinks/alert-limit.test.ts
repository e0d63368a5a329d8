import { describe, expect, it } from 'vitest'
import type { RateLimitOptions } from '../../../../src/model/output-options.ts'
import { AlertLimit } from '../../../../src/output/sinks/alert-limit.ts'
import { event } from './receiving.ts'

const START = 1_795_230_000_000_000
const at = (seconds: number, fields: Parameters<typeof event>[0] = {}) =>
  event({ time: START + seconds * 1e6, ...fields })

function limit(fields: Partial<RateLimitOptions> = {}, maxKeys?: number): AlertLimit {
  return new AlertLimit({ alerts: 2, seconds: 60, by: 'signature-client', ...fields }, maxKeys)
}

describe('a rate limit', () => {
  it('lets so many alerts pass from the first on, and says later how many it withheld', () => {
    const limited = limit()
    const seconds = [0, 10, 20, 59.999, 60, 61, 62, 300]
    expect(seconds.map((second) => limited.admit(at(second)))).toEqual([
      0,
      0,
      undefined,
      undefined,
      2,
      0,
      undefined,
      1,
    ])
    expect(limited.withheldAlerts).toBe(3)
  })

  it.each([
    ['signature', [0, undefined, undefined, undefined, 0]],
    ['signature-client', [0, 0, undefined, undefined, 0]],
    ['signature-pair', [0, 0, 0, undefined, 0]],
  ] as const)('by %s counts these apart', (by, expected) => {
    const limited = limit({ alerts: 1, by })
    const alerts = [
      at(0),
      at(1, { client: '10.0.0.7' }),
      at(2, { server: '10.0.0.8' }),
      at(3),
      at(4, { sid: 7 }),
    ]
    expect(alerts.map((alert) => limited.admit(alert))).toEqual(expected)
  })

  it('follows a clock that is set back, and bears packets a little out of order', () => {
    const limited = limit({ alerts: 1 })
    expect([100, 99, 101].map((second) => limited.admit(at(second)))).toEqual([0, undefined, undefined])
    expect([10, 11].map((second) => limited.admit(at(second)))).toEqual([2, undefined])
  })

  it('remembers so many keys at most: the oldest window goes first, and counts if it still mattered', () => {
    const limited = limit({ alerts: 1 }, 2)
    const from = (client: string, second: number) => limited.admit(at(second, { client }))
    expect([from('a', 0), from('b', 1), from('b', 2), from('c', 3)]).toEqual([0, 0, undefined, 0])
    expect(limited.evictedWindows).toBe(1)
    // a was forgotten; b, which withheld one, goes for it.
    expect(from('a', 4)).toBe(0)
    expect(limited.evictedWindows).toBe(2)
    // Windows that are over and withheld nothing are no loss.
    expect([from('d', 100), from('e', 100)]).toEqual([0, 0])
    expect(limited.evictedWindows).toBe(2)
  })
})
