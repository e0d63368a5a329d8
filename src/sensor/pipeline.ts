// hot path
// Joins the stages: frame -> decode -> flow -> exchange -> match. Owns the stores that they share. What leaves
// the packet path (a hit, a flow's end) goes to a Witness, which may allocate.

import { word } from '../core/bytes.ts'
import { Decoder } from '../decode/decoder.ts'
import { recogniseDatagram, recogniseStream, SSH } from '../exchange/app-protocol.ts'
import { Exchange } from '../exchange/exchange.ts'
import { Recorder } from '../exchange/recorder.ts'
import { SshConversations } from '../exchange/ssh/ssh-conversations.ts'
import { DEFAULT_FLOW_BUDGET, type FlowBudget, FlowTable } from '../flow/flow-table.ts'
import { REORDERED, RETRANSMITS } from '../flow/side-records.ts'
import { DEFAULT_MATCH_BUDGET, type MatchBudget, Matcher } from '../match/matcher.ts'
import type { Counters } from '../model/counters.ts'
import { packElement } from '../model/element.ts'
import {
  CLIENT_IS_B,
  FlowRecords,
  KEEPS_BYTES,
  PORTS,
  SEEN,
  STATE,
  VLAN_PROTOCOL,
} from '../model/flow-record.ts'
import { FlowClock, type FlowSink, type Reason } from '../model/flow-sink.ts'
import type { Frame } from '../model/frame.ts'
import type { MatchSink } from '../model/match-sink.ts'
import { PacketView } from '../model/packet-view.ts'
import { type Direction, type Program, Protocol } from '../model/program.ts'
import type { SshSink } from '../model/ssh.ts'

export interface PipelineOptions {
  readonly program: Program
  /** Shortest delay that is a pause, µs. */
  readonly thresholdMicros: number
  readonly checksums: boolean
  /** Elements of each flow to keep for raw signatures; 0 for none. */
  readonly recordedElements: number
  /** Recognise application protocols, and read SSH handshakes: only when somebody wants to know. */
  readonly appProtocols: boolean
  readonly flow?: FlowBudget
  readonly match?: MatchBudget
}

/** Told what leaves the packet path. */
export interface Witness extends MatchSink, SshSink {
  released(flow: number, reason: Reason): void
}

const RECORDER_BYTES = 256 << 20
/** SSH connections whose handshake is read at once, and bytes that are kept of them. */
const MAX_SSH = 65_536
const SSH_BYTES = 64 << 20
const APP_SHIFT = 16
const LOOKED_SHIFT = 24

export class Pipeline implements FlowSink {
  readonly records: FlowRecords
  readonly clock = new FlowClock()
  readonly view = new PacketView()
  readonly table: FlowTable
  readonly recorder: Recorder | undefined
  readonly #decoder: Decoder
  readonly #exchange: Exchange
  readonly #ssh: SshConversations
  readonly #matcher: Matcher
  readonly #witness: Witness
  readonly #appProtocols: boolean

  constructor(options: PipelineOptions, witness: Witness) {
    const flow = options.flow ?? DEFAULT_FLOW_BUDGET
    this.#witness = witness
    this.#appProtocols = options.appProtocols
    this.records = new FlowRecords(flow.maxFlows)
    const heldBytes = options.appProtocols ? flow.heldBytes : 0
    this.table = new FlowTable(this.records, this.clock, this, { ...flow, heldBytes }, Math.random)
    this.recorder =
      options.recordedElements > 0
        ? new Recorder(this.records, options.recordedElements, RECORDER_BYTES)
        : undefined
    this.#decoder = new Decoder({ checksums: options.checksums })
    this.#exchange = new Exchange(this.records, this.clock, options.thresholdMicros)
    this.#ssh = new SshConversations(MAX_SSH, SSH_BYTES, witness)
    this.#matcher = new Matcher(this.records, options.program, witness, options.match ?? DEFAULT_MATCH_BUDGET)
  }

