import { describe, expect, it } from 'vitest'
import { mayBeOf, parseFlowEnds } from '../../../../src/workbench/flows/flow-ends.ts'
import {
  client,
  client6,
  ends,
  ethernet,
  frame,
  ip,
  server,
  tcp,
  udp,
  vlan,
  vxlan,
} from '../../../support/packet.ts'

describe('parseFlowEnds', () => {
  it('takes addresses with and without ports', () => {
    expect(parseFlowEnds('10.0.0.1:40000>10.0.0.2:22')).toEqual({
      one: { words: [0x0a000001], port: 40000 },
      other: { words: [0x0a000002], port: 22 },
    })
    expect(parseFlowEnds('10.0.0.1 > 10.0.0.2').other).toEqual({ words: [0x0a000002], port: undefined })
    expect(parseFlowEnds('[2001:db8::1]:40000>2001:db8::2').one).toEqual({
      words: [0x20010db8, 0, 0, 1],
      port: 40000,
    })
    expect(parseFlowEnds('[2001:db8::1]:40000>2001:db8::2').other.port).toBeUndefined()
  })

  it.each([
    '',
    'x',
    '10.0.0.1',
    '10.0.0.1>x',
    '10.0.0.1:99999>10.0.0.2',
    'a>b>c',
    '10.0.0.1>10.0.0.2>10.0.0.3',
  ])('refuses %j', (text) => {
    expect(() => parseFlowEnds(text)).toThrow('names no flow')
  })
})

describe('mayBeOf', () => {
  const four = parseFlowEnds('10.0.0.1:40000>10.0.0.2:22')
  const six = parseFlowEnds('[2001:db8::2]:22>[2001:db8::1]:40000')

  it('finds both directions, however they are wrapped', () => {
    expect(mayBeOf(four, frame(ethernet(ip(client, tcp(client)))))).toBe(true)
    expect(mayBeOf(four, frame(ethernet(ip(server, tcp(server)))))).toBe(true)
    expect(mayBeOf(four, frame(ethernet(vlan(7, ip(client, tcp(client))))))).toBe(true)
    expect(mayBeOf(six, frame(ethernet(ip(client6, tcp(client6)))))).toBe(true)
    const [outer] = ends('192.0.2.1:5000', '192.0.2.2:4789')
    const inner = vxlan(ethernet(ip(client, tcp(client))))
    expect(mayBeOf(four, frame(ethernet(ip(outer, udp(outer, inner)))))).toBe(true)
  })

  it('passes by what is of other hosts', () => {
    const [other] = ends('10.0.0.1:40000', '10.0.0.3:22')
    expect(mayBeOf(four, frame(ethernet(ip(other, tcp(other)))))).toBe(false)
    expect(mayBeOf(six, frame(ethernet(ip(client, tcp(client)))))).toBe(false)
    expect(mayBeOf(four, frame(ethernet(ip(client6, tcp(client6)))))).toBe(false)
  })
})
