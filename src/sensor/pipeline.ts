// hot path
// Joins the stages: frame -> decode -> flow -> exchange -> match. Owns the stores that they share. What leaves
// the packet path (a hit, a flow's end) goes to a Witness, which may allocate.

import { word } from '../core/bytes.ts'
import { Decoder } from '../decode/decoder.ts'
import { recogniseDatagram, recogniseStream, SSH } from '../exchange/app-protocol.ts'
import { Exchange } from '../exchange/exchange.ts'
import { Recorder } from '../exchange/recorder.ts'
import { SshConversations } from '../exchange/ssh/ssh-conversations.ts'
import { DEFAULT_FLOW_BUDGET, type FlowBudget } from '../flow/flow-budget.ts'
import { FlowTable } from '../flow/flow-table.ts'
import { REORDERED, RETRANSMITS } from '../flow/side-records.ts'
import type { MatchBudget } from '../match/matcher.ts'
import { type SequenceBudget, Stream } from '../match/sequence-flows.ts'
import type { SequenceMatcher } from '../match/sequence-matcher.ts'
import { figuresIn } from '../model/condition-figures.ts'
import type { Counters } from '../model/counters.ts'
import { packElement, pauseOf } from '../model/element.ts'
import {
  APP_SHIFT,
  appOf,
  CLIENT_IS_B,
  ELEMENTS,
  FINISHED,
  FlowRecords,
  KEEPS_BYTES,
  PORTS,
  SEEN,
  STARTED,
  STATE,
  TORN,
  VLAN_PROTOCOL,
} from '../model/flow-record.ts'
import { FlowClock, type FlowSink, type Reason } from '../model/flow-sink.ts'
import type { Frame } from '../model/frame.ts'
import type { MatchSink } from '../model/match-sink.ts'
import type { ProgramWatch } from '../model/match-watch.ts'
import { PacketView } from '../model/packet-view.ts'
import { type Direction, type Program, Protocol, type SequenceSignature } from '../model/program.ts'
import { SequenceElement } from '../model/sequence-element.ts'
import type { SshSink } from '../model/ssh.ts'
import { FlowFigures } from './flow-figures.ts'
import { Generation } from './generation.ts'
import { Generations } from './generations.ts'
import { MessageLane } from './message-lane.ts'

export interface PipelineOptions {
  readonly program: Program
  /** Shortest delay that is a pause, µs. */
  readonly thresholdMicros: number
  readonly checksums: boolean
  /** Elements of each flow to keep for raw signatures; 0 for none. */
  readonly recordedElements: number
  /** Bytes that these may take. */
  readonly recordedBytes?: number
  /** Recognise application protocols, and read SSH handshakes: only when somebody wants to know. */
  readonly appProtocols: boolean
  readonly flow?: FlowBudget
  readonly match?: MatchBudget
  readonly sequence?: SequenceBudget
  /** Bytes that are kept of SSH connections. */
  readonly sshBytes?: number
  /** Told what matching costs. */
  readonly watch?: ProgramWatch | undefined
}

/** Told what leaves the packet path. */
export interface Witness extends MatchSink, SshSink {
  released(flow: number, reason: Reason): void
}

const RECORDER_BYTES = 256 << 20
/** SSH connections that are read at once, and bytes that are kept of them. */
const MAX_SSH = 65_536
const SSH_BYTES = 128 << 20
const LOOKED_SHIFT = 24
/** Frames that are taken together: about as many as the processor can wait for at once. */
const QUEUED = 16

export class Pipeline implements FlowSink {
  readonly records: FlowRecords
  readonly clock = new FlowClock()
  readonly view = new PacketView()
  /** Packets that wait for settle(), the first so many. */
  readonly #queued = Array.from({ length: QUEUED }, () => new PacketView())
  #waiting = 0
  readonly table: FlowTable
  readonly recorder: Recorder | undefined
  readonly #decoder: Decoder
  readonly #exchange: Exchange
  readonly ssh: SshConversations
  readonly figures: FlowFigures
  readonly generations: Generations
  readonly #options: PipelineOptions
  readonly #sequenceElement = new SequenceElement()
  /** [0] bytes of TCP streams that came, [1] that the capture never showed. */
  readonly #streamed = new Float64Array(2)
  readonly #witness: Witness
  readonly #appProtocols: boolean

