// Turns what the pipeline witnesses into reports: a hit when it happens, a flow's end when its record is
// given up. Off the packet path: called once a hit, and once a flow only as far as somebody listens.

import { word } from '../core/bytes.ts'
import {
  ACK_SEEN,
  CLIENT_IS_B,
  ELEMENTS,
  ENDED,
  EXTRA,
  PACKETS,
  RESET,
  SEEN,
  STARTED,
  STATE,
  SYN_SEEN,
} from '../model/flow-record.ts'
import { Reason } from '../model/flow-sink.ts'
import type { Program, ProgramSignature } from '../model/program.ts'
import type { FlowEnd, Hit, ReportSink } from '../model/report.ts'
import type { SshHandshake } from '../model/ssh.ts'
import { readFlowFacts } from './flow-facts.ts'
import type { Pipeline, Witness } from './pipeline.ts'

const REASONS = ['timeout', 'forced', 'shutdown', 'tcp_reuse'] as const

/** Which flow ends are reported. */
export type FlowInterest = 'none' | 'unmatched' | 'all'

export class Reporter implements Witness {
  readonly #program: Program
  readonly #sink: ReportSink
  readonly #interest: FlowInterest
  readonly #counts: Float64Array
  #pipeline: Pipeline | undefined
  hits = 0

  constructor(program: Program, sink: ReportSink, interest: FlowInterest) {
    this.#program = program
    this.#sink = sink
    this.#interest = interest
    this.#counts = new Float64Array(program.signatures.length)
  }

  /** The pipeline whose records are read. It needs its witness first, so it comes after construction. */
  attach(pipeline: Pipeline): void {
    this.#pipeline = pipeline
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
    const pipeline = this.#pipeline
    const compiled = this.#program.signatures[signature]
    if (pipeline === undefined || compiled === undefined) return
    this.hits++
    this.#counts[signature] = (this.#counts[signature] ?? 0) + 1
    const hit: Hit = {
      time: pipeline.clock.time[0] ?? 0,
      flow: readFlowFacts(pipeline.records, flow),
      signature: compiled,
      count,
      first,
      last,
      elements: [...elements.subarray(at, at + last - first + 1)],
    }
    this.#sink.hit(hit)
  }

  negotiated(flow: number, handshake: SshHandshake): void {
    const pipeline = this.#pipeline
    if (pipeline === undefined) return
    const time = pipeline.clock.time[0] ?? 0
    this.#sink.ssh({ time, flow: readFlowFacts(pipeline.records, flow), handshake })
  }

  released(flow: number, reason: Reason): void {
    if (this.#interest === 'none') return
    const pipeline = this.#pipeline
    if (pipeline === undefined) return
    const hits = pipeline.hitsOf(flow)
    if (this.#interest === 'unmatched' && hits.length > 0) return
    this.#sink.flowEnd(this.#flowEnd(pipeline, flow, reason, hits))
  }

  /** Signatures that hit, and how often in all. */
  hitCounts(): readonly { readonly signature: ProgramSignature; readonly count: number }[] {
    return this.#program.signatures.flatMap((signature, i) => {
      const count = this.#counts[i] ?? 0
      return count > 0 ? [{ signature, count }] : []
    })
  }

  #flowEnd(
    pipeline: Pipeline,
    flow: number,
    reason: Reason,
    hits: readonly { readonly signature: number; readonly count: number }[],
  ): FlowEnd {
    const { words } = pipeline.records
    const state = word(words, flow + STATE)
    const seen = word(words, flow + SEEN)
    const clientIsB = (state & CLIENT_IS_B) !== 0
    const sequence = pipeline.recorder?.read(flow) ?? []
    const facts = readFlowFacts(pipeline.records, flow)
    const isTcp = facts.protocol === 'TCP'
    const ended = (state & ENDED) !== 0
    const bothWays = word(words, flow + PACKETS) > 0 && word(words, flow + PACKETS + 1) > 0
    return {
      time: reason === Reason.shutdown ? facts.last : (pipeline.clock.time[0] ?? 0),
      flow: facts,
      state: ended ? 'closed' : bothWays ? 'established' : 'new',
      reason: REASONS[reason],
      flagsToServer: isTcp ? (clientIsB ? (seen >> 8) & 255 : seen & 255) : 0,
      flagsToClient: isTcp ? (clientIsB ? seen & 255 : (seen >> 8) & 255) : 0,
      sequence,
      truncated: sequence.filter((packed) => packed >= 0).length < word(words, flow + ELEMENTS),
      hits: hits.flatMap(({ signature, count }) => {
        const compiled = this.#program.signatures[signature]
        return compiled === undefined ? [] : [{ signature: compiled, count }]
      }),
      ...pipeline.irregularities(word(words, flow + EXTRA)),
      startSeen: (state & STARTED) !== 0,
      endSeen: (state & (ENDED | RESET)) !== 0 || reason === Reason.timeout,
      handshakeSeen:
        !isTcp ||
        (state & (SYN_SEEN * 3)) === SYN_SEEN * 3 ||
        ((state & (SYN_SEEN * 3)) !== 0 && (state & (ACK_SEEN * 3)) === ACK_SEEN * 3),
    }
  }
}
