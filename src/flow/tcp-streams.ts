// hot path
// TCP resequencing (RFC 9293 §3.4, §3.10.7.4): segments in, elements in stream order out.
//
// Invariants: every payload byte is delivered once or is part of one gap; NEXT_SEQ only moves forward;
// waiting segments of an end start beyond its NEXT_SEQ (but for window probes, which stand at it).
// A hole becomes a gap once its receiver acknowledged it and either its sender went on beyond it or
// its receiver answered with data; or when the budget or the flow's end leaves no more time to wait.

import {
  ACK_SEEN,
  ACKED,
  addVolume,
  CLIENT_IS_B,
  ENDED,
  EXTRA,
  FINISHED,
  type FlowRecords,
  IRREGULAR,
  KEEPS_BYTES,
  KNOWN,
  NEXT_SEQ,
  PAYLOAD,
  RESET,
  SCALE_SHIFT,
  STARTED,
  STATE,
  SYN_SEEN,
  UNKNOWN_SCALE,
  UNORIENTED,
  volumeOf,
  WINDOW,
} from '../model/flow-record.ts'
import type { FlowClock, FlowSink } from '../model/flow-sink.ts'
import { type PacketView, Tcp } from '../model/packet-view.ts'
import type { Direction } from '../model/program.ts'
import { speakFirst } from './orientation.ts'
import * as side from './side-records.ts'

/** A scale that nobody saw may be as large as it can be (RFC 7323 §2.3). */
const MAX_SCALE = 14
/** Waiting segments of one flow whose bytes are kept: a handshake has fewer. */
const MOST_HELD = 64

export class TcpStreams {
  readonly #words: Int32Array
  readonly #time: Float64Array
  readonly #sides: side.SideRecords
  readonly #sink: FlowSink
  readonly #maxWaiting: number
  /** Resets that were out of window. */
  refusedResets = 0
  /** Holes given up because the waiting budget was used up. */
  forcedGaps = 0
  /** Early segments for which there was no side record. */
  droppedSegments = 0

  /** @param maxWaiting - segments that one flow may have waiting */
  constructor(
    records: FlowRecords,
    sides: side.SideRecords,
    clock: FlowClock,
    sink: FlowSink,
    maxWaiting: number,
  ) {
    this.#words = records.words
    this.#time = clock.time
    this.#sides = sides
    this.#sink = sink
    this.#maxWaiting = maxWaiting
  }

