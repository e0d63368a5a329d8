// hot path
// Runs sequences over the packets and the SSH messages of flows, element by element: a hit is known at the element
// that completes it. A flow keeps one thread for each way in which a match under way may have come about, and one
// small record for each signature that hit it. Bounds: sequence-flows.ts.

import type { Counters } from '../model/counters.ts'
import { type FlowFigureSource, figureIndex } from '../model/figures.ts'
import {
  CLIENT_IS_B,
  type FlowRecords,
  PORTS,
  SEQUENCES,
  STATE,
  VLAN_PROTOCOL,
} from '../model/flow-record.ts'
import type { MatchSink } from '../model/match-sink.ts'
import type { MatchWatch } from '../model/match-watch.ts'
import { type Direction, Protocol, type SequenceSignature } from '../model/program.ts'
import { SequenceElement } from '../model/sequence-element.ts'
import { Automata, CHOICE_WORDS, CHOICES, COMPLETE, END, ENDING, NEXT, SLOT, WAITS } from './automata.ts'
import { Conditions, needsSsh } from './conditions.ts'
import { fits, fitsFirst } from './element-tests.ts'
import type { PortLists } from './port-lists.ts'
import { type SequenceBudget, SequenceFlows, Stream } from './sequence-flows.ts'
import { SequenceKind } from './sequence-kind.ts'
import type { SequenceStarts } from './sequence-starts.ts'
import * as start from './sequence-starts.ts'
import * as of from './sequence-threads.ts'

export class SequenceMatcher {
  readonly #words: Int32Array
  readonly #sink: MatchSink
  readonly #figures: FlowFigureSource
  readonly #automata: Automata
  readonly #conditions: Conditions
  /** No condition that stands alone over messages holds before a flow has figures of SSH. */
  readonly #aloneNeedsSsh: boolean
  /** Hits of one flow that are wanted; 0 for all. */
  readonly #limits: Int32Array
  readonly #tcp: SequenceKind
  readonly #udp: SequenceKind
  readonly #icmp: SequenceKind
  readonly #ssh: SequenceKind
  readonly #flows: SequenceFlows
  readonly #watch: MatchWatch | undefined
  /** The element before the current one, if a match may begin with it. */
  readonly #first = new SequenceElement()
  /** The current element completed a hit. */
  #hasHit = false

  /** @param sequences - of a Program: hits name them by index */
  constructor(
    records: FlowRecords,
    sequences: readonly SequenceSignature[],
    sink: MatchSink,
    figures: FlowFigureSource,
    budget: SequenceBudget,
    watch?: MatchWatch,
  ) {
    this.#words = records.words
    this.#watch = watch
    this.#sink = sink
    this.#figures = figures
    const automata = new Automata(sequences)
    this.#automata = automata
    const wheres = sequences.map(({ where }) => where)
    this.#conditions = new Conditions(wheres, figureIndex)
    const alone = sequences.filter(({ protocol, steps }) => protocol === 'ssh' && steps.length === 0)
    this.#aloneNeedsSsh = alone.every(({ where }) => needsSsh(where))
    this.#limits = Int32Array.from(sequences, ({ limit }) => limit)
    this.#tcp = new SequenceKind(sequences, automata, 'tcp')
    this.#udp = new SequenceKind(sequences, automata, 'udp')
    this.#icmp = new SequenceKind(sequences, automata, 'icmp')
    this.#ssh = new SequenceKind(sequences, automata, 'ssh')
    this.#flows = new SequenceFlows(records, automata, budget)
  }

  /** True when no sequence is about a stream: then its elements need not be told. */
  isEmpty(stream: Stream): boolean {
    if (stream === Stream.messages) return this.#ssh.isEmpty
    return this.#tcp.isEmpty && this.#udp.isEmpty && this.#icmp.isEmpty
  }

