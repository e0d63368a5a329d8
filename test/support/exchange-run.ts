// Runs the matcher over exchanges that tests spell out, and writes flow records as flow and exchange do.
// Programs and exchanges are texts: `tcp 22 < c12 +s@1 s20/4 c* >` and `c12 +s12 ! s18`, `!` being a gap.

import { word } from '../../src/core/bytes.ts'
import { DEFAULT_MATCH_BUDGET, type MatchBudget, Matcher } from '../../src/match/matcher.ts'
import type { NaiveElement, NaiveGap } from '../../src/match/naive-matcher.ts'
import { Counters } from '../../src/model/counters.ts'
import { packElement } from '../../src/model/element.ts'
import {
  CLIENT_IS_B,
  ELEMENTS,
  FIRST_RECORD,
  FlowRecords,
  NO_ELEMENT,
  PORTS,
  PREVIOUS,
  RECORD_WORDS,
  STARTED,
  STATE,
  TORN,
  VLAN_PROTOCOL,
} from '../../src/model/flow-record.ts'
import type { MatchSink } from '../../src/model/match-sink.ts'
import type { MatchWatch } from '../../src/model/match-watch.ts'
import {
  Direction,
  MAX_SIZE,
  type Program,
  type ProgramElement,
  type ProgramSignature,
  Protocol,
} from '../../src/model/program.ts'
import { UNNAMED } from './unnamed.ts'

export type ExchangeEvent = NaiveElement | NaiveGap

/** What a flow's record says of it before its first element. */
export interface FlowFacts {
  readonly protocol: number
  readonly serverPort: number
  readonly clientPort: number
  readonly startSeen: boolean
  readonly clientIsB: boolean
}

export const TCP_22: FlowFacts = {
  protocol: Protocol.tcp,
  serverPort: 22,
  clientPort: 40000,
  startSeen: true,
  clientIsB: false,
}

export interface RunHit {
  readonly signature: number
  readonly count: number
  readonly first: number
  readonly last: number
  /** The matched elements, packed. */
  readonly elements: readonly number[]
}

const SOME_VLAN = 0x123 << 8

/** A matcher with a few flows, named by small numbers, and what it reported of each. */
export class ExchangeRun implements MatchSink {
  readonly matcher: Matcher
  readonly #records: FlowRecords
  readonly #hits: RunHit[][]

