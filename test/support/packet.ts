// Packets spelled out layer by layer: ethernet(vlan(7, tcp(client, { seq: 1 }, 'SSH-2.0-x\r\n'))).
// Lengths, checksums and type fields follow from what is wrapped; each can be overridden to lie.

import { Frame, LinkType } from '../../src/model/frame.ts'
import { Tcp } from '../../src/model/packet-view.ts'

/** Text stands for its bytes, a number for that many filler bytes. */
export type Content = string | number | Uint8Array | Layer

/** One header with all that it carries. */
export interface Layer {
  readonly kind: Kind
  readonly bytes: Buffer
}

type Kind = keyof typeof ETHER_TYPES | keyof typeof IP_PROTOCOLS | keyof typeof LINKS | 'bytes'

const ETHER_TYPES = {
  ipv4: 0x0800,
  ipv6: 0x86dd,
  vlan: 0x8100,
  qinq: 0x88a8,
  mpls: 0x8847,
  pppoe: 0x8864,
  ethernet: 0x6558,
} as const
const IP_PROTOCOLS = { icmp: 1, ipv4: 4, tcp: 6, udp: 17, ipv6: 41, gre: 47, icmpv6: 58, mpls: 137 } as const
const LINKS = {
  ethernet: LinkType.ethernet,
  ipv4: LinkType.raw,
  ipv6: LinkType.raw,
  sll: LinkType.linuxSll,
  sll2: LinkType.linuxSll2,
  null: LinkType.null,
  loop: LinkType.loop,
  pppoe: LinkType.pppoe,
} as const

/** One end of a conversation. */
export interface End {
  readonly address: string
  readonly port: number
  readonly peer: End
}

/** Two ends that talk: ends('10.0.0.1:40000', '[::1]:22'). */
export function ends(one: string, two: string): [End, End] {
  const a = { ...parseEnd(one), peer: undefined as unknown as End }
  const b = { ...parseEnd(two), peer: a }
  a.peer = b
  return [a, b]
}

function parseEnd(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':')
  return { address: text.slice(0, colon).replace(/[[\]]/g, ''), port: Number(text.slice(colon + 1)) }
}

export const [client, server] = ends('10.0.0.1:40000', '10.0.0.2:22')
export const [client6, server6] = ends('[2001:db8::1]:40000', '[2001:db8::2]:22')

// --- links

export function ethernet(content: Layer, fields: { readonly type?: number; readonly padTo?: number } = {}) {
  const bytes = Buffer.concat([Buffer.from('0200000000020200000000010000', 'hex'), content.bytes])
  bytes.writeUInt16BE(fields.type ?? etherType(content), 12)
  return layer('ethernet', bytes, Buffer.alloc(Math.max(0, (fields.padTo ?? 0) - bytes.length), 0xaa))
}

/** An 802.1Q tag, to be put into an Ethernet or cooked frame. */
export function vlan(id: number, content: Layer): Layer {
  return layer('vlan', u16(0xa000 | id), u16(etherType(content)), content)
}

/** An 802.1ad service tag. */
export function qinq(id: number, content: Layer): Layer {
  return layer('qinq', u16(id), u16(etherType(content)), content)
}

export function mpls(labels: readonly number[], content: Layer): Layer {
  const last = labels.length - 1
  const stack = labels.map((label, i) => u32(label * 4096 + (i === last ? 256 : 0) + 64))
  const control = content.kind === 'ethernet' ? [Buffer.alloc(4)] : []
  return layer('mpls', ...stack, ...control, content)
}

export function pppoe(content: Layer): Layer {
  const protocol = u16(content.kind === 'ipv6' ? 0x57 : 0x21)
  return layer('pppoe', u16(0x1100), u16(1), u16(content.bytes.length + 2), protocol, content)
}

export function sll(content: Layer): Layer {
  return layer('sll', Buffer.alloc(14), u16(etherType(content)), content)
}

export function sll2(content: Layer): Layer {
  return layer('sll2', u16(etherType(content)), Buffer.alloc(18), content)
}

/** BSD loopback as a host of either byte order writes it; `family` is AF_INET6's for IPv6. */
export function nullLink(content: Layer, order: 'big' | 'little' = 'little', family = 30): Layer {
  const header = u32(content.kind === 'ipv6' ? family : 2)
  return layer('null', order === 'big' ? header : header.reverse(), content)
}

/** OpenBSD loopback. */
export function loop(content: Layer): Layer {
  return layer('loop', u32(content.kind === 'ipv6' ? 24 : 2), content)
}

function etherType(content: Layer): number {
  return ETHER_TYPES[content.kind as keyof typeof ETHER_TYPES] ?? 0x88b5
}

// --- wrappings

