// hot path
// The flow table: finds or opens the flow of each packet, counts it, runs timeouts on packet time, evicts
// the flow closest to its timeout when full, and hands TCP segments and datagrams on. Memory is allocated
// once, for `maxFlows` records; pages of records that were never used cost nothing.

import type { Counters } from '../model/counters.ts'
import {
  ADDRESS_A,
  ADDRESS_B,
  addVolume,
  BYTES,
  CLIENT_IS_B,
  ELEMENT_TIME,
  ENDED,
  EXTRA,
  FIRST_RECORD,
  FLOW_ID,
  type FlowRecords,
  HASH,
  IS_V6,
  KEEPS_BYTES,
  KNOWN,
  LAST_TIME,
  NEXT_SEQ,
  NO_ELEMENT,
  ORIGIN,
  PACKETS,
  PAYLOAD,
  PORTS,
  PREVIOUS,
  RECORD_WORDS,
  SCALE_SHIFT,
  SEEN,
  START_TIME,
  STARTED,
  STATE,
  VLAN_PROTOCOL,
  WHEEL_NEXT,
  WINDOW,
} from '../model/flow-record.ts'
import { type FlowClock, type FlowSink, Reason } from '../model/flow-sink.ts'
import { type PacketView, Tcp } from '../model/packet-view.ts'
import { type Direction, Protocol } from '../model/program.ts'
import type { FlowBudget } from './flow-budget.ts'
import { FlowIndex } from './flow-index.ts'
import { createSecrets, deriveKey } from './flow-key.ts'
import { orient } from './orientation.ts'
import { SideRecords } from './side-records.ts'
import { TcpStreams } from './tcp-streams.ts'
import { TimerWheel } from './timer-wheel.ts'

const UNKNOWN_SCALES = 255 << SCALE_SHIFT
const OPEN_WINDOW = 65535
/** Timeouts that one packet brings about: after a flood a hundred thousand may come in one second. */
const RELEASED_AT_ONCE = 32
/** Parts that flows fall into by their hash, for shedding. */
export const SHED_SHARES = 16
/** Of the hash: bits that the index does not use first. */
const SHED_SHIFT = 27
/** A SYN/ACK this close to the sequence numbers in use is a late copy, not a new connection. */
const SYN_ACK_REACH = 1 << 20

export class FlowTable {
  readonly sides: SideRecords
  readonly #words: Int32Array
  readonly #reals: Float64Array
  readonly #time: Float64Array
  readonly #index: FlowIndex
  readonly #wheel: TimerWheel
  readonly #streams: TcpStreams
  readonly #sink: FlowSink
  readonly #budget: FlowBudget
  /** [0] tick end of the wheel, µs; [1] flows opened so far; [2] SYNs of flows that were shed, [3] all their packets. */
  readonly #marks = new Float64Array(4)
  readonly #secrets: Int32Array
  readonly #shortestTimeout: number
  /** Of SHED_SHARES parts of all new flows, so many are not opened at all; 0 for none. */
  shedding = 0
  #top = FIRST_RECORD
  #free = 0
  #live = 0
  #evicted = 0
  /** Means nothing: it keeps fetch() from being optimised away. */
  touched = 0

