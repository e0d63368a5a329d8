// hot path
// The steps of all sequences, flattened into states. A state is what a match has come to: the tests that its next
// element may pass, forks already followed, and whether the pattern is complete. Places from which a match goes on
// alike are one state, so that matches which can be told apart no more meet in it.

import { assert } from '../core/assert.ts'
import type { SequenceSignature } from '../model/program.ts'
import { type Reach, reach } from '../model/reach.ts'
import { TEST_WORDS, testWords } from './element-tests.ts'

// Words of a state; CHOICES and on: its choices.
/** NOT_DONE, COMPLETE or WAITS. */
export const ENDING = 0
/** Where its choices end. */
export const END = 1
export const CHOICES = 2

export const NOT_DONE = 0
/** The pattern is complete, and a hit. */
export const COMPLETE = 1
/** It is a hit if the flow ends here. */
export const WAITS = 2

// Words of a choice, behind those of its test: the slot that keeps the size, the state that it leads to.
/** 1-based; 0 for none. */
export const SLOT = TEST_WORDS
export const NEXT = TEST_WORDS + 1
export const CHOICE_WORDS = TEST_WORDS + 2

/** Where a place leads to. */
interface Closure extends Reach {
  /** Its state. */
  readonly at: number
}

export class Automata {
  /** States, each named by its offset. */
  readonly words: Int32Array
  /** What tests say of delays, µs. */
  readonly delays: Float64Array
  /** State in which a signature begins; -1 when it has no steps. */
  readonly begin: Int32Array
  /** Slots of a signature. */
  readonly slots: Int32Array
  readonly mostSlots: number

  constructor(sequences: readonly SequenceSignature[]) {
    this.begin = new Int32Array(sequences.length).fill(-1)
    this.slots = Int32Array.from(sequences, ({ slots }) => slots)
    this.mostSlots = this.slots.reduce((most, slots) => Math.max(most, slots), 0)
    const words: number[] = []
    const delays: number[] = []
    for (const [i, sequence] of sequences.entries()) {
      if (sequence.steps.length === 0) continue
      this.begin[i] = words.length
      flatten(sequence, words, delays)
    }
    this.words = Int32Array.from(words)
    this.delays = Float64Array.from(delays)
  }

  /** True when a match that has come to a state may become a hit with a later element, or with the flow's end. */
  livesOn(state: number): boolean {
    const words = this.words
    return words[state + END]! > state + CHOICES || words[state + ENDING]! === WAITS
  }
}

/** Appends the states of one sequence. */
function flatten(sequence: SequenceSignature, words: number[], delays: number[]): void {
  const { steps, atEnd } = sequence
  const tests = sequence.tests.map((test) => testWords(test, delays))
  const known = new Map<string, Closure>()
  let end = words.length
  const closureAt = (place: number): Closure => {
    const reached = reach(steps, place)
    const name = `${reached.takes.join()}${reached.isDone ? '!' : ''}`
    const old = known.get(name)
    if (old !== undefined) return old
    const closure = { ...reached, at: end }
    end += CHOICES + reached.takes.length * CHOICE_WORDS
    known.set(name, closure)
    return closure
  }
  closureAt(0)
  /** The state behind a take, however many ways lead to the take. */
  const behind = new Map<number, number>()
  // Grows while it is gone through.
  for (const { takes, isDone, at } of known.values()) {
    words.push(isDone ? (atEnd ? WAITS : COMPLETE) : NOT_DONE, at + CHOICES + takes.length * CHOICE_WORDS)
    for (const place of takes) {
      const step = steps[place]
      assert(step?.kind === 'take', 'a closure ends in takes')
      const next = behind.get(place) ?? closureAt(place + 1).at
      behind.set(place, next)
      words.push(...tests[step.test]!, step.slot, next)
    }
  }
}