  /** Takes one segment of a live flow, sent by `end`. What comes in order is handled here, the rest elsewhere. */
  segment(flow: number, end: number, view: PacketView): void {
    const words = this.#words
    const flags = view.flags
    if ((flags & (Tcp.SYN | Tcp.RST)) !== 0 && !this.#control(flow, end, view)) return
    let state = words[flow + STATE]!
    if ((state & ENDED) !== 0) return
    const other = end ^ 1
    const length = view.payloadLength
    if ((flags & Tcp.ACK) !== 0) {
      if ((state & (ACK_SEEN << other)) === 0) {
        state |= ACK_SEEN << other
        words[flow + STATE] = state
        words[flow + ACKED + other] = view.ack
      } else if (((view.ack - words[flow + ACKED + other]!) | 0) > 0) words[flow + ACKED + other] = view.ack
      if (((words[flow + ACKED + other]! - words[flow + NEXT_SEQ + other]!) | 0) > 0) {
        this.#acknowledgedAhead(flow, other, view)
        state = words[flow + STATE]!
      }
    }
    const isSyn = (flags & Tcp.SYN) !== 0
    const scale = (state >> (SCALE_SHIFT + 4 * end)) & 15
    // A SYN's own window is not scaled (RFC 7323 §2.2).
    words[flow + WINDOW + end] = view.window << (isSyn ? 0 : scale === UNKNOWN_SCALE ? MAX_SCALE : scale)
    const seq = isSyn ? (view.seq + 1) | 0 : view.seq
    const isPlain =
      ((state >> end) & (KNOWN | FINISHED)) === KNOWN &&
      ((state & IRREGULAR) === 0 || this.#sides.words[words[flow + EXTRA]! + side.WAITING]! === 0)
    if (
      !isPlain ||
      seq !== words[flow + NEXT_SEQ + end]! ||
      (length === 1 && words[flow + WINDOW + other]! === 0)
    ) {
      if (length > 0 || (flags & Tcp.FIN) !== 0) this.#arrive(flow, end, seq, view)
      else this.#arriveEmpty(flow, end, seq)
      return
    }
    if (length > 0) {
      words[flow + NEXT_SEQ + end] = (seq + length) | 0
      this.#time[1] = this.#time[0]!
      this.#deliver(flow, end, length, view.data, view.at, view.payloadCaptured)
    }
    if ((flags & Tcp.FIN) !== 0) this.#finish(flow, end)
  }

  /** Delivers what waits, with the gaps between, when the flow ends or is given up. */
  flush(flow: number): void {
    for (let end = 0; end < 2; end++) {
      if ((this.#words[flow + STATE]! & (KNOWN << end)) === 0) continue
      this.#fillUpTo(flow, end, true, 0)
      if ((this.#words[flow + STATE]! & (FINISHED << end)) !== 0) continue
      const hole = (this.#words[flow + ACKED + end]! - this.#words[flow + NEXT_SEQ + end]!) | 0
      // One acknowledged number without a byte after it is most likely a FIN that the capture lost.
      if ((this.#words[flow + STATE]! & (ACK_SEEN << end)) !== 0 && hole > 1) this.#gap(flow, end, hole)
    }
  }

  /**
   * SYN and RST.
   *
   * @returns false when the segment is not to be believed, or ended the flow
   */
  #control(flow: number, end: number, view: PacketView): boolean {
    const words = this.#words
    const state = words[flow + STATE]!
    if ((view.flags & Tcp.RST) !== 0) {
      if (!this.#resetCounts(flow, end, view)) {
        this.refusedResets++
        return false
      }
      if ((state & ENDED) === 0) this.#end(flow, RESET | ENDED)
      return false
    }
    const start = (view.seq + 1) | 0
    if ((state & (KNOWN << end)) !== 0) {
      if (start !== words[flow + NEXT_SEQ + end]!) return false
      if ((state & (SYN_SEEN << end)) !== 0) return true
    }
    const other = end ^ 1
    let next = this.#scales(state, end, view) | ((KNOWN | SYN_SEEN) << end) | STARTED
    words[flow + NEXT_SEQ + end] = start
    if ((view.flags & Tcp.ACK) !== 0 && (state & (KNOWN << other)) === 0) {
      // The SYN itself was not captured: its answer tells where the other end's data begins.
      next |= KNOWN << other
      words[flow + NEXT_SEQ + other] = view.ack
    }
    words[flow + STATE] = next
    return true
  }

  /** STATE with the window shift of a SYN; an answer without the option switches scaling off for both. */
  #scales(state: number, end: number, view: PacketView): number {
    const without = state & ~(15 << (SCALE_SHIFT + 4 * end))
    if (view.windowScale >= 0) return without | (view.windowScale << (SCALE_SHIFT + 4 * end))
    return (view.flags & Tcp.ACK) === 0 ? without : state & ~(255 << SCALE_SHIFT)
  }

  /** Window check of RFC 5961 §3.2, with what a bystander knows: the receiver is between ACKED and NEXT_SEQ. */
  #resetCounts(flow: number, end: number, view: PacketView): boolean {
    const words = this.#words
    const state = words[flow + STATE]!
    const other = end ^ 1
    const isAcked = (state & (ACK_SEEN << end)) !== 0
    if ((state & (KNOWN << end)) === 0 && !isAcked) {
      if ((state & (SYN_SEEN << other)) === 0) return true
      // Answer to a SYN: it must acknowledge it, or the data on it (RFC 9293 §3.10.7.3).
      const behind = (words[flow + NEXT_SEQ + other]! - view.ack) | 0
      return (view.flags & Tcp.ACK) !== 0 && behind >= 0 && behind <= words[flow + PAYLOAD + other]!
    }
    const next = words[flow + ((state & (KNOWN << end)) !== 0 ? NEXT_SEQ : ACKED) + end]!
    const window = words[flow + WINDOW + other]!
    const low = isAcked ? words[flow + ACKED + end]! : (next - window) | 0
    const high = ((next - low) | 0) > window ? next : (low + window) | 0
    return ((view.seq - low) | 0) >= 0 && ((high - view.seq) | 0) >= 0
  }

  /** `view`, from the other end, acknowledges `end`'s data beyond what was seen of it. */
  #acknowledgedAhead(flow: number, end: number, view: PacketView): void {
    const words = this.#words
    if (((words[flow + STATE]! >> end) & (KNOWN | FINISHED)) !== KNOWN) return
    const extra = words[flow + EXTRA]!
    const waits = extra !== 0 && this.#sides.words[extra + side.HEAD + end]! !== 0
    // An answer passes all that it acknowledges; for a bare ACK late bytes may still come.
    if (view.payloadLength > 0) this.#fillUpTo(flow, end, false, words[flow + ACKED + end]!)
    else if (waits) this.#fillUpTo(flow, end, false, words[flow + NEXT_SEQ + end]!)
    else if (view.ack === ((words[flow + NEXT_SEQ + end]! + 1) | 0)) {
      if ((view.flags & Tcp.FIN) !== 0) this.#finish(flow, end)
      else if (this.#isSilent(flow, end)) words[flow + NEXT_SEQ + end] = view.ack
    }
  }

  /** True when all that was seen of an end in mid-stream may be keep-alives, which stand one byte too low. */
  #isSilent(flow: number, end: number): boolean {
    const words = this.#words
    return (words[flow + STATE]! & STARTED) === 0 && volumeOf(words, flow + PAYLOAD + end) === 0
  }

  /** A segment without data or FIN: tells where its sender stands. */
  #arriveEmpty(flow: number, end: number, seq: number): void {
    const words = this.#words
    if ((words[flow + STATE]! & (KNOWN << end)) === 0) this.#learn(flow, end, seq)
    else if (((seq - words[flow + NEXT_SEQ + end]!) | 0) > 0) this.#fillIfAcknowledged(flow, end, seq)
  }

  /** The general case: data or FIN, perhaps old, early, overlapping, or the first seen of this end. */
  #arrive(flow: number, end: number, seq: number, view: PacketView): void {
    const words = this.#words
    const length = view.payloadLength
    if ((words[flow + STATE]! & (KNOWN << end)) === 0) this.#learn(flow, end, seq)
    if ((words[flow + STATE]! & (FINISHED << end)) !== 0) {
      if (length > 0) this.#countRetransmit(flow)
      return
    }
    const next = words[flow + NEXT_SEQ + end]!
    const offset = (seq - next) | 0
    const isProbe = length === 1 && offset === 0 && words[flow + WINDOW + (end ^ 1)]! === 0
    if (offset > 0 || isProbe) {
      this.#wait(flow, end, seq, view, isProbe)
      this.#fillIfAcknowledged(flow, end, next)
      return
    }
    const fresh = (length + offset) | 0
    // One old byte or none at the edge is a keep-alive (RFC 9293 §3.8.4), not a retransmission.
    if (offset < 0 && (length > 1 || offset < -1)) this.#countRetransmit(flow)
    if (fresh > 0) {
      words[flow + NEXT_SEQ + end] = (next + fresh) | 0
      this.#time[1] = this.#time[0]!
      const captured = Math.max(view.payloadCaptured + offset, 0)
      this.#deliver(flow, end, fresh, view.data, view.at - offset, captured)
    }
    if ((view.flags & Tcp.FIN) !== 0 && fresh >= 0) this.#finish(flow, end)
    this.#drain(flow, end)
  }

  /** The first thing seen of an end: data before what the other acknowledged already is old. */
  #learn(flow: number, end: number, seq: number): void {
    const words = this.#words
    const state = words[flow + STATE]!
    const acked = words[flow + ACKED + end]!
    const isOld = (state & (ACK_SEEN << end)) !== 0 && ((acked - seq) | 0) > 0
    words[flow + STATE] = state | (KNOWN << end)
    words[flow + NEXT_SEQ + end] = isOld ? acked : seq
  }

  #wait(flow: number, end: number, seq: number, view: PacketView, isProbe: boolean): void {
    const sides = this.#sides
    const extra = sides.of(this.#words, flow)
    if (extra === 0) {
      this.droppedSegments++
      return
    }
    if (sides.words[extra + side.WAITING]! >= this.#maxWaiting) this.#force(flow)
    const flags = ((view.flags & Tcp.FIN) !== 0 ? side.WITH_FIN : 0) | (isProbe ? side.PROBE : 0)
    let segment = sides.segment(seq, view.payloadLength, flags, this.#time[0]!)
    if (segment === 0) {
      this.#force(sides.longestWaiting())
      segment = sides.segment(seq, view.payloadLength, flags, this.#time[0]!)
    }
    sides.words[extra + side.REORDERED] = sides.words[extra + side.REORDERED]! + (isProbe ? 0 : 1)
    if ((this.#words[flow + STATE]! & KEEPS_BYTES) !== 0 && sides.words[extra + side.WAITING]! < MOST_HELD)
      sides.hold(segment, view.data, view.at, view.payloadCaptured)
    sides.insert(extra, end, segment)
    this.#drain(flow, end)
  }

  /** Gives up a flow's holes: all that waits is delivered with gaps between. */
  #force(flow: number): void {
    this.forcedGaps++
    for (let end = 0; end < 2; end++) this.#fillUpTo(flow, end, true, 0)
  }

  #fillIfAcknowledged(flow: number, end: number, passed: number): void {
    const words = this.#words
    if ((words[flow + STATE]! & (ACK_SEEN << end)) === 0) return
    if (((words[flow + ACKED + end]! - words[flow + NEXT_SEQ + end]!) | 0) > 0)
      this.#fillUpTo(flow, end, false, passed)
  }

  /**
   * Turns holes into gaps: those that are acknowledged, or (`all`) every one before waiting data.
   *
   * @param passed - where what is known of either end went on beyond all holes before
   */
  #fillUpTo(flow: number, end: number, all: boolean, passed: number): void {
    const words = this.#words
    for (;;) {
      this.#drain(flow, end)
      if ((words[flow + STATE]! & (FINISHED << end)) !== 0) return
      const next = words[flow + NEXT_SEQ + end]!
      const extra = words[flow + EXTRA]!
      const head = extra === 0 ? 0 : this.#sides.words[extra + side.HEAD + end]!
      const ahead = (words[flow + ACKED + end]! - next) | 0
      if (head !== 0) {
        const before = (this.#sides.segments[head + side.SEQ]! - next) | 0
        if (before <= 0) {
          // A window probe that was never acknowledged brought nothing.
          if (!all) return
          this.#sides.dropFirst(extra, end)
        } else if (all || ahead >= before) this.#gap(flow, end, before)
        else if (ahead > 0) this.#gap(flow, end, ahead)
        else return
      } else {
        const open = Math.min(ahead, (passed - next) | 0)
        if (!all && open > 0) this.#gap(flow, end, open)
        return
      }
    }
  }

  #gap(flow: number, end: number, size: number): void {
    const words = this.#words
    words[flow + NEXT_SEQ + end] = (words[flow + NEXT_SEQ + end]! + size) | 0
    const extra = this.#sides.of(words, flow)
    if (extra !== 0) this.#sides.addMissing(extra, size)
    this.#sink.gap(flow, ((words[flow + STATE]! & CLIENT_IS_B) ^ end) as Direction, size)
  }

  /** Delivers waiting segments that have become next in order. Nothing comes after a FIN: the rest is dropped. */
  #drain(flow: number, end: number): void {
    const words = this.#words
    const sides = this.#sides
    const extra = words[flow + EXTRA]!
    if (extra === 0) return
    for (;;) {
      const head = sides.words[extra + side.HEAD + end]!
      if (head === 0) return
      const next = words[flow + NEXT_SEQ + end]!
      const offset = (sides.segments[head + side.SEQ]! - next) | 0
      const flags = sides.segments[head + side.FLAGS]!
      const fresh = (sides.segments[head + side.LENGTH]! + offset) | 0
      if ((words[flow + STATE]! & (FINISHED << end)) !== 0) {
        sides.dropFirst(extra, end)
        continue
      }
      if (offset > 0) return
      if (offset === 0 && (flags & side.PROBE) !== 0 && !this.#isAcknowledged(flow, end)) return
      this.#time[1] = sides.arrival(head)
      const held = sides.segments[head + side.HELD]!
      const data = sides.bytesOf(head)
      sides.dropFirst(extra, end)
      if (fresh > 0) {
        words[flow + NEXT_SEQ + end] = (next + fresh) | 0
        this.#deliver(flow, end, fresh, data, -offset, Math.max(held + offset, 0))
      }
      if ((flags & side.WITH_FIN) !== 0 && fresh >= 0) this.#finish(flow, end)
    }
  }

  #isAcknowledged(flow: number, end: number): boolean {
    const words = this.#words
    return ((words[flow + ACKED + end]! - words[flow + NEXT_SEQ + end]!) | 0) > 0
  }

  #deliver(flow: number, end: number, size: number, data: Uint8Array, at: number, captured: number): void {
    const words = this.#words
    addVolume(words, flow + PAYLOAD + end, size)
    if ((words[flow + STATE]! & UNORIENTED) !== 0) speakFirst(words, flow, end)
    const direction = ((words[flow + STATE]! & CLIENT_IS_B) ^ end) as Direction
    this.#sink.element(flow, direction, size, data, at, captured)
  }

  #countRetransmit(flow: number): void {
    const extra = this.#sides.of(this.#words, flow)
    if (extra !== 0)
      this.#sides.words[extra + side.RETRANSMITS] = this.#sides.words[extra + side.RETRANSMITS]! + 1
  }

  /** A FIN came in order: it takes one sequence number. */
  #finish(flow: number, end: number): void {
    const words = this.#words
    const state = words[flow + STATE]!
    if ((state & (FINISHED << end)) !== 0) return
    words[flow + NEXT_SEQ + end] = (words[flow + NEXT_SEQ + end]! + 1) | 0
    words[flow + STATE] = state | (FINISHED << end)
    if ((state & (FINISHED << (end ^ 1))) !== 0) this.#end(flow, ENDED)
  }

  #end(flow: number, bits: number): void {
    const state = this.#words[flow + STATE]!
    this.#words[flow + STATE] = state | bits
    // The flush may come upon the FIN that was missing: the flow ends once.
    if ((state & ENDED) !== 0) return
    this.flush(flow)
    this.#sink.closed(flow)
  }
}
