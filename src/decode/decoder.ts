// hot path
// Frame -> PacketView: walks the headers, takes wrappings off to a bounded depth, counts what it skips.
// Keeps what was decoded before an error, trusts no byte after it, and never throws for bad bytes.

import type { Counters } from '../model/counters.ts'
import type { Frame } from '../model/frame.ts'
import type { PacketView } from '../model/packet-view.ts'
import { parseIpv4, parseIpv6 } from './ip.ts'
import { Layer, SKIP_NAMES, Skip } from './layer.ts'
import { parseEthernet, parseIpVersion, parseLink, parseMpls, parsePpp, parsePppoe } from './link.ts'
import { parsePlainPacket } from './plain-packet.ts'
import { DEFAULT_REASSEMBLY, Reassembly, type ReassemblyBudget } from './reassembly.ts'
import { parseIcmp, parseTcp, parseUdp } from './transport.ts'
import { parseGeneve, parseGre, parseVxlan } from './tunnel.ts'

const MAX_DEPTH = 8

export interface DecoderOptions {
  /** Verify IP, TCP, UDP and ICMP checksums, and do not believe packets whose checksum is wrong. */
  readonly checksums: boolean
  readonly reassembly?: ReassemblyBudget
}

export class Decoder {
  readonly #checksums: boolean
  readonly #fragments: Reassembly
  readonly #skips = new Int32Array(SKIP_NAMES.length)

  /** @param fragments - what is done with them; they are put together unless told */
  constructor(options: DecoderOptions, fragments?: Reassembly) {
    this.#checksums = options.checksums
    this.#fragments = fragments ?? new Reassembly(options.reassembly ?? DEFAULT_REASSEMBLY)
  }

  /**
   * Decodes one frame into `view`.
   *
   * @returns true when the view holds a TCP, UDP, ICMP or ICMPv6 packet; false when the frame was
   * skipped (and counted), or is a fragment that waits for the rest of its datagram
   */
  decode(frame: Frame, view: PacketView): boolean {
    return (!this.#checksums && parsePlainPacket(frame, view)) || this.walk(frame, view)
  }

  /** As decode(), always layer by layer. */
  walk(frame: Frame, view: PacketView): boolean {
    view.data = frame.data
    view.at = frame.start
    view.end = frame.end
    view.wireLength = frame.wireLength
    view.wireEnd = frame.start + frame.wireLength
    view.source = frame.source
    view.time[0] = frame.time[0]!
    view.vlan = 0
    view.vlanDepth = 0
    view.depth = 0
    view.flags = 0
    let layer = parseLink(view, frame.link)
    while (layer < Layer.done) layer = this.#parse(layer, view)
    if (layer === Layer.done) return true
    const reason = layer - Layer.skipped
    this.#skips[reason] = this.#skips[reason]! + 1
    return false
  }

  #parse(layer: number, view: PacketView): number {
    switch (layer) {
      case Layer.ipv4:
        return ++view.depth > MAX_DEPTH ? Skip.tooDeep : parseIpv4(view, this.#fragments, this.#checksums)
      case Layer.tcp:
        return parseTcp(view, this.#checksums)
      case Layer.udp:
        return parseUdp(view, this.#checksums)
      case Layer.ipv6:
        return ++view.depth > MAX_DEPTH ? Skip.tooDeep : parseIpv6(view, this.#fragments)
      case Layer.icmp:
        return parseIcmp(view, this.#checksums)
      case Layer.ethernet:
        return ++view.depth > MAX_DEPTH ? Skip.tooDeep : parseEthernet(view)
      case Layer.gre:
        return parseGre(view)
      case Layer.vxlan:
        return parseVxlan(view)
      case Layer.geneve:
        return parseGeneve(view)
      case Layer.mpls:
        return ++view.depth > MAX_DEPTH ? Skip.tooDeep : parseMpls(view)
      case Layer.pppoe:
        return parsePppoe(view)
      case Layer.ppp:
        return parsePpp(view)
      default:
        return parseIpVersion(view)
    }
  }

  /** Forgets fragments that wait for the rest of their datagram: the next frame is of another capture. */
  reset(): void {
    this.#fragments.reset()
  }

  /** Adds what was skipped and given up to `counters`. */
  count(counters: Counters): void {
    for (const [i, name] of SKIP_NAMES.entries()) counters.add(name, this.#skips[i]!)
    counters.add('decode.abandoned_datagrams', this.#fragments.abandoned)
    counters.add('decode.overlapping_fragments', this.#fragments.overlaps)
  }
}