  /** False when the next packet of a flow matters to no sequence: it need not be told to element(). */
  concerns(flow: number, direction: Direction, size: number, isPause: number, isFirst: number): boolean {
    if (this.#words[flow + SEQUENCES]! !== 0) return true
    return this.#kindOf(flow, Stream.packets).mayBegin(direction, size, isPause, isFirst)
  }

  /** Takes the next element of a flow's stream; `e` is borrowed for this call. */
  element(flow: number, stream: Stream, e: SequenceElement): void {
    const kind = this.#kindOf(flow, stream)
    if (kind.isEmpty) return
    this.#hasHit = false
    this.#advance(flow, stream, e)
    const words = this.#words
    const ports = words[flow + PORTS]!
    const port = (words[flow + STATE]! & CLIENT_IS_B) !== 0 ? ports >>> 16 : ports & 0xffff
    const { atFirst, atSecond, alone } = kind
    if (!atSecond.isEmpty && this.#flows.takeFirst(flow, stream, this.#first))
      this.#startAtSecond(flow, stream, atSecond, e, port)
    if (!atFirst.isEmpty) this.#startAtFirst(flow, stream, atFirst, e, port)
    if (!alone.isEmpty && this.#mayHold(flow, stream)) this.#compare(flow, alone, e.ordinal, port)
    if (this.#hasHit) this.#flows.dropOverlapping(flow, stream)
    if (!atSecond.isEmpty && atSecond.find(e, port) > 0) this.#flows.keepFirst(flow, stream, e)
    else this.#flows.tidy(flow)
  }

  /** Elements are missing: no match goes across. */
  gap(flow: number, stream: Stream): void {
    this.#flows.dropAll(flow, stream)
  }

  /** The flow's end was seen: matches that wait for it are hits. */
  close(flow: number): void {
    this.#closeStream(flow, Stream.packets)
    this.#closeStream(flow, Stream.messages)
  }

  /** Forgets the flow. */
  release(flow: number): void {
    this.#flows.release(flow)
  }

  /** Sequences that hit the flow, by index, and how often. Allocates: for reports. */
  hitsOf(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.#flows.listHits(flow)
  }

  count(counters: Counters): void {
    this.#flows.count(counters)
  }

  #kindOf(flow: number, stream: Stream): SequenceKind {
    if (stream === Stream.messages) return this.#ssh
    const protocol = this.#words[flow + VLAN_PROTOCOL]! & 255
    return protocol === Protocol.tcp ? this.#tcp : protocol === Protocol.udp ? this.#udp : this.#icmp
  }

  /** Moves every match under way by one element: on, perhaps in several ways, to its hit, or out. */
  #advance(flow: number, stream: Stream, e: SequenceElement): void {
    const { threads } = this.#flows
    if (this.#watch !== undefined) this.#show(flow, stream, e.ordinal, this.#watch)
    let thread = this.#flows.renew(flow, stream)
    while (thread !== 0) {
      const next = threads.words[thread]!
      this.#step(flow, stream, thread, e)
      thread = next
    }
  }

  /** Applies an element to a thread that is in no list. */
  #step(flow: number, stream: Stream, thread: number, e: SequenceElement): void {
    const { threads } = this.#flows
    const { words, delays } = this.#automata
    const signature = threads.words[thread + of.SIGNATURE]!
    const first = threads.words[thread + of.FIRST]!
    // The thread itself goes on by the first choice that fits, copies of it by the others.
    let own = 0
    if (!this.#hasHit || this.#flows.lastHit(flow, signature) < first) {
      const state = threads.words[thread + of.STATE]!
      const end = words[state + END]!
      for (let choice = state + CHOICES; choice < end; choice += CHOICE_WORDS) {
        if (!fits(words, choice, delays, e, threads.words, thread + of.SLOTS)) continue
        const next = words[choice + NEXT]!
        if (words[next + ENDING]! === COMPLETE && this.#complete(flow, signature, first, e.ordinal)) {
          own = 0
          break
        }
        if (!this.#automata.livesOn(next)) continue
        if (own === 0) own = choice
        else this.#fork(flow, stream, thread, choice, e)
      }
    }
    if (own === 0) this.#flows.drop(flow, thread)
    else this.#goOn(flow, stream, thread, own, e)
  }

  /** Lets a copy of a thread go on by a choice, if there is room for it. */
  #fork(flow: number, stream: Stream, thread: number, choice: number, e: SequenceElement): void {
    const copy = this.#flows.copy(flow, thread)
    if (copy !== 0) this.#goOn(flow, stream, copy, choice, e)
    else this.#watch?.refused(this.#flows.threads.words[thread + of.SIGNATURE]!)
  }

  /** @param thread - in no list */
  #goOn(flow: number, stream: Stream, thread: number, choice: number, e: SequenceElement): void {
    const { words } = this.#automata
    this.#flows.threads.move(thread, words[choice + NEXT]!, e.ordinal, words[choice + SLOT]!, e.size)
    this.#flows.append(flow, stream, thread)
  }

  /** Begins the matches whose first element was the one before, and takes this element for their second. */
  #startAtSecond(
    flow: number,
    stream: Stream,
    index: SequenceStarts,
    e: SequenceElement,
    port: number,
  ): void {
    const { found, lists } = index
    const { words, delays } = this.#automata
    const first = this.#first
    const count = index.find(first, port)
    for (let i = 0; i < count; i++) {
      const at = found[i]!
      const choice = lists[at + start.CHOICE]!
      const signature = lists[at + start.SIGNATURE]!
      if (!index.mayGoOn(at, e) || !fitsFirst(words, choice, delays, first)) continue
      if (!this.#admits(flow, signature, first.ordinal)) continue
      const thread = this.#begin(flow, signature, choice, first)
      if (thread !== 0) this.#step(flow, stream, thread, e)
    }
  }

  /** Begins the matches whose first element this is. */
  #startAtFirst(flow: number, stream: Stream, index: SequenceStarts, e: SequenceElement, port: number): void {
    const { found, lists } = index
    const { words, delays } = this.#automata
    const count = index.find(e, port)
    for (let i = 0; i < count; i++) {
      const at = found[i]!
      const choice = lists[at + start.CHOICE]!
      const signature = lists[at + start.SIGNATURE]!
      if (!fitsFirst(words, choice, delays, e) || !this.#admits(flow, signature, e.ordinal)) continue
      const state = words[choice + NEXT]!
      const isHit =
        words[state + ENDING]! === COMPLETE && this.#complete(flow, signature, e.ordinal, e.ordinal)
      if (isHit || !this.#automata.livesOn(state)) continue
      const thread = this.#begin(flow, signature, choice, e)
      if (thread !== 0) this.#flows.append(flow, stream, thread)
    }
  }

  /** A thread that has taken its first element, in no list yet; 0 when there is no room. */
  #begin(flow: number, signature: number, choice: number, first: SequenceElement): number {
    const { words } = this.#automata
    const thread = this.#flows.begin(flow, signature, words[choice + NEXT]!, words[choice + SLOT]!, first)
    if (this.#watch !== undefined) {
      if (thread === 0) this.#watch.refused(signature)
      else this.#watch.begun(signature, 1)
    }
    return thread
  }

  /** Shows all matches under way that are about to be offered the element of this ordinal. */
  #show(flow: number, stream: Stream, ordinal: number, watch: MatchWatch): void {
    const { words } = this.#flows.threads
    watch.round()
    for (let thread = this.#flows.first(flow, stream); thread !== 0; thread = words[thread]!)
      watch.offered(words[thread + of.SIGNATURE]!, ordinal + 1 - words[thread + of.FIRST]!)
  }

  /** True when a match may begin with the element of ordinal `first`: no hit has taken it, more are wanted. */
  #admits(flow: number, signature: number, first: number): boolean {
    if (this.#flows.lastHit(flow, signature) >= first) return false
    const limit = this.#limits[signature]!
    return limit === 0 || this.#flows.hits(flow, signature) < limit
  }

  /** False when no condition that stands alone can hold: most connections end before they have figures. */
  #mayHold(flow: number, stream: Stream): boolean {
    return stream === Stream.packets || !this.#aloneNeedsSsh || this.#figures.hasSsh(flow)
  }

