import { describe, expect, it } from 'vitest'
import { Automata } from '../../../src/match/automata.ts'
import { FIRST, LAST, SequenceThreads, SIGNATURE, SLOTS, STATE } from '../../../src/match/sequence-threads.ts'
import { parseSequence } from '../../support/sequence-text.ts'

const AUTOMATA = new Automata(['tcp * c1', 'tcp * c* s* s@1'].map((text) => parseSequence(text)))
const PLENTY = 1 << 20

function createThreads(bytes = PLENTY, most = 256): SequenceThreads {
  const threads = new SequenceThreads(AUTOMATA, bytes, most)
  threads.newRound()
  return threads
}

/** A thread of sequence 1 that has taken sizes. */
function threadAt(threads: SequenceThreads, state: number, ...sizes: readonly number[]): number {
  const thread = threads.begin(1, 1)
  threads.move(thread, state, 1, 0, 0)
  for (const [i, size] of sizes.entries()) threads.move(thread, state, i + 1, i + 1, size)
  return thread
}

describe('threads', () => {
  it('begin with no sizes, and keep those that they are told to', () => {
    const threads = createThreads()
    const thread = threads.begin(1, 7)
    threads.move(thread, 40, 7, 2, 99)
    const { words } = threads
    expect([SIGNATURE, STATE, FIRST, LAST].map((word) => words[thread + word])).toEqual([1, 40, 7, 7])
    expect([...words.subarray(thread + SLOTS, thread + SLOTS + 3)]).toEqual([-1, 99, -1])
  })

  it('are copied with all that they keep', () => {
    const threads = createThreads()
    const thread = threadAt(threads, 40, 5, 6)
    const copy = threads.copy(thread)
    const { words } = threads
    expect(copy).not.toBe(thread)
    expect([...words.subarray(copy, copy + SLOTS + 3)]).toEqual([
      ...words.subarray(thread, thread + SLOTS + 3),
    ])
  })

  it('are 0 when there is no room', () => {
    const threads = createThreads(0)
    const thread = threads.begin(0, 1)
    expect(thread).not.toBe(0)
    expect([threads.begin(0, 1), threads.copy(thread)]).toEqual([0, 0])
    threads.free(thread)
    expect(threads.begin(0, 1)).not.toBe(0)
  })
})

describe('a thread', () => {
  it('is new unless one with its state and sizes was met', () => {
    const threads = createThreads()
    expect(threads.isNew(threadAt(threads, 40, 5, 6))).toBe(true)
    expect(threads.isNew(threadAt(threads, 40, 5, 6))).toBe(false)
    expect(threads.isNew(threadAt(threads, 41, 5, 6))).toBe(true)
    expect(threads.isNew(threadAt(threads, 40, 5))).toBe(true)
    expect(threads.isNew(threadAt(threads, 40, 6, 5))).toBe(true)
  })

  it('is new again in the next round', () => {
    const threads = createThreads()
    const thread = threadAt(threads, 40, 5)
    expect(threads.isNew(thread)).toBe(true)
    threads.newRound()
    expect(threads.isNew(thread)).toBe(true)
  })

  it('is told from as many others as a round may have', () => {
    const threads = createThreads(PLENTY, 100)
    for (let round = 0; round < 20; round++) {
      threads.newRound()
      const met = Array.from({ length: 100 }, (_, i) => threadAt(threads, 40, i * round, i))
      expect(met.every((thread) => threads.isNew(thread))).toBe(true)
      expect(met.some((thread) => threads.isNew(thread))).toBe(false)
      for (const thread of met) threads.free(thread)
    }
  })
})
