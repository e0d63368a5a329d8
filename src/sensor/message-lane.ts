// Hands SSH messages to the sequences, as elements of a stream of their own.

import { word } from '../core/bytes.ts'
import { Stream } from '../match/sequence-flows.ts'
import { type FlowRecords, STARTED, STATE, TORN } from '../model/flow-record.ts'
import { Message } from '../model/messages.ts'
import { SequenceElement } from '../model/sequence-element.ts'
import type { SshHandshake, SshMessage, SshSink } from '../model/ssh.ts'
import type { Generations } from './generations.ts'

export class MessageLane implements SshSink {
  readonly #element = new SequenceElement()
  readonly #words: Int32Array
  readonly #thresholdMicros: number
  readonly #sink: SshSink
  /** Set once: matchers need figures, which need the conversations, which need this. */
  generations: Generations | undefined

  constructor(records: FlowRecords, thresholdMicros: number, sink: SshSink) {
    this.#words = records.words
    this.#thresholdMicros = thresholdMicros
    this.#sink = sink
  }

  negotiated(flow: number, handshake: SshHandshake): void {
    this.#sink.negotiated(flow, handshake)
  }

  said(flow: number, message: SshMessage): void {
    const matcher = this.generations?.of(flow).sequences
    if (matcher === undefined || matcher.isEmpty(Stream.messages)) return
    const element = this.#element
    element.ordinal = message.ordinal
    element.direction = message.side
    element.size = message.wire
    element.message = Message[message.name]
    element.payloadLow = message.payload[0]
    element.payloadHigh = message.payload[1]
    element.delay = message.delay
    element.isPause = message.delay >= this.#thresholdMicros ? 1 : 0
    element.rtt = message.roundTrip
    element.phases = message.phases
    const isWhole = (word(this.#words, flow + STATE) & (STARTED | TORN)) === STARTED
    element.isFirst = message.ordinal === 1 && isWhole ? 1 : 0
    element.time = message.time
    matcher.element(flow, Stream.messages, element)
  }
}
