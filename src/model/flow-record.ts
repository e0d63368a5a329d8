// hot path
// The layout of a flow's record: 48 words (192 bytes) in one store that flow, exchange and match share,
// so that a packet touches two cache lines and a flow costs no object. A flow is named by the offset of its
// record's first word. Every stage writes only the words of its own part. Constants ending in two words hold
// one for each end: index + end (0: a, 1: b).

export const RECORD_WORDS = 48
/** Offset of the first record: behind the 16 bytes that malloc puts first, records fill whole cache lines. */
export const FIRST_RECORD = 12

// --- first line: key, state, matching
/** Address of end a, the numerically lower one; 4 words, IPv4 uses the first. */
export const ADDRESS_A = 0
export const ADDRESS_B = 4
/** Port of a << 16 | port of b; for ICMP type << 16 | id or code. */
export const PORTS = 8
/** outer VLAN << 20 | inner VLAN << 8 | protocol; the IP version is a bit of STATE. */
export const VLAN_PROTOCOL = 9
export const STATE = 10
/** Elements so far. */
export const ELEMENTS = 11
/** Last element, packed (model/element.ts); NO_ELEMENT when there is none or a gap followed. */
export const PREVIOUS = 14
/** First match under way. */
export const STATES = 15

// --- second line: sequence numbers, volume
/** Sequence number of the next byte in order; two words. */
export const NEXT_SEQ = 16
/** Highest acknowledgment of an end's data, sent by the other; two words. */
export const ACKED = 18
/** Window that an end last advertised, scaled, in bytes; two words. */
export const WINDOW = 20
/** Packets by end; two words. */
export const PACKETS = 22
/** Bytes on the wire by end, low halves; two words. See addVolume. */
export const BYTES = 24
/** Payload bytes by end, low halves; two words. */
export const PAYLOAD = 26
/** The element before PREVIOUS, or NO_ELEMENT; nothing while PREVIOUS is NO_ELEMENT itself. */
export const BEFORE_PREVIOUS = 30
/** TCP flags seen of a | of b << 8 | application protocol << 16 | directions looked at for it << 24. */
export const SEEN = 31
/** Place of the application protocol in SEEN. */
export const APP_SHIFT = 16

// --- third line: seldom needed
export const HASH = 36
export const WHEEL_NEXT = 37
export const WHEEL_PREVIOUS = 38
/** Capture or interface of the first packet << 16 | its ICMP type << 8 | code. */
export const ORIGIN = 39
export const HITS = 40
/** First and last piece of the recorded sequence. */
export const RECORDED = 41
export const RECORDED_TAIL = 42
export const STATE_COUNT = 43
/** Side record with waiting segments and irregularities; 0, and IRREGULAR not set, when there were none. */
export const EXTRA = 45
/** What the sequence matcher keeps of the flow; 0 for nothing. */
export const SEQUENCES = 47
/** What BYTES and PAYLOAD overflow into, at this distance from the word of end a: a's 16 bits, then b's. */
const HIGH_HALVES = 20

// --- doubles: index in reals, from flow / 2
/** Arrival of the last packet, µs. */
export const LAST_TIME = 6
/** Arrival of the last element, µs. */
export const ELEMENT_TIME = 14
export const START_TIME = 16
/** Number of the flow in this run, from 1. */
export const FLOW_ID = 17

// --- bits of STATE
/** End b is the client. */
export const CLIENT_IS_B = 1
export const IS_V6 = 2
/** The start was seen: SYN or SYN/ACK, or a first datagram. */
export const STARTED = 4
/** Orientation waits for the first to speak. */
export const UNORIENTED = 8
/** NEXT_SEQ is known, << end. */
export const KNOWN = 16
/** FIN delivered in order, << end. */
export const FINISHED = 64
/** SYN seen, << end. */
export const SYN_SEEN = 256
export const RESET = 1024
/** Ended by FIN both ways or RST: lingers to swallow what still comes. */
export const ENDED = 2048
/** There is a side record. */
export const IRREGULAR = 4096
/** Somebody reads the stream: bytes that arrive early are kept. */
export const KEEPS_BYTES = 16384
/** A gap came before the first element, so that it is not the flow's first. */
export const TORN = 8192
/** ACKED is known, << end. */
export const ACK_SEEN = 131072
/** Window shift of end a << 20, of b << 24; UNKNOWN_SCALE before its SYN. */
export const SCALE_SHIFT = 20
export const UNKNOWN_SCALE = 15

/** Slot of the generation (sensor/generations.ts) that the flow runs on. */
export const GENERATION_SHIFT = 28
export const GENERATIONS = 8

export const NO_ELEMENT = -1

/** The store of all flow records, allocated once; pages that were never used cost no memory. */
export class FlowRecords {
  readonly words: Int32Array
  /** The same memory as doubles. */
  readonly reals: Float64Array

  constructor(capacity: number) {
    const buffer = new ArrayBuffer((FIRST_RECORD + capacity * RECORD_WORDS) * 4)
    this.words = new Int32Array(buffer)
    this.reals = new Float64Array(buffer)
  }
}

/** Double `index` of a flow. */
export function realOf(reals: Float64Array, flow: number, index: number): number {
  return reals[(flow >> 1) + index]!
}

/** Adds to BYTES or PAYLOAD of an end (`at` is the offset of its low half). */
export function addVolume(words: Int32Array, at: number, bytes: number): void {
  const low = words[at]!
  const sum = (low + bytes) | 0
  words[at] = sum
  // As unsigned numbers the sum is smaller only when it wrapped.
  if ((sum ^ 0x80000000) < (low ^ 0x80000000)) {
    const high = (at & ~1) + HIGH_HALVES
    words[high] = words[high]! + ((at & 1) === 0 ? 1 : 0x10000)
  }
}

/** BYTES or PAYLOAD of an end. */
export function volumeOf(words: Int32Array, at: number): number {
  const high = (words[(at & ~1) + HIGH_HALVES]! >>> ((at & 1) << 4)) & 0xffff
  return high * 0x100000000 + (words[at]! >>> 0)
}

/** Application protocol of a flow: index in APP_PROTOCOLS. */
export function appOf(words: Int32Array, flow: number): number {
  return (words[flow + SEEN]! >> APP_SHIFT) & 255
}