  /** @param random - in [0, 1), for the hash: senders must not know it */
  constructor(
    records: FlowRecords,
    clock: FlowClock,
    sink: FlowSink,
    budget: FlowBudget,
    random: () => number,
  ) {
    this.#words = records.words
    this.#reals = records.reals
    this.#time = clock.time
    this.#sink = sink
    this.#budget = budget
    this.#secrets = createSecrets(random)
    this.#shortestTimeout = Math.min(
      budget.tcpMicros,
      budget.tcpOpeningMicros,
      budget.tcpClosedMicros,
      budget.udpMicros,
      budget.icmpMicros,
    )
    this.#index = new FlowIndex()
    this.#wheel = new TimerWheel(records.words)
    this.sides = new SideRecords(budget.maxWaiting, budget.maxWaiting, budget.heldBytes)
    this.#streams = new TcpStreams(records, this.sides, clock, sink, budget.maxWaitingPerFlow)
  }

  /** Flows with a record now. */
  get live(): number {
    return this.#live
  }

  /** Flows opened so far. */
  get opened(): number {
    return this.#marks[1]!
  }

  /** SYNs of flows that were shed so far. */
  get shedSyns(): number {
    return this.#marks[2]!
  }

  /** Packets of flows that were shed so far, those SYNs among them. */
  get shedPackets(): number {
    return this.#marks[3]!
  }

  /** Takes one decoded packet. Everything that it causes happens before this returns. */
  packet(view: PacketView): void {
    this.prepare(view)
    this.take(view)
  }

  /** Derives the key of a decoded packet for take(). */
  prepare(view: PacketView): void {
    deriveKey(view, this.#secrets)
  }

  /**
   * Brings to the processor's cache what the first `count` prepared packets will most likely need: flows are seldom
   * there. The loops do nothing else, so that the processor waits for all of them at once. Changes nothing.
   */
  fetch(views: readonly PacketView[], count: number): void {
    const words = this.#words
    const { slots, mask } = this.#index
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= slots[2 * (views[i]!.hash & mask)]!
    for (let i = 0; i < count; i++) {
      const flow = slots[2 * (views[i]!.hash & mask) + 1]!
      touched ^= words[flow]! ^ words[flow + NEXT_SEQ]! ^ words[flow + HASH]!
    }
    this.touched = touched
  }

  /** Takes a prepared packet, as packet() does. */
  take(view: PacketView): void {
    const now = view.time[0]!
    this.#time[0] = now
    if (now >= this.#marks[0]!) this.#expire(now)
    let flow = this.#find(view)
    if (flow === 0) {
      if (this.shedding !== 0 && this.#sheds(view)) return
      flow = this.#open(view)
    } else if (
      (view.flags & Tcp.SYN) !== 0 ||
      now - this.#reals[(flow >> 1) + LAST_TIME]! > this.#shortestTimeout
    )
      flow = this.#continueOrReplace(flow, view)
    const words = this.#words
    const end = view.sender
    const half = flow >> 1
    if (now > this.#reals[half + LAST_TIME]!) this.#reals[half + LAST_TIME] = now
    words[flow + PACKETS + end] = words[flow + PACKETS + end]! + 1
    addVolume(words, flow + BYTES + end, view.wireLength)
    if (view.protocol === Protocol.tcp) {
      words[flow + SEEN] = words[flow + SEEN]! | (view.flags << (end << 3))
      const wasOver = words[flow + STATE]! & ENDED
      this.#streams.segment(flow, end, view)
      if ((words[flow + STATE]! & ENDED) !== wasOver) this.#hasten(flow)
    } else {
      addVolume(words, flow + PAYLOAD + end, view.payloadLength)
      this.#time[1] = now
      const direction = ((words[flow + STATE]! & CLIENT_IS_B) ^ end) as Direction
      this.#sink.element(flow, direction, view.payloadLength, view.data, view.at, view.payloadCaptured)
    }
  }

  /**
   * Gives up flows at the end of the input, the oldest first. Their ends were not seen, unless they ended or timed out.
   *
   * @param most - flows to give up in this call
   * @returns true when all are gone
   */
  drain(most = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < most; i++) {
      const flow = this.#wheel.oldest()
      if (flow === 0) {
        this.#wheel.reset()
        this.#marks[0] = 0
        return true
      }
      const isOver = (this.#words[flow + STATE]! & ENDED) !== 0 || this.#deadlineOf(flow) < this.#time[0]!
      this.#release(flow, isOver ? Reason.timeout : Reason.shutdown)
    }
    return false
  }

  /** Calls back with every open flow, in no order. The callback must neither open nor release flows. */
  each(visit: (flow: number) => void): void {
    const { slots, mask } = this.#index
    for (let i = 0; i <= mask; i++) if (slots[2 * i + 1] !== 0) visit(slots[2 * i + 1]!)
  }

  count(counters: Counters): void {
    counters.add('flow.opened_flows', this.opened)
    counters.add('flow.evicted_flows', this.#evicted)
    counters.add('flow.refused_resets', this.#streams.refusedResets)
    counters.add('flow.forced_gaps', this.#streams.forcedGaps)
    counters.add('flow.dropped_segments', this.#streams.droppedSegments)
  }

  /** True when the packet's flow is one of those that are given up whole. A flow always is, or never. */
  #sheds(view: PacketView): boolean {
    if (((view.hash >>> SHED_SHIFT) & (SHED_SHARES - 1)) >= this.shedding) return false
    const isSyn = view.protocol === Protocol.tcp && (view.flags & (Tcp.SYN | Tcp.ACK)) === Tcp.SYN
    if (isSyn) this.#marks[2] = this.#marks[2]! + 1
    this.#marks[3] = this.#marks[3]! + 1
    return true
  }

  /** The flow of the view's key; 0 when there is none. */
  #find(view: PacketView): number {
    const words = this.#words
    const slots = this.#index.slots
    const mask = this.#index.mask
    const hash = view.hash
    const low = view.sender === 0 ? view.src0 : view.dst0
    const high = view.sender === 0 ? view.dst0 : view.src0
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const flow = slots[2 * i + 1]!
      if (flow === 0) return 0
      if (
        slots[2 * i]! === hash &&
        words[flow + ADDRESS_A]! === low &&
        words[flow + ADDRESS_B]! === high &&
        words[flow + PORTS]! === view.ports &&
        words[flow + VLAN_PROTOCOL]! === view.vlanProtocol &&
        hasVersion(words, flow, view)
      )
        return flow
    }
  }

  /** The flow of a packet on a known tuple: a new one when the old one timed out, or a SYN begins anew. */
  #continueOrReplace(flow: number, view: PacketView): number {
    const idle = view.time[0]! - this.#reals[(flow >> 1) + LAST_TIME]!
    if (idle > this.#timeoutOf(flow)) this.#release(flow, Reason.timeout)
    else if (view.protocol === Protocol.tcp && (view.flags & Tcp.SYN) !== 0 && this.#startsAnew(flow, view))
      this.#release(flow, Reason.tcpReuse)
    else return flow
    return this.#open(view)
  }

  /**
   * A SYN is believed on an ended flow, and on one that nobody answered. Into a live flow anyone can send a
   * SYN (RFC 5961 §4): there the SYN/ACK that answers it is believed.
   */
  #startsAnew(flow: number, view: PacketView): boolean {
    const words = this.#words
    const end = view.sender
    const state = words[flow + STATE]!
    const isKnown = (state & (KNOWN << end)) !== 0
    const distance = (view.seq + 1 - words[flow + NEXT_SEQ + end]!) | 0
    if ((view.flags & Tcp.ACK) !== 0) return isKnown && Math.abs(distance) > SYN_ACK_REACH
    // A copy of the SYN in use, perhaps without the data that was on it.
    if (isKnown && (distance === 0 || ((distance + words[flow + PAYLOAD + end]!) | 0) === 0)) return false
    return (state & ENDED) !== 0 || words[flow + PACKETS + (end ^ 1)]! === 0
  }

  #timeoutOf(flow: number): number {
    const words = this.#words
    switch (words[flow + VLAN_PROTOCOL]! & 255) {
      case Protocol.tcp:
        if ((words[flow + STATE]! & ENDED) !== 0) return this.#budget.tcpClosedMicros
        return words[flow + PACKETS]! > 0 && words[flow + PACKETS + 1]! > 0
          ? this.#budget.tcpMicros
          : this.#budget.tcpOpeningMicros
      case Protocol.udp:
        return this.#budget.udpMicros
      default:
        return this.#budget.icmpMicros
    }
  }

  #open(view: PacketView): number {
    const flow = this.#allocate()
    const end = view.sender
    const words = this.#words
    const reals = this.#reals
    const source = flow + (end === 0 ? ADDRESS_A : ADDRESS_B)
    const target = flow + (end === 0 ? ADDRESS_B : ADDRESS_A)
    words[source] = view.src0
    words[target] = view.dst0
    let state = orient(view, end) | UNKNOWN_SCALES
    if (view.version === 6) {
      words[source + 1] = view.src1
      words[source + 2] = view.src2
      words[source + 3] = view.src3
      words[target + 1] = view.dst1
      words[target + 2] = view.dst2
      words[target + 3] = view.dst3
      state |= IS_V6
    }
    words[flow + PORTS] = view.ports
    words[flow + VLAN_PROTOCOL] = view.vlanProtocol
    words[flow + HASH] = view.hash
    words[flow + WINDOW] = OPEN_WINDOW
    words[flow + WINDOW + 1] = OPEN_WINDOW
    words[flow + PREVIOUS] = NO_ELEMENT
    words[flow + ORIGIN] = (view.source << 16) | (view.icmpType << 8) | view.icmpCode
    const bits = view.protocol !== Protocol.tcp ? STARTED : this.#budget.heldBytes > 0 ? KEEPS_BYTES : 0
    words[flow + STATE] = state | bits
    const half = flow >> 1
    const now = view.time[0]!
    reals[half + START_TIME] = now
    reals[half + LAST_TIME] = now
    reals[half + ELEMENT_TIME] = now
    const id = this.#marks[1]! + 1
    this.#marks[1] = id
    reals[half + FLOW_ID] = id
    this.#index.insert(view.hash, flow)
    this.#wheel.add(flow, now + this.#timeoutOf(flow))
    this.#sink.opened(flow)
    return flow
  }

  /** A zeroed record; when all are in use, the flow closest to its timeout gives its own. */
  #allocate(): number {
    if (this.#free === 0 && this.#top + RECORD_WORDS > this.#words.length) this.#evict()
    this.#live++
    const flow = this.#free
    if (flow === 0) {
      const fresh = this.#top
      this.#top += RECORD_WORDS
      return fresh
    }
    this.#free = this.#words[flow + WHEEL_NEXT]!
    this.#words.fill(0, flow, flow + RECORD_WORDS)
    return flow
  }

  #evict(): void {
    this.#evicted++
    for (;;) {
      const flow = this.#wheel.oldest()
      if (this.#wheel.postpone(flow, this.#deadlineOf(flow))) continue
      this.#release(flow, Reason.forced)
      return
    }
  }

  #deadlineOf(flow: number): number {
    return this.#reals[(flow >> 1) + LAST_TIME]! + this.#timeoutOf(flow)
  }

  /** Some of those that timed out; the next packet goes on with the others. A packet of one of these opens a new flow. */
  #expire(now: number): void {
    for (let released = 0; released < RELEASED_AT_ONCE; ) {
      const flow = this.#wheel.due(now)
      if (flow === 0) {
        this.#marks[0] = this.#wheel.tickEnd
        return
      }
      if (this.#wheel.postpone(flow, this.#deadlineOf(flow))) continue
      this.#release(flow, Reason.timeout)
      released++
    }
  }

  /** An ended flow times out sooner than its place in the wheel says. */
  #hasten(flow: number): void {
    this.#wheel.remove(flow)
    this.#wheel.add(flow, this.#deadlineOf(flow))
  }

  #release(flow: number, reason: Reason): void {
    const words = this.#words
    if ((words[flow + STATE]! & ENDED) === 0) {
      if ((words[flow + VLAN_PROTOCOL]! & 255) === Protocol.tcp) this.#streams.flush(flow)
      const isOver = (words[flow + STATE]! & ENDED) !== 0
      if (reason === Reason.timeout && !isOver) this.#sink.closed(flow)
    }
    this.#sink.released(flow, reason)
    const extra = words[flow + EXTRA]!
    if (extra !== 0) this.sides.free(extra)
    this.#wheel.remove(flow)
    this.#index.remove(words, flow)
    words[flow + WHEEL_NEXT] = this.#free
    this.#free = flow
    this.#live--
  }
}

/** Compares the IP version and what IPv6 addresses have beyond their first words. */
function hasVersion(words: Int32Array, flow: number, view: PacketView): boolean {
  const isV6 = (words[flow + STATE]! & IS_V6) !== 0
  if (view.version === 4) return !isV6
  const source = flow + (view.sender === 0 ? ADDRESS_A : ADDRESS_B)
  const target = flow + (view.sender === 0 ? ADDRESS_B : ADDRESS_A)
  return (
    isV6 &&
    words[source + 1]! === view.src1 &&
    words[source + 2]! === view.src2 &&
    words[source + 3]! === view.src3 &&
    words[target + 1]! === view.dst1 &&
    words[target + 2]! === view.dst2 &&
    words[target + 3]! === view.dst3
  )
}
