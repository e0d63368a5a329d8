// Runs a program over exchanges, one after the other, by the matchers that run over traffic. An exchange of packets
// concerns the statements about packets, one of messages those about messages.

import { word } from '../core/bytes.ts'
import { Exchange } from '../exchange/exchange.ts'
import { DEFAULT_MATCH_BUDGET, Matcher } from '../match/matcher.ts'
import { DEFAULT_SEQUENCE_BUDGET, Stream } from '../match/sequence-flows.ts'
import { SequenceMatcher } from '../match/sequence-matcher.ts'
import { pauseOf } from '../model/element.ts'
import type { FlowFigureSource } from '../model/figures.ts'
import {
  ELEMENT_TIME,
  ELEMENTS,
  FIRST_RECORD,
  FlowRecords,
  NO_ELEMENT,
  PORTS,
  PREVIOUS,
  RECORD_WORDS,
  START_TIME,
  STARTED,
  STATE,
  TORN,
  VLAN_PROTOCOL,
} from '../model/flow-record.ts'
import { FlowClock } from '../model/flow-sink.ts'
import type { MatchSink } from '../model/match-sink.ts'
import { Message } from '../model/messages.ts'
import { type Program, Protocol, type SignatureHead } from '../model/program.ts'
import { SequenceElement } from '../model/sequence-element.ts'
import type { SshMessage } from '../model/ssh.ts'
import { ExchangeFigures } from './exchange-figures.ts'
import type { PlainElement, PlainExchange } from './plain-exchange.ts'

export interface ExchangeHit {
  readonly signature: SignatureHead
  /** Of this signature in this exchange, from 1. */
  readonly count: number
  /** Ordinals of the first and the last element, from 1; gaps are not counted. */
  readonly first: number
  readonly last: number
}

const FLOW = FIRST_RECORD
const CLIENT_PORT = 40_000
/** One flow at a time: less than a sensor needs. */
const MATCH_BUDGET = { ...DEFAULT_MATCH_BUDGET, stateBytes: 1 << 20, hitBytes: 1 << 20 }
const SEQUENCE_BUDGET = { ...DEFAULT_SEQUENCE_BUDGET }

export class ExchangeRun implements MatchSink, FlowFigureSource {
  readonly #program: Program
  readonly #thresholdMicros: number
  readonly #records = new FlowRecords(1)
  readonly #clock = new FlowClock()
  readonly #exchange: Exchange
  readonly #matcher: Matcher
  readonly #sequences: SequenceMatcher
  readonly #element = new SequenceElement()
  #figures: ExchangeFigures | undefined
  #hits: ExchangeHit[] = []

  constructor(program: Program, thresholdMicros: number) {
    this.#program = program
    this.#thresholdMicros = thresholdMicros
    this.#exchange = new Exchange(this.#records, this.#clock, thresholdMicros)
    this.#matcher = new Matcher(this.#records, program, this, MATCH_BUDGET)
    this.#sequences = new SequenceMatcher(this.#records, program.sequences, this, this, SEQUENCE_BUDGET)
  }

  /** All hits, in the order in which they are known. */
  run(exchange: PlainExchange): readonly ExchangeHit[] {
    this.#hits = []
    this.#open(exchange)
    const isSsh = exchange.protocol === 'ssh'
    for (const event of exchange.events) {
      if (event.kind === 'gap') this.#gap(isSsh)
      else if (event.message !== undefined) this.#message(event, event.message, exchange.startSeen)
      else this.#packet(event)
    }
    if (exchange.endTime !== undefined) {
      this.#clock.time.fill(exchange.endTime)
      this.#figures?.wait(exchange.endTime)
      this.#matcher.close(FLOW)
      this.#sequences.close(FLOW)
    }
    this.#matcher.release(FLOW)
    this.#sequences.release(FLOW)
    return this.#hits
  }

  #open(exchange: PlainExchange): void {
    const { words, reals } = this.#records
    words.fill(0, FLOW, FLOW + RECORD_WORDS)
    words[FLOW + PORTS] = (CLIENT_PORT << 16) | exchange.serverPort
    words[FLOW + VLAN_PROTOCOL] = Protocol[exchange.protocol === 'ssh' ? 'tcp' : exchange.protocol]
    words[FLOW + STATE] = exchange.startSeen ? STARTED : 0
    words[FLOW + PREVIOUS] = NO_ELEMENT
    reals[(FLOW >> 1) + START_TIME] = exchange.startTime
    reals[(FLOW >> 1) + ELEMENT_TIME] = exchange.startTime
    this.#clock.time.fill(exchange.startTime)
    this.#figures = new ExchangeFigures(exchange)
  }

  #gap(isSsh: boolean): void {
    this.#exchange.tear(FLOW)
    if (isSsh) {
      // Nothing is first behind it; packets learn that from the record.
      const { words } = this.#records
      words[FLOW + STATE] = word(words, FLOW + STATE) | TORN
      this.#sequences.gap(FLOW, Stream.messages)
      return
    }
    this.#matcher.gap(FLOW)
    this.#sequences.gap(FLOW, Stream.packets)
  }

  #packet(packet: PlainElement): void {
    const { direction, size, time } = packet
    this.#clock.time.fill(time)
    this.#figures?.take(packet)
    const packed = this.#exchange.add(FLOW, direction, size)
    this.#matcher.element(FLOW, packed)
    if (this.#sequences.isEmpty(Stream.packets)) return
    const { words } = this.#records
    const e = this.#element
    e.ordinal = word(words, FLOW + ELEMENTS)
    e.isFirst = e.ordinal === 1 && (word(words, FLOW + STATE) & (STARTED | TORN)) === STARTED ? 1 : 0
    e.direction = direction
    e.size = size
    e.message = 0
    e.payloadLow = 0
    e.payloadHigh = 0
    e.delay = this.#exchange.delay[0] ?? -1
    e.isPause = pauseOf(packed)
    e.rtt = 0
    e.phases = 0
    e.time = time
    if (this.#sequences.concerns(FLOW, direction, size, e.isPause, e.isFirst))
      this.#sequences.element(FLOW, Stream.packets, e)
  }

  #message(element: PlainElement, message: SshMessage, startSeen: boolean): void {
    this.#clock.time.fill(message.time)
    this.#figures?.take(element)
    const isWhole = startSeen && (word(this.#records.words, FLOW + STATE) & TORN) === 0
    const e = this.#element
    e.ordinal = message.ordinal
    e.direction = message.side
    e.size = message.wire
    e.message = Message[message.name]
    e.payloadLow = message.payload[0]
    e.payloadHigh = message.payload[1]
    e.delay = message.delay
    e.isPause = message.delay >= this.#thresholdMicros ? 1 : 0
    e.rtt = message.roundTrip
    e.phases = message.phases
    e.isFirst = message.ordinal === 1 && isWhole ? 1 : 0
    e.time = message.time
    this.#sequences.element(FLOW, Stream.messages, e)
  }

  /** Asked before conditions that stand alone: here they are always compared. */
  hasSsh(): boolean {
    return true
  }

  value(flow: number, figure: number): number {
    return this.#figures?.value(flow, figure) ?? 0
  }

  matched(_flow: number, signature: number, count: number, first: number, last: number): void {
    this.#tell(this.#program.signatures[signature], count, first, last)
  }

  sequenceMatched(_flow: number, signature: number, count: number, first: number, last: number): void {
    this.#tell(this.#program.sequences[signature], count, first, last)
  }

  #tell(signature: SignatureHead | undefined, count: number, first: number, last: number): void {
    if (signature !== undefined) this.#hits.push({ signature, count, first, last })
  }
}
