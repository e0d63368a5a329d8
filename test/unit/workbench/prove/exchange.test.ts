import { describe, expect, it } from 'vitest'
import { accepts, formatExchange, type ImaginedExchange } from '../../../../src/workbench/prove/exchange.ts'
import { signature } from '../signatures.ts'

const element = { direction: 0, size: 12, message: 0, payload: undefined, delay: 1000 } as const
const exchange: ImaginedExchange = {
  protocol: 'tcp',
  port: 22,
  start: 'flow',
  atEnd: true,
  elements: [element, { ...element, direction: 1, size: 20, delay: 2_000_000 }],
  figures: new Map(),
}

describe('accepts', () => {
  it('asks the slow matchers, of all elements together', () => {
    expect(accepts(signature('tcp 22 = < c12 + s20 >'), exchange, 500_000)).toBe(true)
    expect(accepts(signature('tcp 22 < c12 +2s..3s s20 >'), exchange, 500_000)).toBe(true)
    expect(accepts(signature('tcp 22 = c12'), exchange, 500_000)).toBe(false)
    expect(accepts(signature('tcp 23 = c12 + s20'), exchange, 500_000)).toBe(false)
    expect(accepts(signature('tcp 22 = c12 s20'), exchange, 500_000)).toBe(false)
  })

  it('knows phases and figures', () => {
    const ssh = { ...exchange, protocol: 'ssh', start: 'auth', figures: new Map([['failures', 3]]) } as const
    expect(accepts(signature('ssh * <auth c* s* where failures = 3'), ssh, 500_000)).toBe(true)
    expect(accepts(signature('ssh * <session c* s*'), ssh, 500_000)).toBe(false)
    expect(accepts(signature('ssh * c* s* where failures = 4'), ssh, 500_000)).toBe(false)
    expect(accepts(signature('tcp * c* + s*'), ssh, 500_000)).toBe(false)
  })
})

describe('formatExchange', () => {
  it('writes it as examples are written', () => {
    expect(formatExchange(exchange, 500_000, true)).toBe('port 22: < c12 +2s s20 >')
    expect(formatExchange({ ...exchange, start: 'anywhere', atEnd: false }, 2_000_000, false)).toBe(
      'c12 + s20',
    )
    const odd = {
      ...exchange,
      elements: [
        { ...element, delay: 700_000 },
        { ...element, delay: 1_234_567 },
      ],
    }
    expect(formatExchange(odd, 500_000, false)).toBe('< +700ms c12 +1234567us c12 >')
  })

  it('names messages and payloads', () => {
    const messages = [
      { ...element, message: 1 },
      { ...element, payload: { low: 10, high: 10 } },
    ]
    const ssh = {
      ...exchange,
      protocol: 'ssh',
      start: 'session',
      elements: messages,
      figures: new Map([['version', 2]]),
    } as const
    expect(formatExchange(ssh, 500_000, false)).toBe('<session c:VERSION c:ssh(10) > where version = 2')
  })
})
