// Rewrites the frames of one packet so that they name nobody: hardware addresses are zero, IP addresses mapped, options
// and trailers blank, the payload what it is given, checksums right. Every length stays. It walks the headers with the
// parsers of decode/; where one stops, all that follows is zeroed, so that nothing is left that was not understood.

import { FragmentNotes } from '../../decode/fragment-key.ts'
import { layerOfProtocol, parseIpv4, parseIpv6 } from '../../decode/ip.ts'
import { Layer, Skip } from '../../decode/layer.ts'
import {
  parseEthernet,
  parseIpVersion,
  parseLink,
  parseMpls,
  parsePpp,
  parsePppoe,
} from '../../decode/link.ts'
import { parseIcmp, parseTcp, parseUdp } from '../../decode/transport.ts'
import { parseGeneve, parseGre, parseVxlan } from '../../decode/tunnel.ts'
import type { FollowedFrame, FollowedPacket } from '../../model/followed-flow.ts'
import { LinkType } from '../../model/frame.ts'
import { PacketView } from '../../model/packet-view.ts'
import type { AddressMap } from './address-map.ts'
import {
  fillChecksum,
  type PseudoHeader,
  scrubExtensions,
  scrubIpv4Options,
  scrubTcpOptions,
} from './scrub-header.ts'

const ETHERNET_ADDRESSES = 12
const NO_ENDS: PseudoHeader = { version: 4, words: [] }

/** A fragment's data, in its frame. */
interface Part {
  readonly data: Uint8Array
  readonly at: number
  readonly end: number
  /** In the datagram. */
  readonly offset: number
  /** Bytes that it had on the wire. */
  readonly size: number
}

/** @returns copies of the packet's frames with other addresses and this payload */
export function scrubPacket(
  packet: FollowedPacket,
  payload: Uint8Array,
  addresses: AddressMap,
): readonly FollowedFrame[] {
  const walk = new Walk(payload, addresses)
  const frames = packet.map((frame) => ({ ...frame, data: frame.data.slice() }))
  for (const frame of frames) walk.frame(frame)
  walk.join()
  return frames
}

class Walk {
  readonly #payload: Uint8Array
  readonly #addresses: AddressMap
  readonly #notes = new FragmentNotes()
  readonly #view = new PacketView()
  readonly #parts: Part[] = []
  /** Of the fragments: what the first one's data begins with, and between whom. */
  #protocol = 0
  #ends = NO_ENDS
  #isJoined = false

  constructor(payload: Uint8Array, addresses: AddressMap) {
    this.#payload = payload
    this.#addresses = addresses
  }

  frame({ data, wireLength, link }: FollowedFrame): void {
    const view = this.#view
    view.data = data
    view.at = 0
    view.end = data.length
    view.wireEnd = wireLength
    view.vlanDepth = 0
    view.depth = 0
    if (link === LinkType.ethernet) blank(data, 0, ETHERNET_ADDRESSES)
    else if (link === LinkType.linuxSll) blank(data, 6, 14)
    else if (link === LinkType.linuxSll2) blank(data, 12, 20)
    this.#descend(parseLink(view, link), NO_ENDS)
  }

  /** Rewrites what fragments make up together, and gives each its part of it. */
  join(): void {
    const parts = this.#parts
    if (parts.length === 0) return
    const wire = Math.max(...parts.map(({ offset, size }) => offset + size))
    const whole = new Uint8Array(wire)
    // Backwards: where fragments overlap the first stays, as when they are put together.
    for (const { data, at, end, offset } of [...parts].reverse()) whole.set(data.subarray(at, end), offset)
    const last = parts.find(({ offset, size }) => offset + size === wire)
    const view = this.#view
    view.data = whole
    view.at = 0
    view.wireEnd = wire
    view.end = last === undefined ? wire : last.offset + (last.end - last.at)
    view.protocol = this.#protocol
    this.#isJoined = true
    this.#descend(layerOfProtocol(this.#protocol), this.#ends)
    for (const { data, at, end, offset } of parts) data.set(whole.subarray(offset, offset + end - at), at)
  }

  /** Rewrites the layer that stands at the view, and all behind it. */
  #descend(layer: number, ends: PseudoHeader): void {
    const next = this.#passWrapping(layer)
    if (next !== undefined) this.#descend(next, ends)
    else if (layer === Layer.ipv4 || layer === Layer.ipv6) this.#ip(layer)
    else if (layer === Layer.tcp) this.#tcp(ends)
    else if (layer === Layer.udp) this.#udp(ends)
    else if (layer === Layer.icmp) this.#icmp(ends)
    else if (layer === Layer.gre) this.#gre(ends)
    else blank(this.#view.data, this.#view.at, this.#view.end)
  }

