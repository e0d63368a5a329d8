import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { countOctets, createSyslogFormat } from '../../../../src/output/sinks/syslog-message.ts'
import { event } from './receiving.ts'

const START = 1_795_230_000_123_456

describe('a syslog message', () => {
  it('has the header of RFC 5424, and the event as it is', () => {
    const message = createSyslogFormat('local0')(event({ time: START, line: '{"a":"ü b"}' }))
    expect(message).toBe(
      `<132>1 2026-11-21T03:00:00.123456Z ${hostname()} gait ${process.pid} alert - {"a":"ü b"}`,
    )
  })

  it.each([
    ['kern', event({ severity: 1 }), 2],
    ['user', event({ severity: 2 }), 12],
    ['local7', event({ severity: 3 }), 189],
    ['local7', event({ severity: undefined }), 189],
    ['auth', event({ type: 'stats', severity: undefined }), 38],
  ] as const)('of %s has facility and severity in one', (facility, of, priority) => {
    expect(createSyslogFormat(facility)(of)).toMatch(new RegExp(`^<${priority}>1 `))
  })

  it('says how many bytes it has, not characters', () => {
    expect(countOctets('aü')).toBe('3 aü')
  })
})
