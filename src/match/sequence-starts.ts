// hot path
// Where sequences may begin. Each way to begin one is filed under what it wants of its first element, in lists
// (start-lists.ts): so an element costs a look into a few short ones, however many sequences there are. What is
// known of ports, anchors and second elements stands in the lists themselves. One index serves the packets of one
// protocol, or SSH messages.

import { MAX_SIZE, type SequenceSignature, SSH_PHASES } from '../model/program.ts'
import type { SequenceElement } from '../model/sequence-element.ts'
import { type Automata, CHOICE_WORDS, CHOICES, END, ENDING, NEXT, NOT_DONE } from './automata.ts'
import { ANY_SIDE, asksDelay, asksPause, DIRECTION, HIGH, LOW, MESSAGE, REFERENCE } from './element-tests.ts'
import { portsOf } from './port-lists.ts'
import { classList, EXACT_SIZES, listsOf, MESSAGE_LISTS, payloadList, SIDE_LISTS } from './start-lists.ts'

// Words of a start.
export const SIGNATURE = 0
/** Offset in the automata: the test of the first element, and where it leads. */
export const CHOICE = 1
const PORT_LOW = 2
const PORT_HIGH = 3
/** Bits of which one must be set of what begins with the element: phases, or FLOW; 0 for none. */
const ANCHOR = 4
/** What the second element must be at least: 1 << direction, a size, the message if it is always the same. */
const SECOND_SIDES = 5
const SECOND_LOW = 6
const SECOND_HIGH = 7
const SECOND_MESSAGE = 8
/** 1 when a pause must come before the first element. */
const AFTER_PAUSE = 9
const START_WORDS = 10

/** Stands among the bits of phases. */
const FLOW = 1 << SSH_PHASES.length

/** Begin as soon as the first element is there; or when the second is, so that almost none begins in vain. */
export type Timing = 'at-first' | 'at-second'

export class SequenceStarts {
  readonly isEmpty: boolean
  /** Offsets in the lists: what find() found stands at 0 and on, some perhaps twice. */
  readonly found: Int32Array
  readonly lists: Int32Array
  /** Where a list begins; it ends where the next begins. */
  readonly #begins: Int32Array
  #found = 0