  constructor(program: Program, budget: MatchBudget = DEFAULT_MATCH_BUDGET, flows = 2, watch?: MatchWatch) {
    this.#records = new FlowRecords(flows)
    this.#hits = Array.from({ length: flows }, () => [])
    this.matcher = new Matcher(this.#records, program, this, budget, watch)
  }

  open(flow: number, facts: FlowFacts = TCP_22): void {
    const { words } = this.#records
    const at = recordOf(flow)
    words.fill(0, at, at + RECORD_WORDS)
    const [a, b] = facts.clientIsB
      ? [facts.serverPort, facts.clientPort]
      : [facts.clientPort, facts.serverPort]
    words[at + PORTS] = (a << 16) | b
    words[at + VLAN_PROTOCOL] = SOME_VLAN | facts.protocol
    words[at + STATE] = (facts.clientIsB ? CLIENT_IS_B : 0) | (facts.startSeen ? STARTED : 0)
    words[at + PREVIOUS] = NO_ELEMENT
    this.#hits[flow] = []
  }

  feed(flow: number, event: ExchangeEvent): void {
    const { words } = this.#records
    const at = recordOf(flow)
    if (event.kind === 'gap') {
      if (word(words, at + ELEMENTS) === 0) words[at + STATE] = word(words, at + STATE) | TORN
      this.matcher.gap(at)
    } else {
      words[at + ELEMENTS] = word(words, at + ELEMENTS) + 1
      this.matcher.element(at, packed(event))
    }
  }

  /** Opens flow 0, feeds it, and tells how often each element made a hit known: see `hits`. */
  play(exchange: string, facts: FlowFacts = TCP_22): this {
    this.open(0, facts)
    for (const event of parseExchange(exchange)) this.feed(0, event)
    return this
  }

  close(flow: number): this {
    this.matcher.close(recordOf(flow))
    return this
  }

  release(flow: number): void {
    this.matcher.release(recordOf(flow))
  }

  /** Of a flow, since it was opened. */
  hits(flow: number): readonly RunHit[] {
    return this.#hits[flow] ?? []
  }

  /** Of flow 0, as `signature: first-last`. */
  get summary(): readonly string[] {
    return this.hits(0).map((hit) => `${hit.signature}: ${hit.first}-${hit.last}`)
  }

  counter(name: string): number {
    const counters = new Counters()
    this.matcher.count(counters)
    return counters.of(name)
  }

  matched(
    flow: number,
    signature: number,
    count: number,
    first: number,
    last: number,
    elements: Int32Array,
    at: number,
  ): void {
    const matched = [...elements.subarray(at, at + last - first + 1)]
    this.#hits[flowAt(flow)]?.push({ signature, count, first, last, elements: matched })
  }

  sequenceMatched(): void {}
}

export function packed(element: NaiveElement): number {
  return packElement(element.direction, element.size, element.pause ? 1 : 0)
}

function recordOf(flow: number): number {
  return FIRST_RECORD + flow * RECORD_WORDS
}

function flowAt(record: number): number {
  return (record - FIRST_RECORD) / RECORD_WORDS
}

export function parseExchange(text: string): ExchangeEvent[] {
  return text.split(' ').flatMap((part): ExchangeEvent[] => {
    if (part === '') return []
    if (part === '!') return [{ kind: 'gap' }]
    const [, plus, side, size] = /^(\+?)([cs])(\d+)$/.exec(part) ?? fail(part)
    return [{ kind: 'element', direction: sideOf(side), size: Number(size), pause: plus === '+' }]
  })
}

export function formatExchange(events: readonly ExchangeEvent[]): string {
  return events
    .map((event) =>
      event.kind === 'gap' ? '!' : `${event.pause ? '+' : ''}${'cs'[event.direction]}${event.size}`,
    )
    .join(' ')
}

/** A program of classic signatures. */
export function programOf(signatures: readonly ProgramSignature[]): Program {
  return { hash: '', signatures, sequences: [], campaigns: [] }
}

/** One signature a text. */
export function parseProgram(...texts: readonly string[]): Program {
  return programOf(texts.map(parseSignature))
}

function parseSignature(text: string): ProgramSignature {
  const parts = /^(tcp|udp|icmp) (\d+|\*) (=? ?)(<? ?)([^>]*?)( ?>?)$/.exec(text) ?? fail(text)
  const [, protocol, port, exact, start, packets, end] = parts
  return {
    ...UNNAMED,
    protocol: protocol as ProgramSignature['protocol'],
    port: port === '*' ? -1 : Number(port),
    fuzzy: !exact?.includes('='),
    atStart: start?.includes('<') === true,
    atEnd: end?.includes('>') === true,
    elements: packets?.split(' ').map(parsePacket) ?? [],
  }
}

function parsePacket(text: string): ProgramElement {
  const [, plus, side, at, number, distance] =
    /^(\+?)([cs])(?:\*|(@?)(\d+)(?:\/(\d+))?)$/.exec(text) ?? fail(text)
  const base = { direction: sideOf(side), pauseBefore: plus === '+', reference: 0 }
  if (number === undefined) return { ...base, low: 0, high: MAX_SIZE }
  if (at === '@') return { ...base, low: 0, high: MAX_SIZE, reference: Number(number) }
  const spread = Number(distance ?? 0)
  return {
    ...base,
    low: Math.max(0, Number(number) - spread),
    high: Math.min(MAX_SIZE, Number(number) + spread),
  }
}

export function formatSignature(signature: ProgramSignature): string {
  const { protocol, port, fuzzy, atStart, atEnd, elements } = signature
  const marks = `${fuzzy ? '' : '= '}${atStart ? '< ' : ''}`
  const packets = elements.map(({ direction, low, high, reference, pauseBefore }) => {
    const size = reference > 0 ? `@${reference}` : low === high ? `${low}` : `[${low}-${high}]`
    return `${pauseBefore ? '+' : ''}${'cs'[direction]}${size}`
  })
  return `${protocol} ${port < 0 ? '*' : port} ${marks}${packets.join(' ')}${atEnd ? ' >' : ''}`
}

export function unnamed(
  signature: Pick<ProgramSignature, 'protocol' | 'port' | 'fuzzy' | 'atStart' | 'atEnd' | 'elements'> &
    Partial<Pick<ProgramSignature, 'limit'>>,
): ProgramSignature {
  return { ...UNNAMED, ...signature }
}

function sideOf(side: string | undefined): Direction {
  return side === 's' ? Direction.server : Direction.client
}

function fail(text: string): never {
  throw new Error(`not understood: ${text}`)
}
