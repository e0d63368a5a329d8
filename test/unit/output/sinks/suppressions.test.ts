import { describe, expect, it } from 'vitest'
import type { SuppressRule } from '../../../../src/model/output-options.ts'
import { Suppressions } from '../../../../src/output/sinks/suppressions.ts'
import { event } from './receiving.ts'

function rule(fields: Partial<SuppressRule>): SuppressRule {
  return { sid: undefined, class: undefined, network: undefined, end: 'either', ...fields }
}

const covers = (fields: Partial<SuppressRule>, ends: { client?: string; server?: string } = {}): boolean =>
  new Suppressions([rule(fields)]).covers(event(ends))

describe('a suppression', () => {
  it('covers a signature, a class, or a part of the classes', () => {
    expect(covers({ sid: 1000003 })).toBe(true)
    expect(covers({ sid: 1 })).toBe(false)
    expect(covers({ class: 'ssh.*' })).toBe(true)
    expect(covers({ class: 'actor.*' })).toBe(false)
  })

  it.each([
    ['10.0.0.0/8', 'client', true],
    ['10.0.0.0/8', 'server', true],
    ['10.0.0.1', 'client', true],
    ['10.0.0.1', 'server', false],
    ['10.0.0.1', 'either', true],
    ['10.0.0.2/32', 'client', false],
    ['10.0.0.2/32', 'either', true],
    ['10.0.0.0/31', 'server', false],
    ['192.168.0.0/16', 'either', false],
    ['::/0', 'either', false],
    ['0.0.0.0/0', 'client', true],
  ] as const)('of %s asks the %s', (network, end, expected) => {
    expect(covers({ network, end })).toBe(expected)
  })

  it.each([
    ['2001:db8::/32', '2001:db8:1::7', true],
    ['2001:db8::/32', '2001:db9::7', false],
    ['2001:db8::7', '2001:db8::7', true],
    ['fe80::/10', 'fe80::1', true],
    ['10.0.0.0/8', 'fe80::1', false],
  ])('knows networks of IPv6: %s of %s', (network, client, expected) => {
    expect(covers({ network, end: 'client' }, { client })).toBe(expected)
  })

  it('covers only what all of it fits', () => {
    const all = { sid: 1000003, class: 'ssh.auth.failure', network: '10.0.0.1', end: 'client' } as const
    expect(covers(all)).toBe(true)
    for (const other of [
      { sid: 7 },
      { class: 'ssh.shell' },
      { network: '10.0.0.9' },
      { end: 'server' as const },
    ])
      expect(covers({ ...all, ...other })).toBe(false)
  })

  it('covers alerts alone', () => {
    const all = new Suppressions([rule({ network: '0.0.0.0/0' })])
    expect(all.covers(event())).toBe(true)
    expect(all.covers(event({ type: 'flow' }))).toBe(false)
    expect(all.covers(event({ client: undefined, server: undefined }))).toBe(false)
  })

  it('is one of several', () => {
    const several = new Suppressions([rule({ sid: 1 }), rule({ class: 'ssh.auth.*' })])
    expect(several.covers(event())).toBe(true)
    expect(new Suppressions([]).covers(event())).toBe(false)
  })
})