  /** Passes a header that has no checksum over what it wraps. @returns the next layer; undefined when it is another */
  #passWrapping(layer: number): number | undefined {
    const view = this.#view
    switch (layer) {
      case Layer.ethernet:
        view.depth++
        blank(view.data, view.at, Math.min(view.at + ETHERNET_ADDRESSES, view.end))
        return parseEthernet(view)
      case Layer.vxlan:
        return parseVxlan(view)
      case Layer.geneve:
        return parseGeneve(view)
      case Layer.mpls:
        view.depth++
        return parseMpls(view)
      case Layer.pppoe:
        return parsePppoe(view)
      case Layer.ppp:
        return parsePpp(view)
      case Layer.ip:
        return parseIpVersion(view)
      default:
        return undefined
    }
  }

  #ip(layer: number): void {
    const view = this.#view
    const { data, at, end } = view
    view.depth++
    const isV4 = layer === Layer.ipv4
    const next = isV4 ? parseIpv4(view, this.#notes, false) : parseIpv6(view, this.#notes)
    if (next >= Layer.skipped && next !== Skip.fragment) {
      blank(data, at, end)
      return
    }
    // Behind the IP packet: a trailer, or what an Ethernet frame was filled up with.
    blank(data, view.end, end)
    const ends = isV4 ? this.#mapV4(data, at, view) : this.#mapV6(data, at, view)
    if (isV4) scrubIpv4Options(data, at)
    else scrubExtensions(data, at, view.at)
    if (next === Skip.fragment) this.#part(data, ends)
    else this.#descend(next, ends)
  }

  /** A fragment: what it holds is rewritten when all are there. */
  #part(data: Uint8Array, ends: PseudoHeader): void {
    const view = this.#view
    // Fragments within fragments: what they hold is not told apart.
    if (this.#isJoined) {
      blank(data, view.at, view.end)
      return
    }
    const { offset } = this.#notes
    if (offset === 0) this.#protocol = view.protocol
    this.#ends = ends
    this.#parts.push({ data, at: view.at, end: view.end, offset, size: view.wireEnd - view.at })
  }

  #mapV4(data: Uint8Array, at: number, { src0, dst0 }: PacketView): PseudoHeader {
    const words = [this.#addresses.v4(src0), this.#addresses.v4(dst0)]
    writeWords(data, at + 12, words)
    return { version: 4, words }
  }

  #mapV6(data: Uint8Array, at: number, view: PacketView): PseudoHeader {
    const source = this.#addresses.v6([view.src0, view.src1, view.src2, view.src3])
    const target = this.#addresses.v6([view.dst0, view.dst1, view.dst2, view.dst3])
    const words = [...source, ...target]
    writeWords(data, at + 8, words)
    return { version: 6, words }
  }

  #tcp(ends: PseudoHeader): void {
    const view = this.#view
    const { data, at, wireEnd } = view
    if (parseTcp(view, false) !== Layer.done) {
      blank(data, at, view.end)
      return
    }
    scrubTcpOptions(data, at + 20, Math.min(view.at, view.end))
    this.#fill()
    fillChecksum(data, at, view.end, 16, wireEnd - at, 6, ends)
  }

  #udp(ends: PseudoHeader): void {
    const view = this.#view
    const { data, at } = view
    const next = parseUdp(view, false)
    const { end, wireEnd } = view
    if (next >= Layer.skipped) {
      blank(data, at, view.end)
      return
    }
    if (next === Layer.done) this.#fill()
    else this.#descend(next, ends)
    // Zero: the sender left it out.
    if ((data[at + 6] ?? 0) + (data[at + 7] ?? 0) > 0) fillChecksum(data, at, end, 6, wireEnd - at, 17, ends)
  }

  #icmp(ends: PseudoHeader): void {
    const view = this.#view
    const { data, at, wireEnd, protocol } = view
    if (parseIcmp(view, false) !== Layer.done) {
      blank(data, at, view.end)
      return
    }
    // Of all but queries the second word may be an address, and the rest is a packet of somebody's.
    const type = view.icmpType
    const isQuery =
      protocol === 58 ? type === 128 || type === 129 : [0, 8, 13, 14, 15, 16, 17, 18].includes(type)
    if (!isQuery) blank(data, at + 4, Math.min(at + 8, view.end))
    this.#fill()
    fillChecksum(data, at, view.end, 2, wireEnd - at, 58, protocol === 58 ? ends : undefined)
  }

  #gre(ends: PseudoHeader): void {
    const view = this.#view
    const { data, at, end, wireEnd } = view
    const hasChecksum = ((data[at] ?? 0) & 0x80) !== 0
    this.#descend(parseGre(view), ends)
    if (hasChecksum) fillChecksum(data, at, end, 4, wireEnd - at, 0, undefined)
  }

  /** Puts the payload in its place. */
  #fill(): void {
    const { data, at, end } = this.#view
    blank(data, at, end)
    if (at < end) data.set(this.#payload.subarray(0, end - at), at)
  }
}

function blank(data: Uint8Array, from: number, to: number): void {
  if (from < to) data.fill(0, from, to)
}

function writeWords(data: Uint8Array, at: number, words: readonly number[]): void {
  const view = new DataView(data.buffer, data.byteOffset)
  for (const [i, word] of words.entries()) view.setInt32(at + 4 * i, word)
}
