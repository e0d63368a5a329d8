// Takes flows out of captures whole: their packets with times, and what their SSH connections say. Off the packet path:
// it allocates for every element, so it is asked for few flows.

import { formatIpv4, formatIpv6 } from '../../core/address.ts'
import { word } from '../../core/bytes.ts'
import { recogniseStream, SSH, TLS } from '../../exchange/app-protocol.ts'
import { handshakeFigures } from '../../exchange/ssh/handshake-figures.ts'
import { SshConversations } from '../../exchange/ssh/ssh-conversations.ts'
import { type Suite, suiteOf } from '../../exchange/ssh/suite.ts'
import {
  ADDRESS_A,
  ADDRESS_B,
  CLIENT_IS_B,
  ELEMENTS,
  FINISHED,
  FLOW_ID,
  type FlowRecords,
  IS_V6,
  PORTS,
  realOf,
  START_TIME,
  STARTED,
  STATE,
  TORN,
  VLAN_PROTOCOL,
} from '../../model/flow-record.ts'
import type { FlowClock, FlowSink } from '../../model/flow-sink.ts'
import { type Direction, Protocol } from '../../model/program.ts'
import type { Endpoint } from '../../model/report.ts'
import type { SshHandshake, SshMessage, SshSink } from '../../model/ssh.ts'
import type { PlainEvent, PlainExchange } from '../plain-exchange.ts'
import type { FlowEnds } from './flow-ends.ts'

export interface CollectedFlow {
  /** Of the flow in this run, from 1: `flow_id` of events where all frames were read. */
  readonly id: number
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly client: Endpoint
  readonly server: Endpoint
  readonly packets: PlainExchange
  /** Of an SSH connection. */
  readonly messages: PlainExchange | undefined
}

/** Which flows are kept: all, one by its number, or those between two ends. */
export type FlowChoice = undefined | number | FlowEnds

interface Open {
  readonly id: number
  readonly packets: PlainEvent[]
  readonly messages: PlainEvent[]
  readonly figures: Map<string, number>
  readonly looked: [boolean, boolean]
  suites: readonly [Suite, Suite] | undefined
  isSsh: boolean
  isSpoken: boolean
  endTime: number | undefined
}

/** Elements that are kept when nobody says of which flow. */
const MOST_KEPT = 2_000_000
const MOST_SSH = 65_536
const SSH_BYTES = 64 << 20

export class FlowCollector implements FlowSink, SshSink {
  /** True when there were more elements than are kept. */
  get isCut(): boolean {
    return this.#kept > MOST_KEPT
  }

  /** Flows that are over, in that order. */
  readonly flows: CollectedFlow[] = []
  readonly #records: FlowRecords
  readonly #clock: FlowClock
  readonly #choice: FlowChoice
  readonly #open = new Map<number, Open>()
  #kept = 0
  readonly #ssh = new SshConversations(MOST_SSH, SSH_BYTES, this)

  constructor(records: FlowRecords, clock: FlowClock, choice: FlowChoice) {
    this.#records = records
    this.#clock = clock
    this.#choice = choice
  }

  opened(flow: number): void {
    const id = realOf(this.#records.reals, flow, FLOW_ID)
    if (!this.#isWanted(flow, id)) return
    this.#open.set(flow, {
      id,
      packets: [],
      messages: [],
      figures: new Map(),
      looked: [false, false],
      suites: undefined,
      isSsh: false,
      isSpoken: false,
      endTime: undefined,
    })
  }

