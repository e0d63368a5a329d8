// hot path
// What the sequence matcher keeps of flows: a list of threads for each stream, the earliest first, and the hits.
// A flow that has none of these costs nothing. What the bounds refuse is counted here.

import { Pool } from '../core/pool.ts'
import type { Counters } from '../model/counters.ts'
import { type FlowRecords, SEQUENCES } from '../model/flow-record.ts'
import type { Direction } from '../model/program.ts'
import type { SequenceElement } from '../model/sequence-element.ts'
import type { Automata } from './automata.ts'
import { HitLists } from './hit-lists.ts'
import * as of from './sequence-threads.ts'
import { SequenceThreads } from './sequence-threads.ts'

/** What a sequence's elements are. */
export const Stream = { packets: 0, messages: 1 } as const
export type Stream = (typeof Stream)[keyof typeof Stream]

// Words of what is kept of a flow; before them the first thread of each stream.
const THREADS = 2
const HITS = 3
/** Of each stream: an element with which a match may begin, to be looked at again with the one behind it. */
const FIRSTS = 4
const FIRST_WORDS = 5
const FLOW_WORDS = FIRSTS + 2 * FIRST_WORDS

// Words of such an element, the first: message << 16 | phases << 4 | isFirst << 3 | isPause << 2 | direction << 1 | THERE.
const SIZE = 1
const PAYLOAD_LOW = 2
const PAYLOAD_HIGH = 3
const ORDINAL = 4
const THERE = 1

export interface SequenceBudget {
  /** Matches under way, of one flow and in bytes of all. */
  readonly threadsPerFlow: number
  readonly threadBytes: number
  /** Flows with matches under way, or about to begin, or with hits, in bytes. */
  readonly flowBytes: number
  /** (flow, signature) pairs whose hits are counted at once, in bytes. */
  readonly hitBytes: number
}

export const DEFAULT_SEQUENCE_BUDGET: SequenceBudget = {
  threadsPerFlow: 256,
  threadBytes: 64 << 20,
  flowBytes: 64 << 20,
  hitBytes: 16 << 20,
}

export class SequenceFlows {
  readonly threads: SequenceThreads
  readonly #words: Int32Array
  readonly #flows: Pool
  readonly #hits: HitLists
  readonly #threadsPerFlow: number
  /** Last thread of the list that grows. */
  #tail = 0
  #droppedThreads = 0
  #droppedHits = 0

  constructor(records: FlowRecords, automata: Automata, budget: SequenceBudget) {
    const { threadBytes, threadsPerFlow } = budget
    this.#words = records.words
    this.#flows = new Pool(FLOW_WORDS, budget.flowBytes)
    this.threads = new SequenceThreads(automata, threadBytes, threadsPerFlow)
    this.#hits = new HitLists(budget.hitBytes)
    this.#threadsPerFlow = threadsPerFlow
  }

  /** The first thread of a stream; 0 when there is none. */
  first(flow: number, stream: Stream): number {
    const kept = this.#words[flow + SEQUENCES]!
    return kept === 0 ? 0 : this.#flows.words[kept + stream]!
  }

  /** Another element of a stream: its list is to grow anew. @returns the first thread of the old list */
  renew(flow: number, stream: Stream): number {
    this.threads.newRound()
    this.#tail = 0
    const first = this.first(flow, stream)
    if (first !== 0) this.#flows.words[this.#words[flow + SEQUENCES]! + stream] = 0
    return first
  }

