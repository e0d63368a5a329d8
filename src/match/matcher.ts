// hot path
// Runs a Program over exchanges, element by element: a hit is known at the element that completes it. A flow
// keeps one state for each match that is under way, and nothing else; states live in one pool. Bounds: states
// a flow, states in all, flows with hits; what a bound drops is counted.

import { Pool } from '../core/pool.ts'
import type { Counters } from '../model/counters.ts'
import {
  BEFORE_PREVIOUS,
  CLIENT_IS_B,
  ELEMENTS,
  type FlowRecords,
  HITS,
  NO_ELEMENT,
  PORTS,
  PREVIOUS,
  STARTED,
  STATE,
  STATE_COUNT,
  STATES,
  TORN,
  VLAN_PROTOCOL,
} from '../model/flow-record.ts'
import type { MatchSink } from '../model/match-sink.ts'
import type { MatchWatch } from '../model/match-watch.ts'
import { type Program, Protocol } from '../model/program.ts'
import { HitLists } from './hit-lists.ts'
import { Patterns } from './patterns.ts'
import * as start from './start-index.ts'
import { StartIndex } from './start-index.ts'

// Words of a state; CAPTURED and on: the packed elements that it has matched.
const SIGNATURE = 1
/** Next position in the pattern | 1-based merged or missing packet << 16. */
const PROGRESS = 2
/** Ordinal of the first element. */
const FIRST = 3
const CAPTURED = 4

export interface MatchBudget {
  /** Matches under way, of one flow and in bytes of all. */
  readonly statesPerFlow: number
  readonly stateBytes: number
  /** (flow, signature) pairs whose hits are counted at once, in bytes. */
  readonly hitBytes: number
}

export const DEFAULT_MATCH_BUDGET: MatchBudget = {
  statesPerFlow: 256,
  stateBytes: 64 << 20,
  hitBytes: 16 << 20,
}

export class Matcher {
  readonly #words: Int32Array
  readonly #program: Program
  readonly #patterns: Patterns
  readonly #tcp: StartIndex
  readonly #udp: StartIndex
  readonly #icmp: StartIndex
  readonly #sink: MatchSink
  readonly #states: Pool
  readonly #hits: HitLists
  readonly #statesPerFlow: number
  /** Hits of one flow that are told. */
  readonly #limits: Float64Array
  readonly #watch: MatchWatch | undefined
  #droppedStates = 0
  #droppedHits = 0

  constructor(
    records: FlowRecords,
    program: Program,
    sink: MatchSink,
    budget: MatchBudget,
    watch?: MatchWatch,
  ) {
    this.#words = records.words
    this.#watch = watch
    this.#program = program
    this.#sink = sink
    this.#patterns = new Patterns(program)
    this.#tcp = new StartIndex(program.signatures, this.#patterns, Protocol.tcp)
    this.#udp = new StartIndex(program.signatures, this.#patterns, Protocol.udp)
    this.#icmp = new StartIndex(program.signatures, this.#patterns, Protocol.icmp)
    this.#states = new Pool(CAPTURED + this.#patterns.longest, budget.stateBytes)
    this.#hits = new HitLists(budget.hitBytes)
    this.#statesPerFlow = budget.statesPerFlow
    this.#limits = Float64Array.from(program.signatures, ({ limit }) => limit || Number.POSITIVE_INFINITY)
  }

  /** Takes a flow's next element (model/element.ts); its ordinal is the record's ELEMENTS. */
  element(flow: number, element: number): void {
    const words = this.#words
    const previous = words[flow + PREVIOUS]!
    words[flow + PREVIOUS] = element
    if (words[flow + STATES]! !== 0) this.#advance(flow, element)
    const protocol = words[flow + VLAN_PROTOCOL]! & 255
    const index = protocol === Protocol.tcp ? this.#tcp : protocol === Protocol.udp ? this.#udp : this.#icmp
    if (!index.isEmpty) this.#start(flow, index, previous, element)
  }

