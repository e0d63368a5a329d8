import { describe, expect, it } from 'vitest'
import { formatIpv4 } from '../../../../src/core/address.ts'
import { Decoder } from '../../../../src/decode/decoder.ts'
import { Frame } from '../../../../src/model/frame.ts'
import { PacketView } from '../../../../src/model/packet-view.ts'
import { AddressMap } from '../../../../src/workbench/extract/address-map.ts'
import { fillFrame } from '../../../../src/workbench/extract/flow-segments.ts'
import { scrubPacket } from '../../../../src/workbench/extract/scrub-packet.ts'
import {
  addressBytes,
  client,
  client6,
  ends,
  erspan2,
  erspan3,
  ethernet,
  extension,
  fragments,
  geneve,
  gre,
  icmp,
  ip,
  type Layer,
  mpls,
  nullLink,
  pppoe,
  qinq,
  sll,
  sll2,
  tcp,
  udp,
  vlan,
  vxlan,
} from '../../../support/packet.ts'
import { followed } from './frames.ts'

const SECRET = 'my secret words '
const [tunnel] = ends('192.0.2.1:5000', '192.0.2.2:4789')
const [geneveEnd] = ends('192.0.2.1:5000', '192.0.2.2:6081')
const [tunnel6] = ends('[2001:db8:9::1]:5000', '[2001:db8:9::2]:4789')
const inner = tcp(client, { seq: 5, ack: 9, options: Buffer.from([8, 10, 1, 2, 3, 4, 5, 6, 7, 8]) }, SECRET)

/** Whatever must not be left: addresses of all ends, text, hardware addresses, a TCP timestamp. */
const TRACES = [
  ...['10.0.0.1', '10.0.0.2', '2001:db8::1', '2001:db8::2', '192.0.2.1', '192.0.2.2', '2001:db8:9::1'].map(
    addressBytes,
  ),
  Buffer.from(SECRET.slice(0, 8)),
  Buffer.from('020000000002', 'hex'),
  Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]),
]

const decodable: readonly (readonly [string, readonly Layer[]])[] = [
  ['TCP', [inner]],
  ['UDP over IPv6', [udp(client6, SECRET)]],
  ['an ICMP question', [icmp(client, { type: 8, id: 77 }, SECRET)]],
  ['an ICMPv6 question', [icmp(client6, { type: 128, id: 77 }, SECRET)]],
  ['an ICMP error, which holds a packet', [icmp(client, { type: 3, code: 1 }, inner)]],
  ['VLAN tags and a trailer', [ethernet(qinq(3, vlan(4, inner)), { padTo: 120 })]],
  ['cooked frames', [sll(inner)]],
  ['cooked frames, version 2', [sll2(inner)]],
  ['loopback', [nullLink(inner)]],
  ['MPLS', [mpls([16, 17], ethernet(inner))]],
  ['PPPoE', [pppoe(inner)]],
  [
    'IPv4 options',
    [
      tcp(
        client,
        { ip: { options: Buffer.concat([Buffer.from([7, 7, 4]), addressBytes('10.0.0.1')]) } },
        SECRET,
      ),
    ],
  ],
  [
    'IPv6 extension headers',
    [udp(client6, SECRET, { ip: { extensions: [extension(0), extension(60, 2), extension(43)] } })],
  ],
  ['6in4', [ip(tunnel, udp(client6, SECRET))]],
  ['GRE with a checksum', [ip(tunnel, gre(inner, { checksum: true, key: 5 }))]],
  ['ERSPAN II', [ip(tunnel, erspan2(ethernet(inner)))]],
  ['ERSPAN III', [ip(tunnel, erspan3(ethernet(inner), { platform: true }))]],
  ['VXLAN', [udp(tunnel, vxlan(ethernet(inner)))]],
  ['VXLAN over IPv6', [udp(tunnel6, vxlan(ethernet(inner)))]],
  ['Geneve', [udp(geneveEnd, geneve(ethernet(inner), Buffer.alloc(8)))]],
  ['fragments', fragments(udp(client, SECRET.repeat(5)), 24)],
  ['fragments of IPv6', fragments(udp(client6, SECRET.repeat(5)), 24)],
  ['fragments in any order', fragments(inner, 24).toReversed()],
  ['a tunnel in fragments', fragments(udp(tunnel, vxlan(ethernet(inner))), 40)],
]

const fields = ({
  version,
  protocol,
  srcPort,
  dstPort,
  seq,
  ack,
  flags,
  payloadLength,
  vlan: tags,
  depth,
}: PacketView) => ({ version, protocol, srcPort, dstPort, seq, ack, flags, payloadLength, tags, depth })

function decode(frames: Parameters<typeof scrubPacket>[0], checksums: boolean): PacketView {
  const decoder = new Decoder({ checksums })
  const view = new PacketView()
  const frame = new Frame()
  let isWhole = false
  for (const one of frames) {
    fillFrame(frame, one)
    isWhole = decoder.decode(frame, view)
  }
  expect(isWhole).toBe(true)
  return view
}

describe('scrubPacket', () => {
  it.each(decodable)('leaves no trace in %s, and all that Gait reads', (_, layers) => {
    const frames = layers.map((layer, i) => followed(layer, i))
    const scrubbed = scrubPacket(frames, new Uint8Array(0), new AddressMap('k'))
    expect(scrubbed.map(({ data }) => data.length)).toEqual(frames.map(({ data }) => data.length))
    for (const { data } of scrubbed)
      for (const trace of TRACES) expect(Buffer.from(data).includes(trace), trace.toString('hex')).toBe(false)
    // With checksums: those of all layers are right.
    expect(fields(decode(scrubbed, true))).toEqual(fields(decode(frames, false)))
  })

  it('puts the payload given in the place of the old', () => {
    const payload = Buffer.from('SSH-2.0-x\r\n')
    for (const layers of [[inner], fragments(inner, 24)]) {
      const frames = layers.map((layer, i) => followed(layer, i))
      const view = decode(scrubPacket(frames, payload, new AddressMap('k')), true)
      const text = Buffer.from(view.data.subarray(view.at, view.end)).toString()
      expect(text).toBe('SSH-2.0-x\r\n'.padEnd(SECRET.length, '\0'))
    }
  })

  it('maps both ends by the key', () => {
    const addresses = new AddressMap('k')
    const view = decode(scrubPacket([followed(inner)], new Uint8Array(0), addresses), true)
    expect(formatIpv4(view.src0)).toBe(addresses.text('10.0.0.1'))
    expect(formatIpv4(view.dst0)).toBe(addresses.text('10.0.0.2'))
  })

  it('leaves nothing of what was cut off, nor of what it does not understand', () => {
    const cut = followed(inner, 0, 60)
    const odd = [
      cut,
      followed(ip(client, ethernet(inner), { protocol: 99 })),
      followed(ethernet(inner, { type: 0x9999 })),
    ]
    for (const frame of odd) {
      const [{ data } = frame] = scrubPacket([frame], new Uint8Array(0), new AddressMap('k'))
      expect(data.length).toBe(frame.data.length)
      for (const trace of TRACES) expect(Buffer.from(data).includes(trace)).toBe(false)
    }
  })

  it('does not touch the frames that it is given', () => {
    const frame = followed(inner)
    const before = Buffer.from(frame.data)
    scrubPacket([frame], new Uint8Array(0), new AddressMap('k'))
    expect(Buffer.compare(before, frame.data)).toBe(0)
  })
})