export interface GreFields {
  readonly type?: number
  readonly checksum?: boolean
  readonly key?: number
  readonly sequence?: number
  /** PPTP's version 1 carries it. */
  readonly acknowledgment?: number
  readonly version?: number
}

export function gre(content: Layer, fields: GreFields = {}): Layer {
  const { checksum, key, sequence, acknowledgment, version = 0 } = fields
  const parts = [checksum ? 0 : undefined, key, sequence, acknowledgment]
  const bits = [0x8000, 0x2000, 0x1000, 0x0080]
  const flags = bits.reduce((sum, bit, i) => sum | (parts[i] === undefined ? 0 : bit), version)
  const words = parts.filter((part) => part !== undefined).map(u32)
  return layer('gre', u16(flags), u16(fields.type ?? etherType(content)), ...words, content)
}

/** Type I has no header of its own; II and III name the mirrored VLAN and how its tag was treated. */
export interface ErspanFields {
  readonly vlan?: number
  /** Type II: 0 untagged, 2 tag taken off, 3 tag still in the frame. Type III: 3 is a bad frame. */
  readonly bits?: number
  /** Type III: 0 Ethernet, 2 IP. */
  readonly frameType?: number
  /** Type III: hardware id, six bits. */
  readonly hardware?: number
  readonly platform?: boolean
}

export function erspan1(content: Layer): Layer {
  return gre(content, { type: 0x88be })
}

export function erspan2(content: Layer, fields: ErspanFields = {}): Layer {
  const header = layer('bytes', u16(0x1000 | (fields.vlan ?? 0)), u16((fields.bits ?? 0) << 11), u32(5))
  return gre(layer('bytes', header, content), { type: 0x88be, sequence: 9 })
}

export function erspan3(content: Layer, fields: ErspanFields = {}): Layer {
  const { frameType = content.kind === 'ethernet' ? 0 : 2, hardware = 0, platform = false } = fields
  const last = (frameType << 10) | (hardware << 4) | (platform ? 1 : 0)
  const head = [u16(0x2000 | (fields.vlan ?? 0)), u16((fields.bits ?? 0) << 11), u32(0), u16(0), u16(last)]
  const header = layer('bytes', ...head, Buffer.alloc(platform ? 8 : 0, 0xee))
  return gre(layer('bytes', header, content), { type: 0x22eb, sequence: 9 })
}

/** Goes into a UDP datagram to port 4789. */
export function vxlan(content: Layer, vni = 5): Layer {
  return layer('bytes', u32(0x08000000), u32(vni * 256), content)
}

/** Goes into a UDP datagram to port 6081; `options` in multiples of 4 bytes. */
export function geneve(content: Layer, options = Buffer.alloc(0)): Layer {
  return layer(
    'bytes',
    u16((options.length / 4) << 8),
    u16(etherType(content)),
    u32(5 * 256),
    options,
    content,
  )
}

// --- network

export interface IpFields {
  readonly id?: number
  /** IPv4 options, padded to 4 bytes. */
  readonly options?: Uint8Array
  /** IPv6 extension headers, outermost first: [protocol number, bytes from the length byte on]. */
  readonly extensions?: readonly (readonly [number, Uint8Array])[]
  readonly protocol?: number
  /** IPv4 total length, or IPv6 payload length. */
  readonly length?: number
  readonly checksum?: number
  readonly fragment?: { readonly offset: number; readonly more: boolean }
}

/** The next header of an IPv6 packet without further content. */
const NO_NEXT_HEADER = 59

/** An IP packet from `from` to its peer, IPv4 or IPv6 after the addresses. */
export function ip(from: End, content: Layer, fields: IpFields = {}): Layer {
  const protocol =
    fields.protocol ?? IP_PROTOCOLS[content.kind as keyof typeof IP_PROTOCOLS] ?? NO_NEXT_HEADER
  return from.address.includes(':')
    ? ipv6(from, content, protocol, fields)
    : ipv4(from, content, protocol, fields)
}

function ipv4(from: End, content: Layer, protocol: number, fields: IpFields): Layer {
  const options = pad(Buffer.from(fields.options ?? []), 4)
  const header = Buffer.alloc(20 + options.length)
  header[0] = 0x40 | (header.length / 4)
  header.writeUInt16BE(fields.length ?? header.length + content.bytes.length, 2)
  header.writeUInt16BE(fields.id ?? 0, 4)
  if (fields.fragment)
    header.writeUInt16BE((fields.fragment.offset / 8) | (fields.fragment.more ? 0x2000 : 0), 6)
  header[8] = 64
  header[9] = protocol
  header.set(addressBytes(from.address), 12)
  header.set(addressBytes(from.peer.address), 16)
  header.set(options, 20)
  header.writeUInt16BE(fields.checksum ?? checksum(header), 10)
  return layer('ipv4', header, content)
}

