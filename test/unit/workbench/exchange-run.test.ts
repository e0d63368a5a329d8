import { describe, expect, it } from 'vitest'
import { ExchangeRun } from '../../../src/workbench/exchange-run.ts'
import type { PlainExchange } from '../../../src/workbench/plain-exchange.ts'
import { exchangeOf, programOf, THRESHOLD } from './exchanges.ts'

/** `first-last` of each hit of a statement. */
function hitsOf(statement: string, exchange: PlainExchange): readonly string[] {
  const run = new ExchangeRun(programOf(`${statement} : test`), THRESHOLD)
  return run.run(exchange).map(({ first, last }) => `${first}-${last}`)
}

const packets = (statement: string, text: string) => hitsOf(statement, exchangeOf(text))
const messages = (statement: string, text: string) => hitsOf(statement, exchangeOf(text, 'ssh'))

describe('an exchange of packets', () => {
  it('is matched by classic statements', () => {
    expect(packets('tcp * = s12 + c52 s@1', 'c1 s12 + c52 s12 s12 + c52 s12')).toEqual(['2-4', '5-7'])
    expect(packets('tcp * = s12 + c52 s@1', 's12 c52 s12')).toEqual([])
  })

  it('is matched by extended statements', () => {
    expect(packets('tcp * (c1 s1){3}', '(c1 s1){3}')).toEqual(['1-6'])
  })

  it('has a start and an end only where it says so', () => {
    expect(packets('tcp * = < c1 s2 >', '< c1 s2 >')).toEqual(['1-2'])
    expect(packets('tcp * = < c1 s2 >', 'c1 s2 >')).toEqual([])
    expect(packets('tcp * = < c1 s2 >', '< c1 s2')).toEqual([])
  })

  it('is not matched across a gap, nor is a pause known behind one', () => {
    expect(packets('tcp * = c1 s2 c3', 'c1 ! s2 c3')).toEqual([])
    expect(packets('tcp * = + c1 s2', 'c5 ! +2s c1 s2')).toEqual([])
    expect(packets('tcp * = < c1 s2', '< ! c1 s2')).toEqual([])
  })

  it('takes as long as it says', () => {
    const statement = 'tcp * c1 +2s..3s c2'
    expect(packets(statement, 'c1 +2s c2')).toEqual(['1-2'])
    expect(packets(statement, 'c1 +1999ms c2')).toEqual([])
    expect(packets('tcp * = c1 + c2', 'c1 +499ms c2')).toEqual([])
    expect(packets('tcp * = c1 + c2', 'c1 + c2')).toEqual(['1-2'])
  })

  it('has the figures that it shows, and those that it is given', () => {
    expect(packets('tcp * where s.bytes > 100 and packets = 3', 'c1 s100 s1')).toEqual(['3-3'])
    expect(packets('tcp * c1 s2 > where idle > 1s and duration > 1s', 'c1 s2 +2s >')).toEqual(['1-2'])
    expect(packets('tcp * c1 where speaks.tls = 1', 'speaks.tls=1 c1')).toEqual(['1-1'])
    expect(packets('tcp * c1 where speaks.tls = 1', 'c1')).toEqual([])
  })

  it('goes to its port', () => {
    expect(packets('tcp 2222 = c1 s2', 'port 2222: c1 s2')).toEqual(['1-2'])
    expect(packets('tcp 2222 = c1 s2', 'c1 s2')).toEqual([])
  })

  it('concerns no statement about messages, nor another protocol', () => {
    expect(packets('ssh * c* s*', 'c1 s2')).toEqual([])
    expect(hitsOf('udp * = c1 s2', exchangeOf('c1 s2', 'udp'))).toEqual(['1-2'])
    expect(hitsOf('udp * = c1 s2', exchangeOf('c1 s2', 'tcp'))).toEqual([])
  })

  it('leaves nothing behind for the next', () => {
    const run = new ExchangeRun(programOf('tcp * = c1 s2 c3 : test'), THRESHOLD)
    expect(run.run(exchangeOf('c1 s2'))).toEqual([])
    expect(run.run(exchangeOf('c3'))).toEqual([])
    expect(run.run(exchangeOf('c1 s2 c3'))).toHaveLength(1)
    expect(run.run(exchangeOf('c1 s2 c3'))[0]?.count).toBe(1)
  })
})

