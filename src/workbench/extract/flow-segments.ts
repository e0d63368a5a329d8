// The payloads of a flow's packets, as the flow table sees them: which end sent them, and where in its stream.

import { formatIpv4, formatIpv6 } from '../../core/address.ts'
import { Decoder } from '../../decode/decoder.ts'
import type { FollowedFrame, FollowedPacket } from '../../model/followed-flow.ts'
import { Frame } from '../../model/frame.ts'
import { PacketView, Tcp } from '../../model/packet-view.ts'
import { Protocol } from '../../model/program.ts'
import { nameEnd } from '../flow-name.ts'

/** What one packet brought. */
export interface Segment {
  /** Who sent it, as reports name an end. */
  readonly sender: string
  /** TCP: sequence number of the first byte; undefined for datagrams. */
  readonly seq: number | undefined
  readonly isSyn: boolean
  /** What was captured of the payload. */
  readonly bytes: Uint8Array
  /** All of it. */
  readonly size: number
}

/** @returns a segment for each packet; undefined for one that cannot be decoded by itself */
export function readSegments(packets: readonly FollowedPacket[]): readonly (Segment | undefined)[] {
  const decoder = new Decoder({ checksums: false })
  const view = new PacketView()
  const frame = new Frame()
  return packets.map((packet) => {
    let isWhole = false
    for (const part of packet) {
      fillFrame(frame, part)
      isWhole = decoder.decode(frame, view)
    }
    decoder.reset()
    return isWhole ? segmentOf(view) : undefined
  })
}

/** Points a frame at copied bytes. */
export function fillFrame(frame: Frame, { data, wireLength, link, time }: FollowedFrame): void {
  frame.data = data
  frame.wide = new DataView(data.buffer, data.byteOffset, data.length)
  frame.start = 0
  frame.end = data.length
  frame.wireLength = wireLength
  frame.link = link
  frame.time[0] = time
}

function segmentOf(view: PacketView): Segment {
  const isTcp = view.protocol === Protocol.tcp
  const isSyn = isTcp && (view.flags & Tcp.SYN) !== 0
  return {
    sender: senderOf(view),
    seq: isTcp ? (view.seq + (isSyn ? 1 : 0)) | 0 : undefined,
    isSyn,
    bytes: view.data.slice(view.at, view.at + view.payloadCaptured),
    size: view.payloadLength,
  }
}

function senderOf(view: PacketView): string {
  const hasPorts = view.protocol === Protocol.tcp || view.protocol === Protocol.udp
  const { src0, src1, src2, src3 } = view
  const address = view.version === 6 ? formatIpv6([src0, src1, src2, src3]) : formatIpv4(src0)
  return nameEnd({ address, port: hasPorts ? view.srcPort : undefined })
}