  /** A new thread, in no list yet, that has come to `state` with its first element; 0 when there is no room. */
  begin(flow: number, signature: number, state: number, slot: number, first: SequenceElement): number {
    const thread = this.#hasRoom(this.#keep(flow)) ? this.threads.begin(signature, first.ordinal) : 0
    if (this.#counted(flow, thread) !== 0) this.threads.move(thread, state, first.ordinal, slot, first.size)
    return thread
  }

  /** A copy of a thread, in no list yet; 0 when there is no room. */
  copy(flow: number, thread: number): number {
    const copy = this.#hasRoom(this.#words[flow + SEQUENCES]!) ? this.threads.copy(thread) : 0
    return this.#counted(flow, copy)
  }

  /** Puts a thread last in the growing list, unless an earlier one is like it. */
  append(flow: number, stream: Stream, thread: number): void {
    const { threads } = this
    if (!threads.isNew(thread)) {
      this.drop(flow, thread)
      return
    }
    threads.words[thread] = 0
    if (this.#tail === 0) this.#flows.words[this.#words[flow + SEQUENCES]! + stream] = thread
    else threads.words[this.#tail] = thread
    this.#tail = thread
  }

  /** Frees a thread that is in no list, or no more. */
  drop(flow: number, thread: number): void {
    this.#flows.words[this.#words[flow + SEQUENCES]! + THREADS]!--
    this.threads.free(thread)
  }

  /** Keeps an element with which matches may begin until the next of its stream. Its delay is not kept. */
  keepFirst(flow: number, stream: Stream, e: SequenceElement): void {
    const kept = this.#keep(flow)
    if (kept === 0) {
      this.#droppedThreads++
      return
    }
    const words = this.#flows.words
    const at = kept + FIRSTS + stream * FIRST_WORDS
    words[at] =
      (e.message << 16) | (e.phases << 4) | (e.isFirst << 3) | (e.isPause << 2) | (e.direction << 1) | THERE
    words[at + SIZE] = e.size
    words[at + PAYLOAD_LOW] = e.payloadLow
    words[at + PAYLOAD_HIGH] = e.payloadHigh
    words[at + ORDINAL] = e.ordinal
  }

  /** Fills `e` with the element that was kept, and keeps it no longer. @returns false when there is none */
  takeFirst(flow: number, stream: Stream, e: SequenceElement): boolean {
    const kept = this.#words[flow + SEQUENCES]!
    if (kept === 0) return false
    const words = this.#flows.words
    const at = kept + FIRSTS + stream * FIRST_WORDS
    const bits = words[at]!
    if (bits === 0) return false
    words[at] = 0
    e.message = bits >> 16
    e.phases = (bits >> 4) & 0xfff
    e.isFirst = (bits >> 3) & 1
    e.isPause = (bits >> 2) & 1
    e.direction = ((bits >> 1) & 1) as Direction
    e.size = words[at + SIZE]!
    e.payloadLow = words[at + PAYLOAD_LOW]!
    e.payloadHigh = words[at + PAYLOAD_HIGH]!
    e.ordinal = words[at + ORDINAL]!
    return true
  }

  /** Drops all matches of a stream, under way or about to begin. */
  dropAll(flow: number, stream: Stream): void {
    const kept = this.#words[flow + SEQUENCES]!
    if (kept === 0) return
    this.#flows.words[kept + FIRSTS + stream * FIRST_WORDS] = 0
    let thread = this.renew(flow, stream)
    while (thread !== 0) {
      const next = this.threads.words[thread]!
      this.drop(flow, thread)
      thread = next
    }
  }

  /** Drops what a hit overlaps: threads that began with its last element or before. */
  dropOverlapping(flow: number, stream: Stream): void {
    const { words } = this.threads
    let previous = 0
    let thread = this.first(flow, stream)
    while (thread !== 0) {
      const next = words[thread]!
      if (this.lastHit(flow, words[thread + of.SIGNATURE]!) < words[thread + of.FIRST]!) previous = thread
      else {
        if (previous === 0) this.#flows.words[this.#words[flow + SEQUENCES]! + stream] = next
        else words[previous] = next
        this.drop(flow, thread)
      }
      thread = next
    }
  }

  /** Hits of a signature in a flow so far. */
  hits(flow: number, signature: number): number {
    const head = this.#firstHit(flow)
    return head === 0 ? 0 : this.#hits.countOf(this.#hits.find(head, signature))
  }

  /** Ordinal of the last element of a signature's last hit in a flow; 0 when it has none. */
  lastHit(flow: number, signature: number): number {
    const head = this.#firstHit(flow)
    return head === 0 ? 0 : this.#hits.lastOf(this.#hits.find(head, signature))
  }

  /** Counts a hit. @returns how many there are now; 0 when there is no room to count it */
  addHit(flow: number, signature: number, last: number): number {
    const hits = this.#hits
    const kept = this.#keep(flow)
    let hit = kept === 0 ? 0 : hits.find(this.#flows.words[kept + HITS]!, signature)
    if (kept !== 0 && hit === 0) {
      hit = hits.add(this.#flows.words[kept + HITS]!, signature)
      if (hit !== 0) this.#flows.words[kept + HITS] = hit
    }
    if (hit !== 0) return hits.count(hit, last)
    this.#droppedHits++
    return 0
  }

  /** Signatures that hit the flow, and how often. Allocates. */
  listHits(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.#hits.list(this.#firstHit(flow))
  }

  /** Forgets the flow. */
  release(flow: number): void {
    const kept = this.#words[flow + SEQUENCES]!
    if (kept === 0) return
    this.dropAll(flow, Stream.packets)
    this.dropAll(flow, Stream.messages)
    this.#hits.free(this.#flows.words[kept + HITS]!)
    this.#flows.free(kept)
    this.#words[flow + SEQUENCES] = 0
  }

  /** Forgets a flow of which there is nothing to keep. */
  tidy(flow: number): void {
    const kept = this.#words[flow + SEQUENCES]!
    if (kept === 0) return
    const words = this.#flows.words
    const firsts = words[kept + FIRSTS]! | words[kept + FIRSTS + FIRST_WORDS]!
    if ((words[kept + THREADS]! | words[kept + HITS]! | firsts) !== 0) return
    this.#flows.free(kept)
    this.#words[flow + SEQUENCES] = 0
  }

  count(counters: Counters): void {
    counters.add('match.dropped_threads', this.#droppedThreads)
    counters.add('match.dropped_hits', this.#droppedHits)
  }

  /** Counts a new thread, or that there was no room for it. */
  #counted(flow: number, thread: number): number {
    if (thread === 0) this.#droppedThreads++
    else this.#flows.words[this.#words[flow + SEQUENCES]! + THREADS]!++
    return thread
  }

  #hasRoom(kept: number): boolean {
    return kept !== 0 && this.#flows.words[kept + THREADS]! < this.#threadsPerFlow
  }

  #firstHit(flow: number): number {
    const kept = this.#words[flow + SEQUENCES]!
    return kept === 0 ? 0 : this.#flows.words[kept + HITS]!
  }

  /** What is kept of a flow; 0 when there is no room. */
  #keep(flow: number): number {
    let kept = this.#words[flow + SEQUENCES]!
    if (kept !== 0) return kept
    kept = this.#flows.allocate()
    if (kept === 0) return 0
    this.#flows.words.fill(0, kept, kept + FLOW_WORDS)
    this.#words[flow + SEQUENCES] = kept
    return kept
  }
}