  /** Looks whether conditions that stand alone hold. */
  #compare(flow: number, lists: PortLists, ordinal: number, port: number): void {
    const { everywhere, found } = lists
    for (let i = 0; i < everywhere.length; i++) this.#compareOne(flow, everywhere[i]!, ordinal)
    const after = lists.after(port)
    for (let i = lists.first(port); i < after; i++) this.#compareOne(flow, found[i]!, ordinal)
  }

  #compareOne(flow: number, signature: number, ordinal: number): void {
    if (this.#flows.hits(flow, signature) === 0) this.#complete(flow, signature, ordinal, ordinal)
  }

  /**
   * A pattern is complete: counts and reports a hit, if its conditions hold.
   *
   * @returns true when this match is over; false: its conditions do not hold, so that it may be completed later
   */
  #complete(flow: number, signature: number, first: number, last: number): boolean {
    this.#watch?.asked(signature)
    if (!this.#conditions.holds(signature, flow, this.#figures)) return false
    if (this.#flows.lastHit(flow, signature) >= first) return true
    const count = this.#flows.addHit(flow, signature, last)
    if (count === 0) return true
    this.#hasHit = true
    this.#sink.sequenceMatched(flow, signature, count, first, last)
    return true
  }

  #closeStream(flow: number, stream: Stream): void {
    const { words } = this.#flows.threads
    for (let thread = this.#flows.first(flow, stream); thread !== 0; thread = words[thread]!)
      if (this.#automata.words[words[thread + of.STATE]! + ENDING]! === WAITS)
        this.#complete(
          flow,
          words[thread + of.SIGNATURE]!,
          words[thread + of.FIRST]!,
          words[thread + of.LAST]!,
        )
    this.#flows.dropAll(flow, stream)
  }
}
