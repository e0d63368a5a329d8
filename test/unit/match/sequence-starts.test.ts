import { describe, expect, it } from 'vitest'
import { Automata } from '../../../src/match/automata.ts'
import { SequenceStarts, SIGNATURE, type Timing } from '../../../src/match/sequence-starts.ts'
import { Message } from '../../../src/model/messages.ts'
import type { SequenceSignature } from '../../../src/model/program.ts'
import { SequenceElement } from '../../../src/model/sequence-element.ts'
import { parseSequence } from '../../support/sequence-text.ts'

function indexOf(texts: readonly string[], timing: Timing = 'at-second'): SequenceStarts {
  const sequences = texts.map((text) => parseSequence(text))
  const protocol = texts[0]!.split(' ')[0] as SequenceSignature['protocol']
  return new SequenceStarts(sequences, new Automata(sequences), protocol, timing)
}

function element(facts: Partial<SequenceElement>): SequenceElement {
  return Object.assign(new SequenceElement(), facts)
}

/** Signatures that an element may begin, each once. */
function found(index: SequenceStarts, facts: Partial<SequenceElement>, port = 22): readonly number[] {
  const count = index.find(element(facts), port)
  const starts = [...index.found.subarray(0, count)]
  return [...new Set(starts.map((at) => index.lists[at + SIGNATURE]!))].sort((a, b) => a - b)
}

describe('starts', () => {
  it('are found by direction and size', () => {
    const index = indexOf(['tcp * c5 s1', 'tcp * s5 s1', 'tcp * c4..6 s1', 'tcp * c* s1', 'tcp * any s1'])
    expect(found(index, { size: 5 })).toEqual([0, 2, 3, 4])
    expect(found(index, { size: 6 })).toEqual([2, 3, 4])
    expect(found(index, { size: 5, direction: 1 })).toEqual([1, 4])
    expect(found(index, { size: 100_000 })).toEqual([3, 4])
  })

  it('are found by sizes that share a list, and perhaps do not fit', () => {
    const index = indexOf(['tcp * c3000 s1', 'tcp * c100..2000 s1', 'tcp * c2047..2048 s1'])
    expect(found(index, { size: 3000 })).toContain(0)
    expect(found(index, { size: 9000 })).toEqual([])
    for (const size of [100, 101, 1999, 2000]) expect(found(index, { size })).toContain(1)
    for (const size of [2047, 2048]) expect(found(index, { size })).toContain(2)
  })

  it('are found by the name of a message, and by its payload', () => {
    const index = indexOf(['ssh * c:PASSWORD s1', 'ssh * c:ssh(10) s1', 'ssh * c:ssh(1..5000) s1'])
    expect(found(index, { size: 5, message: Message.PASSWORD })).toEqual([0, 2])
    expect(found(index, { size: 5, payloadLow: 3, payloadHigh: 20 })).toEqual([1, 2])
    expect(found(index, { size: 5, payloadLow: 30, payloadHigh: 80 })).toEqual([2])
  })

  it('are found for the ports and anchors that they name', () => {
    const index = indexOf(['tcp 22,80 c5 s1', 'tcp 23 c5 s1', 'tcp * < c5 s1', 'tcp * <session c5 s1'])
    expect(found(index, { size: 5 })).toEqual([0])
    expect(found(index, { size: 5, isFirst: 1 }, 23)).toEqual([1, 2])
    expect(found(index, { size: 5, phases: 4 }, 80)).toEqual([0, 3])
  })

  it('wait for the second element, unless the first may be all or its delay is asked for', () => {
    const texts = ['tcp * c5', 'tcp * c5 s1', 'tcp * c5 s1? >', 'tcp * +2s..3s c5 s1', 'tcp * + c5 s1']
    expect(found(indexOf(texts), { size: 5, isPause: 1 })).toEqual([1, 4])
    expect(found(indexOf(texts, 'at-first'), { size: 5 })).toEqual([0, 2, 3])
  })

  it('after a pause are found only then', () => {
    const index = indexOf(['tcp * + c5 s1', 'tcp * +? c5 s1', 'tcp * c5 s1'])
    expect(found(index, { size: 5 })).toEqual([1, 2])
    expect(found(index, { size: 5, isPause: 1 })).toEqual([0, 1, 2])
  })

  it('look at the second element', () => {
    const goesOn = (text: string, facts: Partial<SequenceElement>) => {
      const index = indexOf([text])
      expect(found(index, { size: 5 })).toEqual([0])
      return index.mayGoOn(index.found[0]!, element(facts))
    }
    expect(goesOn('tcp * c5 s1..3', { size: 2, direction: 1 })).toBe(true)
    expect(goesOn('tcp * c5 s1..3', { size: 2 })).toBe(false)
    expect(goesOn('tcp * c5 s1..3', { size: 4, direction: 1 })).toBe(false)
    expect(goesOn('tcp * c5 (s1 | c9)', { size: 9 })).toBe(true)
    expect(goesOn('tcp * c5 s@1', { size: 77, direction: 1 })).toBe(true)
    expect(goesOn('ssh * c5 s:FAILURE', { direction: 1, message: Message.FAILURE })).toBe(true)
    expect(goesOn('ssh * c5 s:FAILURE', { direction: 1, message: Message.SUCCESS })).toBe(false)
    expect(goesOn('ssh * c5 (s:FAILURE | s:BANNER)', { direction: 1, message: Message.BANNER })).toBe(true)
  })

  it('of what refers to nothing are never found', () => {
    expect(found(indexOf(['tcp * c5? c@1 s1']), { size: 5 })).toEqual([0])
    expect(indexOf(['tcp * c5? c@1 s1']).lists).toHaveLength(indexOf(['tcp * c5 s1']).lists.length)
  })
})
