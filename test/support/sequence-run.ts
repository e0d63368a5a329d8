// Runs the sequence matcher over streams that tests spell out: `c12 +s12 ! <auth>c:PASSWORD +200ms_s~4..12`. `!` is a
// gap, `+` a pause of two seconds or of the time that it names, `~` the bytes of a payload. A pause is a second.

import { word } from '../../src/core/bytes.ts'
import type { NaiveSequenceElement, NaiveSequenceGap } from '../../src/match/naive-sequences.ts'
import { DEFAULT_SEQUENCE_BUDGET, type SequenceBudget, Stream } from '../../src/match/sequence-flows.ts'
import { SequenceMatcher } from '../../src/match/sequence-matcher.ts'
import { Counters } from '../../src/model/counters.ts'
import { type FlowFigureSource, figureIndex, SSH_FIGURES } from '../../src/model/figures.ts'
import {
  CLIENT_IS_B,
  FIRST_RECORD,
  FlowRecords,
  PORTS,
  RECORD_WORDS,
  SEQUENCES,
  STATE,
  VLAN_PROTOCOL,
} from '../../src/model/flow-record.ts'
import type { MatchSink } from '../../src/model/match-sink.ts'
import type { MatchWatch } from '../../src/model/match-watch.ts'
import { Message, type MessageName } from '../../src/model/messages.ts'
import { Protocol, type SequenceSignature, SSH_PHASES, type SshPhase } from '../../src/model/program.ts'
import { SequenceElement } from '../../src/model/sequence-element.ts'
import { micros } from './sequence-text.ts'

export type StreamEvent = NaiveSequenceElement | NaiveSequenceGap

export interface StreamFacts {
  /** `ssh`: what is fed are messages. */
  readonly protocol: SequenceSignature['protocol']
  readonly serverPort: number
  readonly startSeen: boolean
  readonly clientIsB: boolean
  readonly rtt: number
}

export const SSH_22: StreamFacts = {
  protocol: 'ssh',
  serverPort: 22,
  startSeen: true,
  clientIsB: false,
  rtt: 0,
}
export const TCP_22: StreamFacts = { ...SSH_22, protocol: 'tcp' }

export interface SequenceRunHit {
  readonly signature: number
  readonly count: number
  readonly first: number
  readonly last: number
}

interface Live {
  readonly facts: StreamFacts
  readonly hits: SequenceRunHit[]
  elements: number
  events: number
}

/** A matcher with a few flows, named by small numbers, and what it told of each. */
export class SequenceRun implements MatchSink, FlowFigureSource {
  readonly matcher: SequenceMatcher
  /** Figures by name; they may change between elements. */
  readonly figures = new Map<string, number>()
  /** Instead of `figures`: of a flow, when so many elements have come. */
  figure: ((flow: number, figure: number, elements: number) => number) | undefined
  readonly #records: FlowRecords
  readonly #live: Live[] = []
  readonly #element = new SequenceElement()

