// Turns what the pipeline witnesses into reports: a hit when it happens, a flow's end when its record is
// given up. Off the packet path: called once a hit, and once a flow only as far as somebody listens.

import { word } from '../core/bytes.ts'
import { Campaigns, DEFAULT_CAMPAIGN_BUDGET } from '../match/campaigns.ts'
import type { Counters } from '../model/counters.ts'
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
import type { CampaignHit, CampaignSink } from '../model/match-sink.ts'
import type { Program, SignatureHead } from '../model/program.ts'
import type { FlowEnd, FlowFacts, Hit, ReportSink } from '../model/report.ts'
import type { SshHandshake } from '../model/ssh.ts'
import { readFlowFacts } from './flow-facts.ts'
import type { Pipeline, Witness } from './pipeline.ts'
import { packMessage, readFacts, summarise } from './ssh-facts.ts'

const REASONS = ['timeout', 'forced', 'shutdown', 'tcp_reuse'] as const

/** Which flow ends are reported. */
export type FlowInterest = 'none' | 'unmatched' | 'all'

export class Reporter implements Witness, CampaignSink {
  /** On which flows open. */
  #program: Program
  readonly #sink: ReportSink
  readonly #interest: FlowInterest
  readonly #counts = new Map<SignatureHead, number>()
  /** The current program's signatures by identity, once it is not the first. */
  #heirs: ReadonlyMap<string, SignatureHead> | undefined
  readonly #campaigns: Campaigns
  #pipeline: Pipeline | undefined
  /** The flow of the hit that campaigns are being told of. */
  #current: FlowFacts | undefined
  hits = 0

  constructor(program: Program, sink: ReportSink, interest: FlowInterest) {
    this.#program = program
    this.#sink = sink
    this.#interest = interest
    this.#campaigns = new Campaigns(program.campaigns, this, DEFAULT_CAMPAIGN_BUDGET)
  }

  /** Another program from now on: hits of what stays as it was are counted on. */
  adopt(program: Program): void {
    this.#program = program
    this.#heirs = new Map(headsOf(program).map((head) => [identity(head), head]))
    const counts = [...this.#counts]
    this.#counts.clear()
    for (const [head, count] of counts) this.#tally(head, count)
    this.#campaigns.adopt(program.campaigns)
  }

  count(counters: Counters): void {
    if (this.#program.campaigns.length > 0) this.#campaigns.count(counters)
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
    const compiled = pipeline?.generations.programOf(flow).signatures[signature]
    if (pipeline === undefined || compiled === undefined) return
    this.#tell({
      time: pipeline.clock.time[0] ?? 0,
      flow: readFlowFacts(pipeline.records, flow),
      signature: compiled,
      count,
      first,
      last,
      elements: [...elements.subarray(at, at + last - first + 1)],
      why: [],
      campaign: undefined,
      facts: {},
    })
  }

  negotiated(flow: number, handshake: SshHandshake): void {
    const pipeline = this.#pipeline
    if (pipeline === undefined) return
    const time = pipeline.clock.time[0] ?? 0
    this.#sink.ssh({ time, flow: readFlowFacts(pipeline.records, flow), handshake })
  }

  /** Messages go to the matcher; here only their hits are of interest. */
  said(): void {}

  sequenceMatched(flow: number, signature: number, count: number, first: number, last: number): void {
    const pipeline = this.#pipeline
    const compiled = pipeline?.generations.programOf(flow).sequences[signature]
    if (pipeline === undefined || compiled === undefined) return
    const isSsh = compiled.protocol === 'ssh'
    const facts = readFlowFacts(pipeline.records, flow)
    const why = isSsh ? (pipeline.ssh.of(flow)?.messages(first, last) ?? []) : []
    const packets = why.map(({ packet }) => packet)
    this.#tell({
      time: pipeline.clock.time[0] ?? 0,
      flow: facts,
      signature: compiled,
      count,
      first: isSsh ? (packets[0] ?? facts.elements) : first,
      last: isSsh ? (packets.at(-1) ?? facts.elements) : last,
      elements: isSsh ? why.map(packMessage) : recorded(pipeline, flow).slice(first - 1, last),
      why,
      campaign: undefined,
      facts: readFacts(pipeline, flow, compiled.details.tell),
    })
  }

  #tell(hit: Hit): void {
    this.hits++
    this.#tally(hit.signature, 1)
    this.#sink.hit(hit)
    const { flow, time, signature } = hit
    if (hit.campaign !== undefined) return
    this.#current = flow
    const { class: name, details } = signature
    const others = hit.count === 1 ? details.also : []
    for (const one of name === undefined ? others : [name, ...others])
      this.#campaigns.hit(one, time, flow.id, flow.client.address, flow.server.address)
  }

  /** Adds to the hits of a signature, or of what it is in the current program; none there: to no one's. */
  #tally(head: SignatureHead, count: number): void {
    const heir = this.#heirs === undefined ? head : this.#heirs.get(identity(head))
    if (heir !== undefined) this.#counts.set(heir, (this.#counts.get(heir) ?? 0) + count)
  }

  campaign(index: number, counted: CampaignHit): void {
    const signature = this.#program.campaigns[index]
    const flow = this.#current
    if (signature === undefined || flow === undefined) return
    const { time, by, client, server, ...figures } = counted
    const id = [signature.sid, client, server].filter((part) => part !== undefined).join(' ')
    this.#tell({
      time,
      flow,
      signature,
      count: 1,
      first: flow.elements,
      last: flow.elements,
      elements: [],
      why: [],
      campaign: { id, by, ...figures },
      facts: {},
    })
  }

  released(flow: number, reason: Reason): void {
    if (this.#interest === 'none') return
    const pipeline = this.#pipeline
    if (pipeline === undefined) return
    const { signatures, sequences } = pipeline.generations.programOf(flow)
    const hits = [
      ...named(signatures, pipeline.hitsOf(flow)),
      ...named(sequences, pipeline.sequenceHitsOf(flow)),
    ]
    if (this.#interest === 'unmatched' && hits.length > 0) return
    this.#sink.flowEnd(this.#flowEnd(pipeline, flow, reason, hits))
  }

  /** Signatures that hit, and how often in all. */
  hitCounts(): readonly { readonly signature: SignatureHead; readonly count: number }[] {
    return headsOf(this.#program).flatMap((signature) => {
      const count = this.#counts.get(signature) ?? 0
      return count > 0 ? [{ signature, count }] : []
    })
  }

  #flowEnd(pipeline: Pipeline, flow: number, reason: Reason, hits: FlowEnd['hits']): FlowEnd {
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
      hits,
      ssh: summarise(pipeline, flow),
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

function headsOf({ signatures, sequences, campaigns }: Program): readonly SignatureHead[] {
  return [...signatures, ...sequences, ...campaigns]
}

/** Of a signature over reloads. */
function identity({ sid, text }: SignatureHead): string {
  return `${sid} ${text}`
}

/** The flow's elements without its gaps, as far as they were kept. */
function recorded(pipeline: Pipeline, flow: number): readonly number[] {
  return pipeline.recorder?.read(flow).filter((packed) => packed >= 0) ?? []
}

type Count = { readonly signature: number; readonly count: number }

function named(heads: readonly SignatureHead[], counts: readonly Count[]): FlowEnd['hits'] {
  return counts.flatMap(({ signature, count }) => {
    const head = heads[signature]
    return head === undefined ? [] : [{ signature: head, count }]
  })
}
