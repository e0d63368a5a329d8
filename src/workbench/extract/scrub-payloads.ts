// What of a flow's payload stays readable in an anonymous extract: as little as Gait itself reads. All else is zero,
// and every length is kept. Of SSH that is the handshake's clear part and the length fields that are sent in the
// clear (scrub-ssh.ts); of other protocols the few first bytes that tell which protocol it is.

import { recogniseDatagram, recogniseStream } from '../../exchange/app-protocol.ts'
import { Direction } from '../../model/program.ts'
import type { FlowFacts } from '../../model/report.ts'
import { nameEnd } from '../flow-name.ts'
import type { Segment } from './flow-segments.ts'
import { scrubSsh } from './scrub-ssh.ts'
import { readStream, type SideStream } from './side-stream.ts'

/** Bytes that may stay for the sake of the protocol's name. */
const MOST_KEPT = 8
/** A greeting that no short beginning tells: the word that does, behind its number. */
const GREETINGS = ['FTP', 'MTP']

/**
 * @param flow - at its end
 * @returns for each segment the bytes to stand in the place of its own, as many
 */
export function scrubPayloads(
  segments: readonly (Segment | undefined)[],
  flow: FlowFacts,
): readonly (Uint8Array | undefined)[] {
  const clear: (Uint8Array | undefined)[] = segments.map(
    (segment) => segment && new Uint8Array(segment.bytes.length),
  )
  const client = nameEnd(flow.client)
  const sides = [Direction.client, Direction.server].map((direction) => ({
    direction,
    of: (segment: Segment) => (segment.sender === client) === (direction === Direction.client),
  }))
  if (flow.protocol !== 'TCP') {
    for (const { direction, of } of sides) {
      const first = segments.findIndex(
        (segment) => segment !== undefined && of(segment) && segment.bytes.length > 0,
      )
      const bytes = segments[first]?.bytes
      if (bytes !== undefined) clear[first] = nameable(bytes, namesDatagram(flow, direction))
    }
    return clear
  }
  const streams = sides.map(({ of }) =>
    readStream(segments.map((segment) => (segment !== undefined && of(segment) ? segment : undefined))),
  )
  const [toServer, toClient] = streams
  if (toServer === undefined || toClient === undefined) return clear
  const isSsh = flow.appProtocol === 'ssh'
  const scrubbed = isSsh
    ? scrubSsh(toServer, toClient)
    : sides.map(({ direction }, side) => scrubHead(streams[side], namesStream(flow, direction)))
  for (const [side, stream] of streams.entries())
    for (const { index, offset, size } of stream.pieces)
      clear[index] = scrubbed[side]?.slice(offset, offset + size) ?? new Uint8Array(size)
  return clear
}

type NameOf = (bytes: Uint8Array) => number

const namesStream =
  ({ server }: FlowFacts, direction: Direction): NameOf =>
  (bytes) =>
    recogniseStream(bytes, 0, bytes.length, direction, server.port ?? 0)

const namesDatagram =
  ({ server, protocol }: FlowFacts, _direction: Direction): NameOf =>
  (bytes) =>
    protocol === 'UDP' ? recogniseDatagram(bytes, 0, bytes.length, server.port ?? 0) : 0

/** A stream of zeros, but for what its first segment needs. */
function scrubHead(stream: SideStream | undefined, nameOf: NameOf): Uint8Array {
  const scrubbed = new Uint8Array(stream?.bytes.length ?? 0)
  const first = stream?.pieces.find(({ size }) => size > 0)
  if (stream === undefined || first === undefined) return scrubbed
  scrubbed.set(nameable(stream.bytes.slice(first.offset, first.offset + first.size), nameOf), first.offset)
  return scrubbed
}

/** The bytes with as few of the first left as name the protocol; all others zero. */
function nameable(bytes: Uint8Array, nameOf: NameOf): Uint8Array {
  const name = nameOf(bytes)
  const trial = new Uint8Array(bytes.length)
  for (let kept = 0; kept <= Math.min(MOST_KEPT, bytes.length); kept++) {
    if (kept > 0) trial[kept - 1] = bytes[kept - 1] ?? 0
    if (nameOf(trial) === name) return trial
  }
  for (const greeting of GREETINGS) {
    const greeted = new Uint8Array(bytes.length)
    const text = Buffer.from(`220 ${greeting}`)
    greeted.set(text.subarray(0, bytes.length))
    if (nameOf(greeted) === name) return greeted
  }
  return new Uint8Array(bytes.length)
}