  /** Bytes are missing: no match goes across. */
  gap(flow: number): void {
    this.#words[flow + PREVIOUS] = NO_ELEMENT
    this.#dropStates(flow)
  }

  /** The flow's end was seen: matches that wait for it are hits. */
  close(flow: number): void {
    const words = this.#words
    const states = this.#states.words
    for (let state = words[flow + STATES]!; state !== 0; state = states[state]!) {
      const signature = states[state + SIGNATURE]!
      if ((states[state + PROGRESS]! & 0xffff) === this.#patterns.length(signature))
        this.#complete(flow, signature, states[state + FIRST]!, state)
    }
    this.#dropStates(flow)
  }

  /** Signatures that hit the flow, by index, and how often. Allocates: for reports. */
  hitsOf(flow: number): readonly { readonly signature: number; readonly count: number }[] {
    return this.#hits.list(this.#words[flow + HITS]!)
  }

  /** Forgets the flow. */
  release(flow: number): void {
    this.#dropStates(flow)
    const words = this.#words
    this.#hits.free(words[flow + HITS]!)
    words[flow + HITS] = 0
  }

  count(counters: Counters): void {
    counters.add('match.dropped_states', this.#droppedStates)
    counters.add('match.dropped_hits', this.#droppedHits)
  }

  /** Begins the matches whose first packets end at this element. */
  #start(flow: number, index: StartIndex, previous: number, element: number): void {
    const words = this.#words
    const before = previous === NO_ELEMENT ? NO_ELEMENT : words[flow + BEFORE_PREVIOUS]!
    words[flow + BEFORE_PREVIOUS] = previous
    const known = before !== NO_ELEMENT ? 3 : previous !== NO_ELEMENT ? 2 : 1
    const profile = index.profile(before, previous, element)
    const ports = words[flow + PORTS]!
    const port = (words[flow + STATE]! & CLIENT_IS_B) !== 0 ? ports >>> 16 : ports & 0xffff
    const slot = index.recall(profile, known, port)
    const after = index.after(slot)
    for (let i = index.first(slot); i < after; i++) {
      const at = index.found[i]!
      const packets = index.starts[at + start.PACKETS]!
      const one = packets === 3 ? before : packets === 2 ? previous : element
      const two = packets === 3 ? previous : packets === 2 ? element : 0
      const three = packets === 3 ? element : 0
      const first = words[flow + ELEMENTS]! + 1 - packets
      if (
        start.fitsStart(index.starts, at, one >> 2, two >> 2, three >> 2) &&
        this.#admits(flow, index.starts, at, one, first)
      )
        this.#begin(flow, index.starts, at, first, packets, one, two, three)
    }
  }

  /** True when anchor, leading pause and earlier hits let a match start at element `first`. */
  #admits(flow: number, starts: Int32Array, at: number, element: number, first: number): boolean {
    const words = this.#words
    const flags = starts[at + start.FLAGS]!
    if ((flags & start.AFTER_PAUSE) !== 0 && (element & 2) === 0) return false
    if (
      (flags & start.AT_START) !== 0 &&
      (first !== 1 || (words[flow + STATE]! & (STARTED | TORN)) !== STARTED)
    )
      return false
    return words[flow + HITS]! === 0 || this.#lastHit(flow, starts[at + start.SIGNATURE]!) < first
  }

  /** A new match of `packets` elements; a hit at once when that is the whole pattern. */
  #begin(
    flow: number,
    starts: Int32Array,
    at: number,
    first: number,
    packets: number,
    one: number,
    two: number,
    three: number,
  ): void {
    const states = this.#states
    const words = this.#words
    const signature = starts[at + start.SIGNATURE]!
    const state = this.#room(flow) ? states.allocate() : 0
    if (this.#watch !== undefined) {
      if (state === 0) this.#watch.refused(signature)
      else this.#watch.begun(signature, packets)
    }
    if (state === 0) {
      this.#droppedStates++
      return
    }
    const position = starts[at + start.POSITION]!
    states.words[state] = 0
    states.words[state + SIGNATURE] = signature
    states.words[state + PROGRESS] = position | (starts[at + start.FUZZ]! << 16)
    states.words[state + FIRST] = first
    states.words[state + CAPTURED] = one
    if (packets > 1) states.words[state + CAPTURED + 1] = two
    if (packets > 2) states.words[state + CAPTURED + 2] = three
    if (
      position === this.#patterns.length(signature) &&
      this.#program.signatures[signature]?.atEnd === false
    ) {
      this.#complete(flow, signature, first, state)
      states.free(state)
      return
    }
    let tail = words[flow + STATES]!
    if (tail === 0) words[flow + STATES] = state
    else {
      while (states.words[tail]! !== 0) tail = states.words[tail]!
      states.words[tail] = state
    }
    words[flow + STATE_COUNT] = words[flow + STATE_COUNT]! + 1
  }

