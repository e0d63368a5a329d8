// The SSH connections that are being read, by flow, as many as the budget says: the oldest goes first, and is
// counted. Off the packet path but for one look-up: only flows that speak SSH come here.

import { AgingMap } from '../../core/aging-map.ts'
import type { Counters } from '../../model/counters.ts'
import type { Direction } from '../../model/program.ts'
import type { SshMessage, SshSink } from '../../model/ssh.ts'
import { SshConversation } from './ssh-conversation.ts'

export class SshConversations {
  readonly #open = new AgingMap<number, SshConversation>()
  readonly #limit: number
  readonly #mostBytes: number
  #bytes = 0
  readonly #sink: SshSink
  #abandoned = 0

  /**
   * @param limit - connections that are read at once
   * @param mostBytes - that may be kept of them, about
   */
  constructor(limit: number, mostBytes: number, sink: SshSink) {
    this.#limit = limit
    this.#mostBytes = mostBytes
    this.#sink = sink
  }

  /**
   * Takes `size` bytes of a flow's stream, of which `captured` stand in `data` from `at` on.
   *
   * @returns false when nothing more of the flow is to be read
   */
  take(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
    time: number,
    packet: number,
    isLate: boolean,
  ): boolean {
    let conversation = this.#open.get(flow)
    if (conversation === undefined) {
      if (this.#open.size >= this.#limit) this.#abandonOldest()
      conversation = new SshConversation()
      this.#open.set(flow, conversation)
    } else if (conversation.pass(direction, data, at, captured, size, time))
      return this.#goesOn(flow, conversation)
    const bytes = data.subarray(at, at + captured)
    const messages: SshMessage[] = []
    const handshake = conversation.take(direction, bytes, size, time, packet, messages, isLate)
    if (handshake !== undefined) this.#sink.negotiated(flow, handshake)
    for (const message of messages) this.#tell(flow, conversation, message)
    this.#weigh(conversation)
    return this.#goesOn(flow, conversation)
  }

  #goesOn(flow: number, conversation: SshConversation): boolean {
    if (conversation.isOver) {
      this.release(flow)
      return false
    }
    while (this.#bytes > this.#mostBytes) this.#abandonOldest()
    return true
  }

  /** What a conversation keeps has changed. */
  #weigh(conversation: SshConversation): void {
    const weight = conversation.weight
    this.#bytes += weight - conversation.weighed
    conversation.weighed = weight
  }

  gap(flow: number, direction: Direction): void {
    const conversation = this.#open.get(flow)
    if (conversation === undefined) return
    conversation.tear(direction)
    this.#weigh(conversation)
  }

  /** The flow's end was seen. */
  close(flow: number): void {
    const conversation = this.#open.get(flow)
    if (conversation === undefined) return
    const messages: SshMessage[] = []
    conversation.flush(messages)
    for (const message of messages) this.#tell(flow, conversation, message)
    this.#weigh(conversation)
  }

  #tell(flow: number, conversation: SshConversation, message: SshMessage): void {
    conversation.keep(message)
    this.#sink.said(flow, message)
  }

  /** What is known of a flow; undefined when it is not read. */
  of(flow: number): SshConversation | undefined {
    return this.#open.get(flow)
  }

  release(flow: number): void {
    this.#bytes -= this.#open.get(flow)?.weighed ?? 0
    this.#open.delete(flow)
  }

  count(counters: Counters): void {
    counters.add('exchange.abandoned_ssh', this.#abandoned)
  }

  #abandonOldest(): void {
    const { oldest } = this.#open
    if (oldest !== undefined) this.release(oldest[0])
    this.#abandoned++
  }
}
