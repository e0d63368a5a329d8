import { describe, expect, it } from 'vitest'
import {
  Automata,
  CHOICE_WORDS,
  CHOICES,
  COMPLETE,
  END,
  ENDING,
  NEXT,
  NOT_DONE,
  WAITS,
} from '../../../src/match/automata.ts'
import { parseSequence } from '../../support/sequence-text.ts'

/** Each state as `ending: state behind each choice`, states numbered as they are met. */
function statesOf(text: string): readonly string[] {
  const { words, begin } = new Automata([parseSequence(text)])
  const met = [begin[0]!]
  const lines: string[] = []
  for (const state of met) {
    const next: number[] = []
    for (let choice = state + CHOICES; choice < words[state + END]!; choice += CHOICE_WORDS) {
      const to = words[choice + NEXT]!
      if (!met.includes(to)) met.push(to)
      next.push(met.indexOf(to))
    }
    const ending = { [NOT_DONE]: '-', [COMPLETE]: 'hit', [WAITS]: 'waits' }[words[state + ENDING]!]
    lines.push(`${ending}: ${next.join(' ')}`)
  }
  return lines
}

describe('automata', () => {
  it('follow forks', () => {
    expect(statesOf('tcp * c1 s2? c3')).toEqual(['-: 1', '-: 2 3', '-: 3', 'hit: '])
  })

  it('have one state for places that go on alike', () => {
    expect(statesOf('tcp * (c1 | c2 | c3) s4')).toEqual(['-: 1 1 1', '-: 2', 'hit: '])
    expect(statesOf('tcp * c1{1,} s4')).toEqual(['-: 1', '-: 1 2', 'hit: '])
  })

  it('end in a hit, or wait for the flow to end', () => {
    expect(statesOf('tcp * c1 s2{0,1}')).toEqual(['-: 1', 'hit: 2', 'hit: '])
    expect(statesOf('tcp * c1 >')).toEqual(['-: 1', 'waits: '])
  })

  it('tell what lives on', () => {
    const automata = new Automata([
      parseSequence('tcp * c1'),
      parseSequence('tcp * c1 >'),
      parseSequence('tcp *'),
    ])
    const behind = (sequence: number) => automata.words[automata.begin[sequence]! + CHOICES + NEXT]!
    expect(automata.livesOn(automata.begin[0]!)).toBe(true)
    expect(automata.livesOn(behind(0))).toBe(false)
    expect(automata.livesOn(behind(1))).toBe(true)
    expect(automata.begin[2]).toBe(-1)
  })

  it('bear forks that lead in a circle', () => {
    const sequence = parseSequence('tcp * c1')
    const steps = [
      { kind: 'fork', to: [1, 2] },
      { kind: 'fork', to: [0] },
      { kind: 'take', test: 0, slot: 0 },
      { kind: 'done' },
    ] as const
    expect(new Automata([{ ...sequence, steps }]).livesOn(0)).toBe(true)
  })
})