  /** Takes one captured frame; all hits that it completes are reported before this returns. */
  frame(frame: Frame): void {
    if (this.#decoder.decode(frame, this.view)) this.table.packet(this.view)
  }

  /** The input ended: all flows are released, nothing is kept for the next capture. */
  drain(): void {
    this.table.drain()
    this.#decoder.reset()
  }

  opened(_flow: number): void {}

  element(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    const element = this.#exchange.add(flow, direction, size)
    if (this.#appProtocols && captured > 0) this.#recognise(flow, direction, data, at, captured)
    if (
      this.#appProtocols &&
      this.#isRead(flow) &&
      !this.#ssh.take(flow, direction, size, data, at, captured)
    )
      this.#ignoreBytes(flow)
    if (this.recorder !== undefined) this.recorder.add(flow, element)
    this.#matcher.element(flow, element)
  }

  /** SSH that is not wholly encrypted yet. */
  #isRead(flow: number): boolean {
    const words = this.records.words
    return (
      (word(words, flow + STATE) & KEEPS_BYTES) !== 0 &&
      ((word(words, flow + SEEN) >> APP_SHIFT) & 255) === SSH
    )
  }

  #ignoreBytes(flow: number): void {
    const words = this.records.words
    words[flow + STATE] = word(words, flow + STATE) & ~KEEPS_BYTES
  }

  /** Looks at the first bytes of each side, until one tells the application protocol. */
  #recognise(flow: number, direction: Direction, data: Uint8Array, at: number, captured: number): void {
    const words = this.records.words
    const seen = word(words, flow + SEEN)
    if (((seen >> (LOOKED_SHIFT + direction)) & 1) !== 0 || ((seen >> APP_SHIFT) & 255) > 1) return
    const ports = word(words, flow + PORTS)
    const server = (word(words, flow + STATE) & CLIENT_IS_B) !== 0 ? ports >>> 16 : ports & 0xffff
    const protocol = word(words, flow + VLAN_PROTOCOL) & 255
    const app =
      protocol === Protocol.tcp
        ? recogniseStream(data, at, captured, direction, server)
        : protocol === Protocol.udp
          ? recogniseDatagram(data, at, captured, server)
          : 0
    const looked = ((seen >> LOOKED_SHIFT) & 3) | (1 << direction)
    words[flow + SEEN] = (seen & 0xffff) | (app << APP_SHIFT) | (looked << LOOKED_SHIFT)
    if (app !== SSH && (app > 1 || looked === 3)) this.#ignoreBytes(flow)
  }

  gap(flow: number, direction: Direction, size: number): void {
    if (this.#appProtocols && this.#isRead(flow)) this.#ssh.gap(flow, direction)
    this.#exchange.tear(flow)
    if (this.recorder !== undefined) this.recorder.add(flow, ~packElement(direction, size, 0))
    this.#matcher.gap(flow)
  }

  closed(flow: number): void {
    this.#matcher.close(flow)
  }

  released(flow: number, reason: Reason): void {
    this.#witness.released(flow, reason)
    if (this.#appProtocols && this.#isRead(flow)) this.#ssh.release(flow)
    this.#matcher.release(flow)
    if (this.recorder !== undefined) this.recorder.release(flow)
  }

  /** Signatures that hit a live flow, by index, and how often. */
  hitsOf(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.#matcher.hitsOf(flow)
  }

  /** What a flow's side record counts; `extra` is 0 for a regular flow. */
  irregularities(extra: number): { retransmits: number; reordered: number; missingBytes: number } {
    const { sides } = this.table
    return {
      retransmits: extra === 0 ? 0 : word(sides.words, extra + RETRANSMITS),
      reordered: extra === 0 ? 0 : word(sides.words, extra + REORDERED),
      missingBytes: extra === 0 ? 0 : sides.missing(extra),
    }
  }

  count(counters: Counters): void {
    this.#decoder.count(counters)
    this.table.count(counters)
    this.#matcher.count(counters)
    this.#ssh.count(counters)
    this.recorder?.count(counters)
  }
}