function ipv6(from: End, content: Layer, protocol: number, fields: IpFields): Layer {
  const { fragment } = fields
  const fragmentHeader: [number, Uint8Array] | undefined = fragment && [
    44,
    Buffer.concat([Buffer.alloc(1), u16(fragment.offset | (fragment.more ? 1 : 0)), u32(fields.id ?? 0)]),
  ]
  const extensions = [...(fields.extensions ?? []), ...(fragmentHeader ? [fragmentHeader] : [])]
  const chain = extensions.map(([, rest], i) => Buffer.from([extensions[i + 1]?.[0] ?? protocol, ...rest]))
  const header = Buffer.alloc(40)
  header[0] = 0x60
  header.writeUInt16BE(fields.length ?? byteLength(chain) + content.bytes.length, 4)
  header[6] = extensions[0]?.[0] ?? protocol
  header[7] = 64
  header.set(addressBytes(from.address), 8)
  header.set(addressBytes(from.peer.address), 24)
  return layer('ipv6', header, ...chain, content)
}

/** Hop-by-hop (0), routing (43) or destination options (60) header of `units` times 8 bytes, all padding. */
export function extension(type: 0 | 43 | 60, units = 1): readonly [number, Uint8Array] {
  const rest = Buffer.alloc(units * 8 - 1)
  rest[0] = units - 1
  // One PadN option; a routing header without segments left has zeros there.
  if (type !== 43) rest.set([1, units * 8 - 4], 1)
  return [type, rest]
}

/** The bytes from `start` to `end` of an IP packet's payload as a fragment of it; offsets in multiples of 8. */
export function fragment(packet: Layer, start: number, end: number, id = 7): Layer {
  const isV6 = packet.kind === 'ipv6'
  const headerLength = isV6 ? 40 : (packet.bytes.readUInt8(0) & 15) * 4
  const header = Buffer.from(packet.bytes.subarray(0, headerLength))
  const all = packet.bytes.subarray(headerLength)
  const more = end < all.length ? 1 : 0
  const data = all.subarray(start, end)
  if (isV6) {
    header.writeUInt16BE(data.length + 8, 4)
    const own = Buffer.concat([Buffer.from([header[6] ?? 0, 0]), u16(start | more), u32(id)])
    header[6] = 44
    return layer('ipv6', header, own, data)
  }
  header.writeUInt16BE(headerLength + data.length, 2)
  header.writeUInt16BE(id, 4)
  header.writeUInt16BE((start / 8) | (more << 13), 6)
  header.writeUInt16BE(0, 10)
  header.writeUInt16BE(checksum(header), 10)
  return layer('ipv4', header, data)
}

/** An IP packet cut into fragments of `size` payload bytes, a multiple of 8. */
export function fragments(packet: Layer, size: number, id = 7): Layer[] {
  const length = packet.bytes.length - (packet.kind === 'ipv6' ? 40 : (packet.bytes.readUInt8(0) & 15) * 4)
  const count = Math.ceil(length / size)
  return Array.from({ length: count }, (_, i) =>
    fragment(packet, i * size, Math.min((i + 1) * size, length), id),
  )
}

// --- transport

export interface TcpFields {
  readonly seq?: number
  readonly ack?: number
  /** Letters as tcpdump prints them: S, F, R, P, A, U. Without any: A when `ack` is given, else none. */
  readonly flags?: string
  readonly window?: number
  /** Of the window scale option. */
  readonly windowScale?: number
  readonly options?: Uint8Array
  readonly checksum?: number
  readonly ip?: IpFields
}

const FLAGS: Readonly<Record<string, number>> = {
  S: Tcp.SYN,
  F: Tcp.FIN,
  R: Tcp.RST,
  P: Tcp.PSH,
  A: Tcp.ACK,
  U: Tcp.URG,
}

export function tcp(from: End, fields: TcpFields = {}, content: Content = 0): Layer {
  const scale = fields.windowScale === undefined ? [] : [1, 3, 3, fields.windowScale]
  const options = pad(Buffer.from([...scale, ...(fields.options ?? [])]), 4)
  const bytes = Buffer.concat([Buffer.alloc(20), options, toBytes(content)])
  const letters = fields.flags ?? (fields.ack === undefined ? '' : 'A')
  bytes.writeUInt16BE(from.port, 0)
  bytes.writeUInt16BE(from.peer.port, 2)
  bytes.writeUInt32BE((fields.seq ?? 0) >>> 0, 4)
  bytes.writeUInt32BE((fields.ack ?? 0) >>> 0, 8)
  bytes[12] = (5 + options.length / 4) << 4
  bytes[13] = [...letters].reduce((sum, letter) => sum | (FLAGS[letter] ?? 0), 0)
  bytes.writeUInt16BE(fields.window ?? 64240, 14)
  bytes.writeUInt16BE(fields.checksum ?? checksum(pseudoHeader(from, 6, bytes.length), bytes), 16)
  return ip(from, layer('tcp', bytes), fields.ip)
}

