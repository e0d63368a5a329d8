// Packets through decoder and flow table, and what the flow stage told of each flow as plain records and as
// one readable line: `open c21 s40 c!5 closed timeout` (c!5: a gap of 5 bytes of the client's).

import { word } from '../../src/core/bytes.ts'
import { Decoder } from '../../src/decode/decoder.ts'
import { DEFAULT_REASSEMBLY } from '../../src/decode/reassembly.ts'
import type { FlowBudget } from '../../src/flow/flow-budget.ts'
import { FlowTable } from '../../src/flow/flow-table.ts'
import { REORDERED, RETRANSMITS, WAITING } from '../../src/flow/side-records.ts'
import { Counters } from '../../src/model/counters.ts'
import {
  BYTES,
  CLIENT_IS_B,
  EXTRA,
  FLOW_ID,
  FlowRecords,
  PACKETS,
  PAYLOAD,
  PORTS,
  realOf,
  STARTED,
  STATE,
  volumeOf,
} from '../../src/model/flow-record.ts'
import { FlowClock, type FlowSink, Reason } from '../../src/model/flow-sink.ts'
import { PacketView } from '../../src/model/packet-view.ts'
import type { Direction } from '../../src/model/program.ts'
import { type Content, type End, frame, type Layer, type TcpFields, tcp, toBytes } from './packet.ts'

export type Side = 'client' | 'server'

/** What the sink was told. `flow` counts the run's flows from 1; `time` is in seconds. */
export type Told =
  | { readonly kind: 'opened' | 'closed'; readonly flow: number }
  | { readonly kind: 'released'; readonly flow: number; readonly reason: string }
  | { readonly kind: 'gap'; readonly flow: number; readonly from: Side; readonly size: number }
  | {
      readonly kind: 'element'
      readonly flow: number
      readonly from: Side
      readonly size: number
      readonly time: number
      /** The captured bytes, when the current packet holds them. */
      readonly bytes: string | undefined
    }

/** A flow's record in words of client and server. */
export interface FlowFacts {
  readonly clientPort: number
  readonly isStartSeen: boolean
  /** [client, server] */
  readonly packets: readonly [number, number]
  readonly bytes: readonly [number, number]
  readonly payload: readonly [number, number]
  readonly retransmits: number
  readonly reordered: number
  readonly missingBytes: number
}

/** A budget for tests: small, with timeouts of its own. */
export const SMALL_BUDGET: FlowBudget = {
  maxFlows: 16,
  maxWaiting: 64,
  maxWaitingPerFlow: 32,
  heldBytes: 65536,
  tcpMicros: 3600e6,
  tcpOpeningMicros: 60e6,
  tcpClosedMicros: 10e6,
  udpMicros: 120e6,
  icmpMicros: 60e6,
}

export class FlowRun implements FlowSink {
  readonly told: Told[] = []
  readonly table: FlowTable
  readonly #records: FlowRecords
  readonly #clock = new FlowClock()
  readonly #view = new PacketView()
  readonly #decoder = new Decoder({ checksums: true, reassembly: { ...DEFAULT_REASSEMBLY, datagrams: 4 } })
  readonly #live = new Map<number, number>()
  readonly #released = new Map<number, FlowFacts>()
  #time = 0