  element(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    const open = this.#open.get(flow)
    const { words } = this.#records
    words[flow + ELEMENTS] = word(words, flow + ELEMENTS) + 1
    if (open === undefined || ++this.#kept > MOST_KEPT) return
    const time = this.#clock.time[1] ?? 0
    open.packets.push({ kind: 'element', direction, size, time, message: undefined })
    if (captured > 0) this.#recognise(flow, open, direction, data, at, captured)
    if (!open.isSsh) return
    const end = direction === 0 ? this.#client(flow) ^ 1 : this.#client(flow)
    const isLate = (word(words, flow + STATE) & (FINISHED << end)) !== 0
    open.isSsh = this.#ssh.take(flow, direction, size, data, at, captured, time, open.packets.length, isLate)
  }

  gap(flow: number, direction: Direction, _size: number): void {
    const { words } = this.#records
    if (word(words, flow + ELEMENTS) === 0) words[flow + STATE] = word(words, flow + STATE) | TORN
    const open = this.#open.get(flow)
    if (open === undefined) return
    open.packets.push({ kind: 'gap' })
    if (!open.isSsh) return
    this.#ssh.gap(flow, direction)
    open.messages.push({ kind: 'gap' })
  }

  closed(flow: number): void {
    const open = this.#open.get(flow)
    if (open === undefined) return
    open.endTime = this.#clock.time[0] ?? 0
    this.#ssh.close(flow)
  }

  released(flow: number): void {
    const open = this.#open.get(flow)
    if (open === undefined) return
    this.flows.push(this.#collected(flow, open))
    this.#ssh.release(flow)
    this.#open.delete(flow)
  }

  negotiated(flow: number, handshake: SshHandshake): void {
    const open = this.#open.get(flow)
    if (open === undefined) return
    for (const [name, value] of Object.entries(handshakeFigures(handshake))) open.figures.set(name, value)
    const { algorithms } = handshake
    const toServer = algorithms && suiteOf(algorithms.cipherToServer, algorithms.macToServer)
    const toClient = algorithms && suiteOf(algorithms.cipherToClient, algorithms.macToClient)
    open.suites = toServer && toClient && [toServer, toClient]
  }

  said(flow: number, message: SshMessage): void {
    const { side, wire, time } = message
    this.#open.get(flow)?.messages.push({ kind: 'element', direction: side, size: wire, time, message })
  }

  #isWanted(flow: number, id: number): boolean {
    const choice = this.#choice
    if (choice === undefined || typeof choice === 'number') return choice === undefined || choice === id
    const { words } = this.#records
    const ports = word(words, flow + PORTS)
    const isEnd = (end: FlowEnds['one'], at: number, port: number) =>
      (end.port === undefined || end.port === port) &&
      (end.words.length === 4) === ((word(words, flow + STATE) & IS_V6) !== 0) &&
      end.words.every((one, i) => one === word(words, flow + at + i))
    const a = ports >>> 16
    const b = ports & 0xffff
    return (
      (isEnd(choice.one, ADDRESS_A, a) && isEnd(choice.other, ADDRESS_B, b)) ||
      (isEnd(choice.one, ADDRESS_B, b) && isEnd(choice.other, ADDRESS_A, a))
    )
  }

  #recognise(
    flow: number,
    open: Open,
    direction: Direction,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    if (open.isSpoken || open.looked[direction] || this.#protocol(flow) !== 'tcp') return
    open.looked[direction] = true
    const app = recogniseStream(
      data,
      at,
      captured,
      direction,
      this.#endpoint(flow, this.#client(flow) ^ 1).port ?? 0,
    )
    if (app <= 1) return
    open.isSpoken = true
    open.isSsh = app === SSH
    if (app === SSH) open.figures.set('speaks.ssh', 1)
    if (app === TLS) open.figures.set('speaks.tls', 1)
  }

  #collected(flow: number, open: Open): CollectedFlow {
    const protocol = this.#protocol(flow)
    const client = this.#client(flow)
    const server = this.#endpoint(flow, client ^ 1)
    const state = word(this.#records.words, flow + STATE)
    const spoken = open.messages.filter(({ kind }) => kind === 'element').length
    const base = {
      serverPort: server.port ?? 0,
      startSeen: (state & STARTED) !== 0,
      startTime: realOf(this.#records.reals, flow, START_TIME),
      endTime: open.endTime,
      figures: new Map([...open.figures, ['ssh.messages', spoken]]),
      suites: open.suites,
    }
    return {
      id: open.id,
      protocol,
      client: this.#endpoint(flow, client),
      server,
      packets: { ...base, protocol, events: open.packets },
      messages: spoken === 0 ? undefined : { ...base, protocol: 'ssh', events: open.messages },
    }
  }

  #client(flow: number): number {
    return word(this.#records.words, flow + STATE) & CLIENT_IS_B
  }

  #protocol(flow: number): CollectedFlow['protocol'] {
    const number = word(this.#records.words, flow + VLAN_PROTOCOL) & 255
    return number === Protocol.tcp ? 'tcp' : number === Protocol.udp ? 'udp' : 'icmp'
  }

  #endpoint(flow: number, end: number): Endpoint {
    const { words } = this.#records
    const at = flow + (end === 0 ? ADDRESS_A : ADDRESS_B)
    const isV6 = (word(words, flow + STATE) & IS_V6) !== 0
    const address = isV6 ? formatIpv6([...words.subarray(at, at + 4)]) : formatIpv4(word(words, at))
    const ports = word(words, flow + PORTS)
    return {
      address,
      port: this.#protocol(flow) === 'icmp' ? undefined : end === 0 ? ports >>> 16 : ports & 0xffff,
    }
  }
}