export interface UdpFields {
  readonly length?: number
  readonly checksum?: number
  readonly ip?: IpFields
}

export function udp(from: End, content: Content = 0, fields: UdpFields = {}): Layer {
  const bytes = Buffer.concat([Buffer.alloc(8), toBytes(content)])
  bytes.writeUInt16BE(from.port, 0)
  bytes.writeUInt16BE(from.peer.port, 2)
  bytes.writeUInt16BE(fields.length ?? bytes.length, 4)
  const sum = checksum(pseudoHeader(from, 17, bytes.length), bytes)
  bytes.writeUInt16BE(fields.checksum ?? (sum || 0xffff), 6)
  return ip(from, layer('udp', bytes), fields.ip)
}

export interface IcmpFields {
  readonly type: number
  readonly code?: number
  readonly id?: number
  readonly checksum?: number
  readonly ip?: IpFields
}

/** ICMP between IPv4 ends, ICMPv6 between IPv6 ends; `content` follows the first 8 bytes. */
export function icmp(from: End, fields: IcmpFields, content: Content = 0): Layer {
  const isV6 = from.address.includes(':')
  const bytes = Buffer.concat([
    Buffer.from([fields.type, fields.code ?? 0, 0, 0, 0, 0, 0, 1]),
    toBytes(content),
  ])
  bytes.writeUInt16BE(fields.id ?? 0, 4)
  const pseudo = isV6 ? pseudoHeader(from, 58, bytes.length) : Buffer.alloc(0)
  bytes.writeUInt16BE(fields.checksum ?? checksum(pseudo, bytes), 2)
  return ip(from, layer(isV6 ? 'icmpv6' : 'icmp', bytes), fields.ip)
}

// --- frames

export interface FrameFields {
  /** Arrival, seconds. */
  readonly time?: number
  /** Bytes that the capture holds, at most. */
  readonly snaplen?: number
  readonly wireLength?: number
  readonly source?: number
  /** LINKTYPE_ value. */
  readonly link?: number
  /** What stands before and behind the frame in the reader's buffer. */
  readonly surroundings?: number
  /** What follows at once behind the frame, before the surroundings: perhaps what the capture cut off. */
  readonly behind?: Uint8Array
}

export function frame(content: Layer, fields: FrameFields = {}): Frame {
  const captured = content.bytes.subarray(0, fields.snaplen)
  const around = Buffer.alloc(64, fields.surroundings ?? 0x5a)
  const made = new Frame()
  made.data = new Uint8Array(Buffer.concat([around, captured, fields.behind ?? Buffer.alloc(0), around]))
  made.wide = new DataView(made.data.buffer)
  made.start = around.length
  made.end = around.length + captured.length
  made.wireLength = fields.wireLength ?? content.bytes.length
  made.link = fields.link ?? LINKS[content.kind as keyof typeof LINKS] ?? -1
  made.source = fields.source ?? 0
  made.time[0] = Math.round((fields.time ?? 0) * 1e6)
  return made
}

// --- bytes

/** Joined parts under one name; `kind` tells an outer layer what it carries. */
export function layer(kind: Kind, ...parts: readonly (Uint8Array | Layer)[]): Layer {
  return { kind, bytes: Buffer.concat(parts.map((part) => ('kind' in part ? part.bytes : part))) }
}

export function toBytes(content: Content): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'latin1')
  if (typeof content === 'number') return Buffer.alloc(content, 0x78)
  return 'kind' in content ? content.bytes : content
}

/** RFC 1071 over all parts joined; only the last may have an odd length. */
function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0
  for (const part of parts)
    for (let i = 0; i < part.length; i += 2) sum += (part[i] ?? 0) * 256 + (part[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000)
  return 0xffff - sum
}

function pseudoHeader(from: End, protocol: number, length: number): Buffer {
  return Buffer.concat([
    addressBytes(from.address),
    addressBytes(from.peer.address),
    u32(protocol),
    u32(length),
  ])
}

/** 4 bytes of a dotted quad, or 16 of an IPv6 address. */
export function addressBytes(text: string): Buffer {
  if (!text.includes(':')) return Buffer.from(text.split('.').map(Number))
  const [head = [], tail = []] = text
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return Buffer.concat([...head, ...zeros, ...tail].map((group) => u16(Number.parseInt(group, 16))))
}

function byteLength(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function pad(bytes: Buffer, unit: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((unit - (bytes.length % unit)) % unit)])
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