  constructor(budget: Partial<FlowBudget> = {}) {
    const all = { ...SMALL_BUDGET, ...budget }
    this.#records = new FlowRecords(all.maxFlows)
    this.table = new FlowTable(this.#records, this.#clock, this, all, Math.random)
  }

  /** @param time - seconds; a millisecond after the last packet when left out */
  send(packet: Layer, time = this.#time + 0.001, snaplen?: number): this {
    this.#time = time
    const sent = frame(packet, snaplen === undefined ? { time } : { time, snaplen })
    if (this.#decoder.decode(sent, this.#view)) this.table.packet(this.#view)
    return this
  }

  sendAll(packets: readonly Layer[]): this {
    for (const packet of packets) this.send(packet)
    return this
  }

  drain(): this {
    this.table.drain()
    return this
  }

  /** All that was told of a flow, in short. */
  story(flow = 1): string {
    return this.told
      .filter((told) => told.flow === flow)
      .map(shorten)
      .join(' ')
  }

  elements(flow = 1) {
    return this.told.filter((told) => told.kind === 'element' && told.flow === flow)
  }

  /** Of a live flow, or as it was when released. */
  facts(flow = 1): FlowFacts {
    const facts = this.#released.get(flow)
    if (facts !== undefined) return facts
    const record = this.#live.get(flow)
    if (record === undefined) throw new Error(`there is no flow ${flow}`)
    return this.#factsOf(record)
  }

  get live(): number {
    return this.#live.size
  }

  /** Segments that wait in each live flow. */
  get waiting(): readonly number[] {
    const { sides } = this.table
    return [...this.#live.values()].map((record) => {
      const extra = word(this.#records.words, record + EXTRA)
      return extra === 0 ? 0 : word(sides.words, extra + WAITING)
    })
  }

  counter(name: string): number {
    const counters = new Counters()
    this.table.count(counters)
    this.#decoder.count(counters)
    return counters.of(name)
  }

  opened(flow: number): void {
    this.#live.set(this.#idOf(flow), flow)
    this.told.push({ kind: 'opened', flow: this.#idOf(flow) })
  }

  element(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    const bytes = Buffer.from(data.subarray(at, at + captured)).toString('latin1')
    const time = (this.#clock.time[1] ?? 0) / 1e6
    this.told.push({ kind: 'element', flow: this.#idOf(flow), from: sideOf(direction), size, time, bytes })
  }

  gap(flow: number, direction: Direction, size: number): void {
    this.told.push({ kind: 'gap', flow: this.#idOf(flow), from: sideOf(direction), size })
  }

  closed(flow: number): void {
    this.told.push({ kind: 'closed', flow: this.#idOf(flow) })
  }

  released(flow: number, reason: Reason): void {
    const id = this.#idOf(flow)
    this.#released.set(id, this.#factsOf(flow))
    this.#live.delete(id)
    this.told.push({ kind: 'released', flow: id, reason: reasonName(reason) })
  }

  #idOf(record: number): number {
    return realOf(this.#records.reals, record, FLOW_ID)
  }

  #factsOf(record: number): FlowFacts {
    const { words } = this.#records
    const state = word(words, record + STATE)
    const b = (state & CLIENT_IS_B) === 0 ? 1 : 0
    const a = b ^ 1
    const ports = word(words, record + PORTS)
    const extra = word(words, record + EXTRA)
    const { sides } = this.table
    return {
      clientPort: a === 0 ? ports >>> 16 : ports & 0xffff,
      isStartSeen: (state & STARTED) !== 0,
      packets: [word(words, record + PACKETS + a), word(words, record + PACKETS + b)],
      bytes: [volumeOf(words, record + BYTES + a), volumeOf(words, record + BYTES + b)],
      payload: [volumeOf(words, record + PAYLOAD + a), volumeOf(words, record + PAYLOAD + b)],
      retransmits: extra === 0 ? 0 : word(sides.words, extra + RETRANSMITS),
      reordered: extra === 0 ? 0 : word(sides.words, extra + REORDERED),
      missingBytes: extra === 0 ? 0 : sides.missing(extra),
    }
  }
}

function shorten(told: Told): string {
  switch (told.kind) {
    case 'opened':
      return 'open'
    case 'closed':
      return 'closed'
    case 'released':
      return told.reason
    case 'gap':
      return `${told.from.charAt(0)}!${told.size}`
    case 'element':
      return `${told.from.charAt(0)}${told.size}`
  }
}

function sideOf(direction: Direction): Side {
  return direction === 0 ? 'client' : 'server'
}

function reasonName(reason: Reason): string {
  return Object.entries(Reason).find(([, value]) => value === reason)?.[0] ?? '?'
}

/** A TCP connection that keeps the sequence numbers: each call is one segment, and moves its sender on. */
export class Connection {
  readonly #ends: Readonly<Record<Side, End>>
  readonly #next: Record<Side, number>

  constructor(client: End, isns: Readonly<Record<Side, number>> = { client: 1000, server: 9000 }) {
    this.#ends = { client, server: client.peer }
    this.#next = { ...isns }
  }

  /** SYN, SYN/ACK, ACK; both ends scale their window by 7. */
  open(): Layer[] {
    const syn = this.#segment('client', { flags: 'S', windowScale: 7 }, 0, 1)
    const synAck = this.#segment('server', { flags: 'SA', windowScale: 7 }, 0, 1)
    return [syn, synAck, this.ack('client')]
  }

  /** Data, with ACK and PSH. */
  say(from: Side, content: Content, fields: TcpFields = {}): Layer {
    return this.#segment(from, { flags: 'PA', ...fields }, content, toBytes(content).length)
  }

  /** All seen so far is acknowledged; nothing is sent. */
  ack(from: Side, fields: TcpFields = {}): Layer {
    return this.#segment(from, { flags: 'A', ...fields }, 0, 0)
  }

  fin(from: Side, content: Content = 0): Layer {
    return this.#segment(from, { flags: 'FA' }, content, toBytes(content).length + 1)
  }

  reset(from: Side, fields: TcpFields = {}): Layer {
    return this.#segment(from, { flags: 'R', ...fields }, 0, 0)
  }

  /** FIN, FIN, ACK. */
  close(from: Side = 'client'): Layer[] {
    return [this.fin(from), this.fin(otherSide(from)), this.ack(from)]
  }

  /** Sequence number of the next byte. */
  next(side: Side): number {
    return this.#next[side]
  }

  #segment(from: Side, fields: TcpFields, content: Content, numbers: number): Layer {
    const seq = this.#next[from]
    const ack = fields.flags?.includes('A') === true ? { ack: this.#next[otherSide(from)] } : {}
    this.#next[from] = (seq + numbers) >>> 0
    return tcp(this.#ends[from], { seq, ...ack, ...fields }, content)
  }
}

function otherSide(side: Side): Side {
  return side === 'client' ? 'server' : 'client'
}