describe('an exchange of messages', () => {
  it('is matched by name, size and payload', () => {
    expect(messages('ssh * c:PASSWORD s:FAILURE', 'c:PASSWORD s:FAILURE')).toEqual(['1-2'])
    expect(messages('ssh * c:ssh(10) s52', 'c:ssh(10) s52')).toEqual(['1-2'])
    expect(messages('ssh * c:ssh(200)', 'c:ssh(10)')).toEqual([])
  })

  it('has phases', () => {
    const text = 'c:SERVICE_REQUEST c:NONE s:SUCCESS c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST'
    expect(messages('ssh * <newkeys c*', text)).toEqual(['1-1'])
    expect(messages('ssh * <auth c*', text)).toEqual(['2-2'])
    expect(messages('ssh * <session c*', text)).toEqual(['4-4'])
    expect(messages('ssh * <channel c*', text)).toEqual(['6-6'])
  })

  it('is measured less the round trip', () => {
    expect(messages('ssh * s* +2s.. c:PASSWORD', 's:FAILURE +2s c:PASSWORD')).toEqual(['1-2'])
    expect(messages('ssh * s* +2s..-rtt c:PASSWORD', 's:FAILURE +2s c:PASSWORD')).toEqual([])
    expect(messages('ssh * s* +2s..-rtt c:PASSWORD', 's:FAILURE +2001ms c:PASSWORD')).toEqual(['1-2'])
    const slow = '< s:VERSION +500ms c:VERSION s:KEXINIT +2s c:KEXINIT'
    expect(messages('ssh * s* +1600ms..-rtt c:KEXINIT', slow)).toEqual([])
    expect(messages('ssh * s* +1500ms..-rtt c:KEXINIT', slow)).toEqual(['3-4'])
  })

  it('knows the time before its first message unless that is the first of the flow', () => {
    expect(messages('ssh * +2s.. c:PASSWORD', '+2s c:PASSWORD')).toEqual(['1-1'])
    expect(messages('ssh * +2s.. c:VERSION', '< +2s c:VERSION')).toEqual([])
  })

  it('counts the time before an IGNORE, too', () => {
    expect(messages('ssh * +2s.. c:PASSWORD', 's:FAILURE +2s c:IGNORE c:PASSWORD')).toEqual(['3-3'])
  })

  it('has the figures of the real ones', () => {
    const text = '(+2s c:PASSWORD s:FAILURE){3}'
    expect(messages('ssh * where failures >= 3 and think.shortest > 1s', text)).toEqual(['6-6'])
    const keys = 's:SUCCESS (+120ms c:ssh(10) s:ssh(10)){9}'
    expect(messages('ssh * where c.keys >= 8 and c.keys.p50 > 60ms', keys)).toHaveLength(1)
  })

  it('has the handshake that it is given, from where it is known', () => {
    const text = '< c:VERSION s:VERSION c:KEXINIT s:KEXINIT c:KEX'
    expect(messages('ssh * where s.openssh > 9', text)).toEqual(['4-4'])
    expect(messages('ssh * where s.openssh < 8 and s.openssh > 0', `s.openssh=7.2 ${text}`)).toEqual(['4-4'])
    expect(messages('ssh * where version = 1', 'version=1 < s:VERSION c:VERSION')).toEqual(['2-2'])
  })

  it('has no payloads in the clear', () => {
    expect(messages('ssh * c:ssh(1..2000)', '< c:VERSION s:VERSION c:KEXINIT')).toEqual([])
  })

  it('is not matched across a gap', () => {
    expect(messages('ssh * c:PASSWORD s:FAILURE', 'c:PASSWORD ! s:FAILURE')).toEqual([])
    expect(messages('ssh * < c:VERSION', '< ! c:VERSION')).toEqual([])
  })
})
