import { describe, expect, it } from 'vitest'
import { FragmentKeys } from '../../../src/decode/fragment-key.ts'
import { client, client6, ethernet, fragments, frame, type Layer, udp, vlan } from '../../support/packet.ts'

const keysOf = (packets: readonly Layer[]) => {
  const keys = new FragmentKeys()
  return packets.map((packet) => keys.of(frame(packet)))
}

describe('FragmentKeys', () => {
  it.each([
    ['IPv4', client],
    ['IPv6', client6],
  ])('gives all fragments of a datagram one key: %s', (_, from) => {
    const [one, ...others] = keysOf(fragments(udp(from, 100), 24))
    expect(one).not.toBe('')
    expect(new Set(others)).toEqual(new Set([one]))
  })

  it('tells datagrams, directions and VLANs apart', () => {
    const [plain] = fragments(udp(client, 100), 24)
    const [other] = fragments(udp(client, 100), 24, 8)
    const [back] = fragments(udp(client.peer, 100), 24)
    if (!plain || !other || !back) throw new Error('no fragments')
    const keys = keysOf([plain, other, back, ethernet(vlan(3, plain))])
    expect(new Set(keys).size).toBe(4)
  })

  it('gives none to what is no fragment', () => {
    const [one] = fragments(udp(client, 100), 24)
    if (!one) throw new Error('no fragments')
    expect(keysOf([one, udp(client, 1)])[1]).toBe('')
  })
})