  constructor(
    sequences: readonly SequenceSignature[],
    automata: Automata,
    protocol: SequenceSignature['protocol'],
    timing: Timing,
  ) {
    const filed: { readonly list: number; readonly start: readonly number[] }[] = []
    for (const [i, sequence] of sequences.entries()) {
      if (sequence.protocol !== protocol || sequence.steps.length === 0) continue
      const { words, begin } = automata
      for (const choice of choicesOf(words, begin[i]!)) {
        if (timingOf(automata, choice) !== timing) continue
        for (const { low, high } of portsOf(sequence)) {
          const start = [
            i,
            choice,
            low,
            high,
            anchorOf(sequence),
            ...secondOf(words, choice),
            pauseOf(words, choice),
          ]
          for (const list of listsOf(words, choice)) filed.push({ list, start })
        }
      }
    }
    filed.sort((a, b) => a.list - b.list)
    this.isEmpty = filed.length === 0
    this.#begins = new Int32Array(this.isEmpty ? 0 : 2 * SIDE_LISTS + 1)
    this.found = new Int32Array(filed.length)
    this.lists = new Int32Array(filed.length * START_WORDS)
    for (const [i, { list, start }] of filed.entries()) {
      this.lists.set(start, i * START_WORDS)
      this.#begins[list + 1] = (i + 1) * START_WORDS
    }
    for (let list = 1; list < this.#begins.length; list++)
      this.#begins[list] = Math.max(this.#begins[list]!, this.#begins[list - 1]!)
  }

  /**
   * Looks for starts by what is filed of a first element, server port and anchor; tests are still to be made.
   *
   * @returns how many are found
   */
  find(first: SequenceElement, port: number): number {
    const side = first.direction * SIDE_LISTS
    this.#found = 0
    if (first.size < EXACT_SIZES) this.#take(side + first.size, first, port)
    this.#take(side + classList(first.size), first, port)
    if (first.message !== 0) this.#take(side + MESSAGE_LISTS + first.message, first, port)
    if (first.payloadHigh > 0) {
      const last = payloadList(first.payloadHigh)
      for (let list = payloadList(first.payloadLow); list <= last; list++)
        this.#take(side + list, first, port)
    }
    return this.#found
  }

  /**
   * Hands on which packets a match may begin with, whatever the port, some perhaps twice: a direction or ANY_SIDE and
   * a range of sizes, whether a pause must come before, whether it must be the flow's first.
   */
  tellBeginnings(
    words: Int32Array,
    tell: (direction: number, low: number, high: number, isPause: boolean, isFirst: boolean) => void,
  ): void {
    const lists = this.lists
    for (let at = 0; at < lists.length; at += START_WORDS) {
      const choice = lists[at + CHOICE]!
      const anchor = lists[at + ANCHOR]!
      // Packets begin no phase.
      if (anchor !== 0 && anchor !== FLOW) continue
      const isPause = lists[at + AFTER_PAUSE]! === 1
      tell(words[choice + DIRECTION]!, words[choice + LOW]!, words[choice + HIGH]!, isPause, anchor === FLOW)
    }
  }

  /** False when a second element cannot be that of the start at `at`. */
  mayGoOn(at: number, second: SequenceElement): boolean {
    const lists = this.lists
    if (((lists[at + SECOND_SIDES]! >> second.direction) & 1) === 0) return false
    if (second.size < lists[at + SECOND_LOW]! || second.size > lists[at + SECOND_HIGH]!) return false
    const message = lists[at + SECOND_MESSAGE]!
    return message === 0 || message === second.message
  }

  #take(list: number, first: SequenceElement, port: number): void {
    const lists = this.lists
    const end = this.#begins[list + 1]!
    for (let at = this.#begins[list]!; at < end; at += START_WORDS)
      if (port >= lists[at + PORT_LOW]! && port <= lists[at + PORT_HIGH]! && this.#mayBegin(at, first))
        this.found[this.#found++] = at
  }

  /** The pause and the anchor that a start asks for are there. */
  #mayBegin(at: number, first: SequenceElement): boolean {
    const lists = this.lists
    if (lists[at + AFTER_PAUSE]! > first.isPause) return false
    const anchor = lists[at + ANCHOR]!
    return anchor === 0 || (anchor & (first.phases | (first.isFirst * FLOW))) !== 0
  }
}

function choicesOf(words: Int32Array, state: number): readonly number[] {
  const choices: number[] = []
  for (let choice = state + CHOICES; choice < words[state + END]!; choice += CHOICE_WORDS)
    choices.push(choice)
  return choices
}

/** At the second element, unless the first may be all, or its delay must be known. */
function timingOf({ words }: Automata, choice: number): Timing {
  const next = words[choice + NEXT]!
  return words[next + ENDING]! === NOT_DONE && !asksDelay(words, choice) ? 'at-second' : 'at-first'
}

function anchorOf({ start }: SequenceSignature): number {
  if (start === 'anywhere') return 0
  return start === 'flow' ? FLOW : 1 << SSH_PHASES.indexOf(start)
}

function pauseOf(words: Int32Array, choice: number): number {
  return asksPause(words, choice) ? 1 : 0
}

/** SECOND_SIDES and on: what is common to the tests of the second element. */
function secondOf(words: Int32Array, choice: number): readonly number[] {
  let sides = 0
  let low = MAX_SIZE
  let high = 0
  const messages = new Set<number>()
  for (const second of choicesOf(words, words[choice + NEXT]!)) {
    const direction = words[second + DIRECTION]!
    const refers = words[second + REFERENCE]! !== 0
    sides |= direction === ANY_SIDE ? 3 : 1 << direction
    low = Math.min(low, refers ? 0 : words[second + LOW]!)
    high = Math.max(high, refers ? MAX_SIZE : words[second + HIGH]!)
    messages.add(words[second + MESSAGE]!)
  }
  const [message = 0] = messages
  return [sides, low, high, messages.size === 1 ? message : 0]
}