  #room(flow: number): boolean {
    return this.#words[flow + STATE_COUNT]! < this.#statesPerFlow
  }

  /** Moves every match under way by one element: on, into two ways, to its hit, or out. */
  #advance(flow: number, element: number): void {
    const words = this.#words
    const pool = this.#states
    if (this.#watch !== undefined) this.#show(flow, this.#watch)
    let previous = 0
    let state = words[flow + STATES]!
    while (state !== 0) {
      const next = pool.words[state]!
      const last = this.#step(flow, state, element)
      if (last === 0) {
        if (previous === 0) words[flow + STATES] = next
        else pool.words[previous] = next
        words[flow + STATE_COUNT] = words[flow + STATE_COUNT]! - 1
        pool.free(state)
      } else previous = last
      state = next
    }
  }

  /**
   * Applies an element to one state.
   *
   * @returns the last state that it goes on in (itself, or a fork put behind it); 0 when it is over
   */
  #step(flow: number, state: number, element: number): number {
    const states = this.#states.words
    const patterns = this.#patterns
    const signature = states[state + SIGNATURE]!
    const progress = states[state + PROGRESS]!
    const position = progress & 0xffff
    const fuzz = progress >> 16
    const length = patterns.length(signature)
    if (position === length) return 0
    if (this.#words[flow + HITS]! !== 0 && this.#lastHit(flow, signature) >= states[state + FIRST]!) return 0
    const goesOn = this.#fits(state, signature, position, fuzz, element, 0)
    const bends =
      fuzz === 0 &&
      ((patterns.isMergeable(signature, position) && this.#fitsMerged(state, signature, position, element)) ||
        (patterns.isLosable(signature, position) &&
          this.#fits(state, signature, position + 1, 0, element, patterns.pause(signature, position))))
    if (!goesOn && !bends) return 0
    const captured = CAPTURED + position - (fuzz === 0 ? 0 : 1)
    states[state + captured] = element
    const bent = (position + 2) | ((position + 1) << 16)
    states[state + PROGRESS] = goesOn ? progress + 1 : bent
    if (this.#isHit(state, length)) {
      this.#complete(flow, signature, states[state + FIRST]!, state)
      return 0
    }
    return goesOn && bends ? this.#fork(flow, state, bent, length) : state
  }

  /** A copy of `state` behind it, with other progress; a hit instead when that completes the pattern. */
  #fork(flow: number, state: number, progress: number, length: number): number {
    const states = this.#states
    const fork = this.#room(flow) ? states.allocate() : 0
    if (fork === 0) {
      this.#droppedStates++
      this.#watch?.refused(states.words[state + SIGNATURE]!)
      return state
    }
    for (let i = 0; i < states.size; i++) states.words[fork + i] = states.words[state + i]!
    states.words[fork + PROGRESS] = progress
    if (this.#isHit(fork, length)) {
      this.#complete(flow, states.words[fork + SIGNATURE]!, states.words[fork + FIRST]!, fork)
      states.free(fork)
      return state
    }
    states.words[state] = fork
    this.#words[flow + STATE_COUNT] = this.#words[flow + STATE_COUNT]! + 1
    return fork
  }

  /** Shows all matches under way that are about to be offered the current element. */
  #show(flow: number, watch: MatchWatch): void {
    const states = this.#states.words
    watch.round()
    for (let state = this.#words[flow + STATES]!; state !== 0; state = states[state]!)
      watch.offered(states[state + SIGNATURE]!, this.#words[flow + ELEMENTS]! + 1 - states[state + FIRST]!)
  }

  #isHit(state: number, length: number): boolean {
    const states = this.#states.words
    if ((states[state + PROGRESS]! & 0xffff) !== length) return false
    return this.#program.signatures[states[state + SIGNATURE]!]?.atEnd === false
  }

  /** True when the element is the pattern's packet at `position`; `pause`: a pause is wanted all the same. */
  #fits(
    state: number,
    signature: number,
    position: number,
    fuzz: number,
    element: number,
    pause: number,
  ): boolean {
    const patterns = this.#patterns
    if ((element & 1) !== patterns.direction(signature, position)) return false
    if (((element >> 1) & 1) !== (patterns.pause(signature, position) | pause)) return false
    const size = element >> 2
    const reference = patterns.reference(signature, position)
    if (reference !== 0) return size === this.#capturedSize(state, reference, fuzz)
    return size >= patterns.low(signature, position) && size <= patterns.high(signature, position)
  }

  /** True when the element is the pattern's packets at `position` and after it in one. */
  #fitsMerged(state: number, signature: number, position: number, element: number): boolean {
    const patterns = this.#patterns
    if ((element & 1) !== patterns.direction(signature, position)) return false
    if (((element >> 1) & 1) !== patterns.pause(signature, position)) return false
    let low = 0
    let high = 0
    for (let i = position; i <= position + 1; i++) {
      const reference = patterns.reference(signature, i)
      low += reference !== 0 ? this.#capturedSize(state, reference, 0) : patterns.low(signature, i)
      high += reference !== 0 ? this.#capturedSize(state, reference, 0) : patterns.high(signature, i)
    }
    const size = element >> 2
    return size >= low && size <= high
  }

  /** Size of the 1-based packet `reference`; behind a merged or missing packet all stand one earlier. */
  #capturedSize(state: number, reference: number, fuzz: number): number {
    const slot = fuzz !== 0 && reference > fuzz ? reference - 2 : reference - 1
    return this.#states.words[state + CAPTURED + slot]! >> 2
  }

  /** Ordinal of the last element of the signature's last hit in the flow; 0 when it has none. */
  #lastHit(flow: number, signature: number): number {
    return this.#hits.lastOf(this.#hits.find(this.#words[flow + HITS]!, signature))
  }

  /** Counts and reports a hit that ends at the current element, unless it would overlap an earlier one. */
  #complete(flow: number, signature: number, first: number, state: number): void {
    const words = this.#words
    const hits = this.#hits
    const last = words[flow + ELEMENTS]!
    let hit = hits.find(words[flow + HITS]!, signature)
    if (hit === 0) {
      hit = hits.add(words[flow + HITS]!, signature)
      if (hit === 0) {
        this.#droppedHits++
        return
      }
      words[flow + HITS] = hit
    }
    if (hits.lastOf(hit) >= first) return
    if (hits.countOf(hit) >= this.#limits[signature]!) {
      hits.pass(hit, last)
      return
    }
    const count = hits.count(hit, last)
    this.#sink.matched(flow, signature, count, first, last, this.#states.words, state + CAPTURED)
  }

  #dropStates(flow: number): void {
    const words = this.#words
    let state = words[flow + STATES]!
    if (state === 0) return
    while (state !== 0) {
      const next = this.#states.words[state]!
      this.#states.free(state)
      state = next
    }
    words[flow + STATES] = 0
    words[flow + STATE_COUNT] = 0
  }
}