  constructor(
    sequences: readonly SequenceSignature[],
    budget: SequenceBudget = DEFAULT_SEQUENCE_BUDGET,
    flows = 2,
    watch?: MatchWatch,
  ) {
    this.#records = new FlowRecords(flows)
    this.matcher = new SequenceMatcher(this.#records, sequences, this, this, budget, watch)
  }

  open(flow: number, facts: StreamFacts = TCP_22): this {
    const { words } = this.#records
    const at = recordOf(flow)
    words.fill(0, at, at + RECORD_WORDS)
    words[at + PORTS] = facts.clientIsB ? (facts.serverPort << 16) | 40000 : (40000 << 16) | facts.serverPort
    words[at + VLAN_PROTOCOL] = Protocol[facts.protocol === 'ssh' ? 'tcp' : facts.protocol]
    words[at + STATE] = facts.clientIsB ? CLIENT_IS_B : 0
    this.#live[flow] = { facts, hits: [], elements: 0, events: 0 }
    return this
  }

  feed(flow: number, event: StreamEvent): void {
    const live = this.#live[flow]!
    const { facts } = live
    const stream = facts.protocol === 'ssh' ? Stream.messages : Stream.packets
    live.events++
    if (event.kind === 'gap') {
      this.matcher.gap(recordOf(flow), stream)
      return
    }
    const e = this.#element
    e.ordinal = ++live.elements
    e.direction = event.direction
    e.size = event.size
    e.message = event.message
    e.payloadLow = event.payload?.low ?? 0
    e.payloadHigh = event.payload?.high ?? 0
    e.delay = event.delay ?? -1
    e.isPause = event.isPause ? 1 : 0
    e.rtt = facts.rtt
    e.phases = event.phases.reduce((bits, phase) => bits | (1 << SSH_PHASES.indexOf(phase)), 0)
    e.isFirst = facts.startSeen && live.events === 1 ? 1 : 0
    // As the pipeline does: packets that matter to no sequence are not told. Real packets have no name and no phase.
    const isPacket = stream === Stream.packets && (e.message | e.phases | e.payloadHigh) === 0
    const isTold =
      !isPacket || this.matcher.concerns(recordOf(flow), e.direction, e.size, e.isPause, e.isFirst)
    if (isTold) this.matcher.element(recordOf(flow), stream, e)
  }

  /** Feeds flow 0, which is opened at need. */
  play(events: string, facts: StreamFacts = TCP_22): this {
    if (this.#live[0] === undefined) this.open(0, facts)
    for (const event of parseStream(events)) this.feed(0, event)
    return this
  }

  close(flow: number): this {
    this.matcher.close(recordOf(flow))
    return this
  }

  release(flow: number): this {
    this.matcher.release(recordOf(flow))
    return this
  }

  /** Of a flow, since it was opened. */
  hits(flow: number): readonly SequenceRunHit[] {
    return this.#live[flow]?.hits ?? []
  }

  /** Of flow 0, as `signature: first-last`. */
  get summary(): readonly string[] {
    return this.hits(0).map(({ signature, first, last }) => `${signature}: ${first}-${last}`)
  }

  hitsOf(flow: number) {
    return this.matcher.hitsOf(recordOf(flow))
  }

  keepsSomething(flow: number): boolean {
    return word(this.#records.words, recordOf(flow) + SEQUENCES) !== 0
  }

  counter(name: string): number {
    const counters = new Counters()
    this.matcher.count(counters)
    return counters.of(name)
  }

  hasSsh(record: number): boolean {
    return Object.keys(SSH_FIGURES).some((name) => this.value(record, figureIndex(name)) !== 0)
  }

  value(record: number, figure: number): number {
    const flow = flowAt(record)
    if (this.figure !== undefined) return this.figure(flow, figure, this.#live[flow]?.elements ?? 0)
    for (const [name, value] of this.figures) if (figureIndex(name) === figure) return value
    return 0
  }

  sequenceMatched(flow: number, signature: number, count: number, first: number, last: number): void {
    this.#live[flowAt(flow)]?.hits.push({ signature, count, first, last })
  }

  matched(): void {}
}

function recordOf(flow: number): number {
  return FIRST_RECORD + flow * RECORD_WORDS
}

function flowAt(record: number): number {
  return (record - FIRST_RECORD) / RECORD_WORDS
}

const PAUSE = 1_000_000

export function parseStream(text: string): StreamEvent[] {
  return text.split(' ').flatMap((part): StreamEvent[] => {
    if (part === '') return []
    if (part === '!') return [{ kind: 'gap' }]
    const match = /^(?:<(\w+)>)?(\+(?:(\w+)_)?)?([cs])(\d*)(?::(\w+))?(?:~(\d+)\.\.(\d+))?$/.exec(part)
    if (match === null) throw new Error(`not understood: ${part}`)
    const [, phase, plus, time, side, size, message, low, high] = match
    const delay = time !== undefined ? micros(time) : plus !== undefined ? 2 * PAUSE : 1000
    return [
      {
        kind: 'element',
        direction: side === 's' ? 1 : 0,
        size: Number(size),
        message: message === undefined ? 0 : Message[message as MessageName],
        payload: low === undefined ? undefined : { low: Number(low), high: Number(high) },
        delay,
        isPause: delay >= PAUSE,
        phases: phase === undefined ? [] : [phase as SshPhase],
      },
    ]
  })
}