  constructor(options: PipelineOptions, witness: Witness) {
    const flow = options.flow ?? DEFAULT_FLOW_BUDGET
    this.#options = options
    this.#witness = witness
    this.#appProtocols = options.appProtocols || options.program.sequences.some(asksProtocol)
    this.records = new FlowRecords(flow.maxFlows)
    const readsSsh = options.appProtocols || options.program.sequences.some(asksSsh)
    const heldBytes = readsSsh ? flow.heldBytes : 0
    this.table = new FlowTable(this.records, this.clock, this, { ...flow, heldBytes }, Math.random)
    this.recorder =
      options.recordedElements > 0
        ? new Recorder(this.records, options.recordedElements, options.recordedBytes ?? RECORDER_BYTES)
        : undefined
    this.#decoder = new Decoder({ checksums: options.checksums })
    this.#exchange = new Exchange(this.records, this.clock, options.thresholdMicros)
    const lane = new MessageLane(this.records, options.thresholdMicros, witness)
    this.ssh = new SshConversations(MAX_SSH, options.sshBytes ?? SSH_BYTES, lane)
    this.figures = new FlowFigures(this.records, this.clock, this.ssh)
    this.generations = new Generations(this.records, this.#generationOf(options.program))
    lane.generations = this.generations
  }

  #generationOf(program: Program): Generation {
    const { match, sequence, watch } = this.#options
    return new Generation(this.records, program, this.#witness, this.figures, match, sequence, watch)
  }

  /** Flows that open from now on run on `program`; those that are open finish on theirs. Between two frames only. */
  adopt(program: Program): void {
    this.generations.adopt(this.#generationOf(program), (visit) => this.table.each(visit))
  }

  /** Bytes of TCP streams that came, and that their receivers acknowledged but the capture never showed. */
  get streamed(): { readonly seen: number; readonly missing: number } {
    return { seen: this.#streamed[0] ?? 0, missing: this.#streamed[1] ?? 0 }
  }

  /** Takes one captured frame; all hits that it completes are reported before this returns. */
  frame(frame: Frame): void {
    if (this.#decoder.decode(frame, this.view)) this.table.packet(this.view)
  }

  /**
   * Takes one captured frame like frame(), at settle() at the latest. Until then its bytes must stay where they are.
   * Taking frames together is faster: FlowTable.fetch() says why.
   */
  queue(frame: Frame): void {
    const view = this.#queued[this.#waiting]
    if (view === undefined || !this.#decoder.decode(frame, view)) return
    this.table.prepare(view)
    this.#waiting++
    // A datagram put together from fragments stands in a buffer that the next one may use.
    if (this.#waiting === QUEUED || view.data !== frame.data) this.settle()
  }

  /** Takes all frames that are queued. */
  settle(): void {
    const queued = this.#queued
    const waiting = this.#waiting
    this.#waiting = 0
    this.table.fetch(queued, waiting)
    for (let i = 0; i < waiting; i++) this.table.take(queued[i] as PacketView)
  }

  /**
   * The input ended: flows are released, nothing is kept for the next capture.
   *
   * @param most - flows to release in this call
   * @returns true when all are released
   */
  drain(most?: number): boolean {
    this.settle()
    this.#decoder.reset()
    return this.table.drain(most)
  }

  opened(flow: number): void {
    this.generations.opened(flow)
  }

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
    if (this.#appProtocols && this.#isRead(flow)) this.#read(flow, direction, size, data, at, captured)
    if (this.recorder !== undefined) this.recorder.add(flow, element)
    if ((word(this.records.words, flow + VLAN_PROTOCOL) & 255) === Protocol.tcp)
      this.#streamed[0] = (this.#streamed[0] ?? 0) + size
    const generation = this.generations.of(flow)
    generation.matcher.element(flow, element)
    if (generation.hasPacketSequences)
      this.#matchSequences(generation.sequences, flow, direction, size, element)
  }

  #matchSequences(
    sequences: SequenceMatcher,
    flow: number,
    direction: Direction,
    size: number,
    packed: number,
  ): void {
    const { words } = this.records
    const ordinal = word(words, flow + ELEMENTS)
    const isFirst = ordinal === 1 && (word(words, flow + STATE) & (STARTED | TORN)) === STARTED ? 1 : 0
    const isPause = pauseOf(packed)
    if (!sequences.concerns(flow, direction, size, isPause, isFirst)) return
    const element = this.#sequenceElement
    element.ordinal = ordinal
    element.direction = direction
    element.size = size
    element.delay = this.#exchange.delay[0] ?? -1
    element.isPause = isPause
    element.isFirst = isFirst
    element.time = this.clock.time[1] ?? 0
    sequences.element(flow, Stream.packets, element)
  }

  #read(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    const { words } = this.records
    const time = this.clock.time[1] ?? 0
    const packet = word(words, flow + ELEMENTS)
    const isLate = (word(words, flow + STATE) & (FINISHED << this.#otherEnd(flow, direction))) !== 0
    if (this.ssh.take(flow, direction, size, data, at, captured, time, packet, isLate)) return
    // What comes now is not told as messages: none of those before was the last.
    this.generations.of(flow).sequences.gap(flow, Stream.messages)
    this.#ignoreBytes(flow)
  }

  /** The end (0: a, 1: b) that a direction goes to. */
  #otherEnd(flow: number, direction: Direction): number {
    const client = word(this.records.words, flow + STATE) & CLIENT_IS_B
    return direction === 0 ? client ^ 1 : client
  }

  /** SSH that is not wholly encrypted yet. */
  #isRead(flow: number): boolean {
    const words = this.records.words
    return (word(words, flow + STATE) & KEEPS_BYTES) !== 0 && appOf(words, flow) === SSH
  }

  #ignoreBytes(flow: number): void {
    const words = this.records.words
    words[flow + STATE] = word(words, flow + STATE) & ~KEEPS_BYTES
  }

  /** Looks at the first bytes of each side, until one tells the application protocol. */
  #recognise(flow: number, direction: Direction, data: Uint8Array, at: number, captured: number): void {
    const words = this.records.words
    const seen = word(words, flow + SEEN)
    if (((seen >> (LOOKED_SHIFT + direction)) & 1) !== 0 || appOf(words, flow) > 1) return
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
    this.#streamed[1] = (this.#streamed[1] ?? 0) + size
    const { matcher, sequences } = this.generations.of(flow)
    if (this.#appProtocols && this.#isRead(flow)) {
      this.ssh.gap(flow, direction)
      sequences.gap(flow, Stream.messages)
    }
    this.#exchange.tear(flow)
    if (this.recorder !== undefined) this.recorder.add(flow, ~packElement(direction, size, 0))
    matcher.gap(flow)
    sequences.gap(flow, Stream.packets)
  }

  closed(flow: number): void {
    if (this.#appProtocols && this.#isRead(flow)) this.ssh.close(flow)
    const { matcher, sequences } = this.generations.of(flow)
    matcher.close(flow)
    sequences.close(flow)
  }

  released(flow: number, reason: Reason): void {
    this.#witness.released(flow, reason)
    if (this.#appProtocols && this.#isRead(flow)) this.ssh.release(flow)
    this.generations.released(flow)
    if (this.recorder !== undefined) this.recorder.release(flow)
  }

  /** Signatures that hit a live flow, by index, and how often. */
  hitsOf(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.generations.of(flow).matcher.hitsOf(flow)
  }

  /** Sequences that hit a live flow, by index, and how often. */
  sequenceHitsOf(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.generations.of(flow).sequences.hitsOf(flow)
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
    this.generations.count(counters)
    this.ssh.count(counters)
    this.recorder?.count(counters)
  }
}

/** A signature asks what a flow speaks. */
function asksProtocol(sequence: SequenceSignature): boolean {
  return asksSsh(sequence) || figuresIn(sequence.where).some((name) => name.startsWith('speaks.'))
}

/** A signature is about what SSH connections say. */
function asksSsh({ protocol, where }: SequenceSignature): boolean {
  return protocol === 'ssh' || figuresIn(where).some((name) => name.startsWith('ssh.'))
}
