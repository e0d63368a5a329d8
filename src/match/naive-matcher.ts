// The oracle: the meaning of a Program over one whole exchange, said as plainly as possible and with no thought
// of speed. The matcher must give the same hits. Nothing here is shared with it but the model.

import {
  type Direction,
  type Program,
  type ProgramElement,
  type ProgramSignature,
  Protocol,
} from '../model/program.ts'

export interface NaiveElement {
  readonly kind: 'element'
  readonly direction: Direction
  readonly size: number
  /** A pause came before it. */
  readonly pause: boolean
}

/** Missing bytes; it takes no ordinal. */
export interface NaiveGap {
  readonly kind: 'gap'
}

/** All that is known of one flow. */
export interface WholeExchange {
  /** IP protocol number. */
  readonly protocol: number
  readonly serverPort: number
  readonly startSeen: boolean
  readonly endSeen: boolean
  readonly events: readonly (NaiveElement | NaiveGap)[]
}

export interface NaiveHit {
  /** Index in the program. */
  readonly signature: number
  /** Ordinals of the first and last matched element, from 1. */
  readonly first: number
  readonly last: number
}

/**
 * All hits in the order in which they are known: by completing element, then by signature; those that wait for
 * the flow's end come last. Cost: signatures x elements² x packets², and worse.
 */
export function matchNaively(program: Program, exchange: WholeExchange): readonly NaiveHit[] {
  const known: NaiveHit[] = []
  const atEnd: NaiveHit[] = []
  for (const [index, signature] of program.signatures.entries())
    for (const hit of hitsOf(signature, exchange))
      (signature.atEnd ? atEnd : known).push({ signature: index, ...hit })
  return [...known.sort((one, two) => one.last - two.last), ...atEnd]
}

/** True when the elements from ordinal `first` to `last` are what the signature describes, hits aside. */
export function isOccurrence(
  signature: ProgramSignature,
  exchange: WholeExchange,
  first: number,
  last: number,
): boolean {
  if (!concerns(signature, exchange)) return false
  return occurs(signature, waysOf(signature), numbered(exchange), exchange, first, last)
}

function hitsOf(signature: ProgramSignature, exchange: WholeExchange): { first: number; last: number }[] {
  const hits: { first: number; last: number }[] = []
  if (!concerns(signature, exchange)) return hits
  const elements = numbered(exchange)
  const ways = waysOf(signature)
  const limit = signature.limit === 0 ? elements.length : signature.limit
  let previousLast = 0
  for (let last = 1; last <= elements.length; last++)
    for (let first = previousLast + 1; first <= last && hits.length < limit; first++)
      if (occurs(signature, ways, elements, exchange, first, last)) {
        hits.push({ first, last })
        previousLast = last
        break
      }
  return hits
}

/** Protocol and port are right. */
function concerns(signature: ProgramSignature, exchange: WholeExchange): boolean {
  const protocols = {
    tcp: [Protocol.tcp],
    udp: [Protocol.udp],
    icmp: [Protocol.icmp, Protocol.icmpv6],
  }[signature.protocol] as readonly number[]
  if (!protocols.includes(exchange.protocol)) return false
  return signature.port === -1 || signature.port === exchange.serverPort
}

interface Numbered extends NaiveElement {
  readonly isAfterGap: boolean
}

/** The elements; that of ordinal n is at n - 1. */
function numbered(exchange: WholeExchange): readonly Numbered[] {
  const elements: Numbered[] = []
  let isAfterGap = false
  for (const event of exchange.events) {
    if (event.kind === 'element') elements.push({ ...event, isAfterGap })
    isAfterGap = event.kind === 'gap'
  }
  return elements
}

function occurs(
  signature: ProgramSignature,
  ways: readonly Way[],
  elements: readonly Numbered[],
  exchange: WholeExchange,
  first: number,
  last: number,
): boolean {
  const length = last - first + 1
  if (!ways.some((way) => way.length === length)) return false
  const run = elements.slice(first - 1, last)
  if (run.slice(1).some((element) => element.isAfterGap)) return false
  if (signature.atStart && !(first === 1 && exchange.startSeen && exchange.events[0]?.kind === 'element'))
    return false
  const endsExchange = last === elements.length && exchange.events.at(-1)?.kind === 'element'
  if (signature.atEnd && !(endsExchange && exchange.endSeen)) return false
  return ways.some((way) => isRunOf(way, run))
}

/** What one element of a run must be: one packet of the signature, or two that arrive as one. */
interface Place {
  /** 1-based number of its (first) packet. */
  readonly number: number
  readonly packets: readonly ProgramElement[]
  readonly pauseBefore: boolean
}

type Way = readonly Place[]

/** Every way in which a signature may appear: as written, and if it is fuzzy with one packet merged or lost. */
function waysOf(signature: ProgramSignature): readonly Way[] {
  const { elements: packets } = signature
  const asWritten = packets.map((packet, i): Place => {
    return { number: i + 1, packets: [packet], pauseBefore: packet.pauseBefore }
  })
  const ways = [asWritten]
  if (!signature.fuzzy || packets.length < 5) return ways
  const isReferenced = (i: number) => packets.some((packet) => packet.reference === i + 1)
  for (const [i, packet] of packets.entries()) {
    const next = packets[i + 1]
    if (next === undefined || isReferenced(i)) continue
    if (next.direction === packet.direction && !next.pauseBefore && !isReferenced(i + 1)) {
      const both: Place = { number: i + 1, packets: [packet, next], pauseBefore: packet.pauseBefore }
      ways.push([...asWritten.slice(0, i), both, ...asWritten.slice(i + 2)])
    }
    if (i > 0) {
      const pauseBefore = packet.pauseBefore || next.pauseBefore
      const afterLoss: Place = { number: i + 2, packets: [next], pauseBefore }
      ways.push([...asWritten.slice(0, i), afterLoss, ...asWritten.slice(i + 2)])
    }
  }
  return ways
}

function isRunOf(way: Way, run: readonly NaiveElement[]): boolean {
  if (way.length !== run.length) return false
  const sizeOfPacket = new Map(way.map((place, i) => [place.number, run[i]?.size ?? 0]))
  return way.every((place, i) => {
    const element = run[i]
    if (element === undefined || element.direction !== place.packets[0]?.direction) return false
    if (i === 0 ? place.pauseBefore && !element.pause : place.pauseBefore !== element.pause) return false
    let low = 0
    let high = 0
    for (const packet of place.packets) {
      const repeated = packet.reference === 0 ? undefined : (sizeOfPacket.get(packet.reference) ?? 0)
      low += repeated ?? packet.low
      high += repeated ?? packet.high
    }
    return element.size >= low && element.size <= high
  })
}
