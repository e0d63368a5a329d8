// hot path
// The everyday frame in one go: Ethernet, IPv4 without options or IPv6 without extension headers, no fragment,
// TCP or UDP. It fills the view exactly as the layer by layer walk does (a property test holds the two equal)
// and leaves everything else, and everything odd, to that walk.

import { type Frame, LinkType } from '../model/frame.ts'
import { type PacketView, Tcp } from '../model/packet-view.ts'
import { Protocol } from '../model/program.ts'
import { GENEVE_PORT, readWindowScale, VXLAN_PORT } from './transport.ts'

const ETHERNET_BYTES = 14
const IPV4_BYTES = 20
const IPV6_BYTES = 40
const TCP_BYTES = 20
const UDP_BYTES = 8

/** @returns false when the frame is not of that kind; the view's IP and transport fields may be half filled then */
export function parsePlainPacket(frame: Frame, view: PacketView): boolean {
  const wide = frame.wide
  const start = frame.start
  const captured = frame.end - start
  if (frame.link !== LinkType.ethernet || captured < ETHERNET_BYTES + IPV4_BYTES + UDP_BYTES) return false
  const type = wide.getUint16(start + 12)
  const ip = start + ETHERNET_BYTES
  const head = wide.getInt32(ip)
  let at = 0
  let wireEnd = 0
  let protocol = 0
  if (type === 0x0800) {
    // Version 4, five words, neither fragment offset nor more fragments.
    if (head >>> 24 !== 0x45 || (wide.getUint16(ip + 6) & 0x3fff) !== 0) return false
    at = ip + IPV4_BYTES
    wireEnd = ip + (head & 0xffff)
    protocol = wide.getUint8(ip + 9)
    view.version = 4
    view.src0 = wide.getInt32(ip + 12)
    view.dst0 = wide.getInt32(ip + 16)
  } else if (type === 0x86dd) {
    if (head >>> 28 !== 6 || captured < ETHERNET_BYTES + IPV6_BYTES + UDP_BYTES) return false
    at = ip + IPV6_BYTES
    wireEnd = at + wide.getUint16(ip + 4)
    protocol = wide.getUint8(ip + 6)
    view.version = 6
    view.src0 = wide.getInt32(ip + 8)
    view.src1 = wide.getInt32(ip + 12)
    view.src2 = wide.getInt32(ip + 16)
    view.src3 = wide.getInt32(ip + 20)
    view.dst0 = wide.getInt32(ip + 24)
    view.dst1 = wide.getInt32(ip + 28)
    view.dst2 = wide.getInt32(ip + 32)
    view.dst3 = wide.getInt32(ip + 36)
  } else return false
  if (wireEnd > start + frame.wireLength) return false
  const end = Math.min(frame.end, wireEnd)
  let payload = 0
  if (protocol === Protocol.tcp) {
    if (end - at < TCP_BYTES) return false
    const offsetFlags = wide.getUint16(at + 12)
    payload = at + ((offsetFlags >>> 12) << 2)
    if (payload < at + TCP_BYTES || payload > wireEnd) return false
    const flags = offsetFlags & 0xff
    view.seq = wide.getInt32(at + 4)
    view.ack = wide.getInt32(at + 8)
    view.flags = flags
    view.window = wide.getUint16(at + 14)
    view.windowScale =
      (flags & Tcp.SYN) !== 0 ? readWindowScale(frame.data, at + TCP_BYTES, Math.min(payload, end)) : -1
  } else if (protocol === Protocol.udp) {
    payload = at + UDP_BYTES
    if (end < payload || wide.getUint16(at + 4) !== wireEnd - at) return false
    const target = wide.getUint16(at + 2)
    if (target === VXLAN_PORT || target === GENEVE_PORT) return false
    view.flags = 0
  } else return false
  if (view.data !== frame.data) view.data = frame.data
  view.source = frame.source
  view.time[0] = frame.time[0]!
  view.wireLength = frame.wireLength
  view.vlan = 0
  view.vlanDepth = 0
  view.depth = 1
  view.protocol = protocol
  view.srcPort = wide.getUint16(at)
  view.dstPort = wide.getUint16(at + 2)
  view.at = payload
  view.end = end
  view.wireEnd = wireEnd
  view.payloadLength = wireEnd - payload
  view.payloadCaptured = end > payload ? end - payload : 0
  return true
}
