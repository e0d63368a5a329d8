// A pipeline that keeps of every flow what signatures see of it, with times, and hands it over when the flow is given
// up. For the workbench, which looks at captures of bounded size: what is kept grows with them.

import { word } from '../core/bytes.ts'
import { figureIndex, HANDSHAKE_FIGURES } from '../model/figures.ts'
import { type FlowRecords, realOf, START_TIME, STARTED, STATE } from '../model/flow-record.ts'
import type { Reason } from '../model/flow-sink.ts'
import type { FlowTrace, TraceEvent } from '../model/flow-trace.ts'
import type { Direction } from '../model/program.ts'
import { readFlowFacts } from './flow-facts.ts'
import { Pipeline, type PipelineOptions, type Witness } from './pipeline.ts'

export interface TraceOptions {
  /** Names of the captures, in source order. */
  readonly captures: readonly string[]
  /** Packets kept of a flow, and messages. */
  readonly mostElements: number
  readonly take: (trace: FlowTrace) => void
}

const FIGURES_KEPT = ['speaks.tls', 'speaks.ssh', 'ssh.messages', ...Object.keys(HANDSHAKE_FIGURES)]

/** What is kept of a live flow. */
class Trace {
  readonly packets: TraceEvent[] = []
  readonly messages: TraceEvent[] = []
  /** Ordinal of the last message. */
  ordinal = 0
  isRead = false
  truncated = false
  endTime: number | undefined
  /** Kept while the connection is read: it may be given up before the flow is. */
  figures: ReadonlyMap<string, number> | undefined
}

export class TracingPipeline extends Pipeline {
  readonly #trace: TraceOptions
  readonly #traces = new Map<number, Trace>()

  constructor(options: PipelineOptions, witness: Witness, trace: TraceOptions) {
    super(options, witness)
    this.#trace = trace
  }

  override opened(flow: number): void {
    this.#traces.set(flow, new Trace())
    super.opened(flow)
  }

  override element(
    flow: number,
    direction: Direction,
    size: number,
    data: Uint8Array,
    at: number,
    captured: number,
  ): void {
    super.element(flow, direction, size, data, at, captured)
    const trace = this.#traces.get(flow)
    if (trace === undefined) return
    const time = this.clock.time[1] ?? 0
    this.#keep(trace, trace.packets, { kind: 'element', direction, size, time, message: undefined })
    this.#keepMessages(flow, trace)
  }

  override gap(flow: number, direction: Direction, size: number): void {
    super.gap(flow, direction, size)
    const trace = this.#traces.get(flow)
    if (trace === undefined) return
    this.#keep(trace, trace.packets, { kind: 'gap' })
    if (trace.isRead) this.#keep(trace, trace.messages, { kind: 'gap' })
  }

  override closed(flow: number): void {
    super.closed(flow)
    const trace = this.#traces.get(flow)
    if (trace === undefined) return
    this.#keepMessages(flow, trace)
    trace.endTime = this.clock.time[0] ?? 0
  }

  override released(flow: number, reason: Reason): void {
    const trace = this.#traces.get(flow)
    if (trace !== undefined) this.#tell(flow, trace)
    this.#traces.delete(flow)
    super.released(flow, reason)
  }

  #keep(trace: Trace, events: TraceEvent[], event: TraceEvent): void {
    if (events.length < this.#trace.mostElements) events.push(event)
    else trace.truncated = true
  }

  /** Those that the last packet ended. */
  #keepMessages(flow: number, trace: Trace): void {
    const conversation = this.ssh.of(flow)
    if (conversation === undefined) {
      if (!trace.isRead) return
      trace.isRead = false
      this.#keep(trace, trace.messages, { kind: 'gap' })
      return
    }
    trace.isRead = true
    for (const message of conversation.messages(trace.ordinal + 1, Number.POSITIVE_INFINITY)) {
      // It keeps the last ones only: more may have come at once.
      if (message.ordinal > trace.ordinal + 1) this.#keep(trace, trace.messages, { kind: 'gap' })
      trace.ordinal = message.ordinal
      const { side, wire, time } = message
      this.#keep(trace, trace.messages, { kind: 'element', direction: side, size: wire, time, message })
    }
    if (trace.figures === undefined && conversation.figures !== undefined) trace.figures = this.#figures(flow)
  }

  #figures(flow: number): ReadonlyMap<string, number> {
    return new Map(FIGURES_KEPT.map((name) => [name, this.figures.value(flow, figureIndex(name))]))
  }

  #tell(flow: number, trace: Trace): void {
    const records: FlowRecords = this.records
    const { signatures, sequences } = this.generations.programOf(flow)
    const facts = readFlowFacts(records, flow)
    const hits = [
      ...this.hitsOf(flow).map(({ signature }) => signatures[signature]),
      ...this.sequenceHitsOf(flow).map(({ signature }) => sequences[signature]),
    ]
    const figures = new Map(trace.figures)
    for (const name of ['speaks.tls', 'speaks.ssh', 'ssh.messages']) {
      const value = this.figures.value(flow, figureIndex(name))
      figures.set(name, Math.max(value, figures.get(name) ?? 0))
    }
    this.#trace.take({
      flow: facts,
      capture: this.#trace.captures[facts.source] ?? '',
      startSeen: (word(records.words, flow + STATE) & STARTED) !== 0,
      startTime: realOf(records.reals, flow, START_TIME),
      endTime: trace.truncated ? undefined : trace.endTime,
      packets: trace.packets,
      messages: trace.messages.some(({ kind }) => kind === 'element') ? trace.messages : undefined,
      truncated: trace.truncated,
      figures,
      hits: hits.filter((head) => head !== undefined),
    })
  }
}
