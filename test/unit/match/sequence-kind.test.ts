import { describe, expect, it } from 'vitest'
import { Automata } from '../../../src/match/automata.ts'
import { SequenceKind } from '../../../src/match/sequence-kind.ts'
import { parseSequence } from '../../support/sequence-text.ts'

function kindOf(...texts: readonly string[]): SequenceKind {
  const sequences = texts.map((text) => parseSequence(text))
  return new SequenceKind(sequences, new Automata(sequences), 'tcp')
}

describe('a packet may begin a match', () => {
  const kind = kindOf(
    'tcp 22 c5 s1',
    'tcp 80,443 c6',
    'tcp * + s7..9 c1',
    'tcp * < (c500 | s500) c1',
    'tcp * c3000..90000 s1',
  )
  const sizes = (...facts: [0 | 1, number, number]) =>
    [4, 5, 6, 7, 9, 10, 500, 2046, 2999, 3000, 70_000].filter((size) =>
      kind.mayBegin(facts[0], size, facts[1], facts[2]),
    )

  it('whatever its port, of all sizes that a statement begins with', () => {
    // Large sizes are not told apart.
    expect(sizes(0, 0, 0)).toEqual([5, 6, 2999, 3000, 70_000])
  })

  it('after a pause only, or as the first of the flow only', () => {
    expect(sizes(1, 0, 0)).toEqual([])
    expect(sizes(1, 1, 0)).toEqual([7, 9])
    expect(sizes(1, 0, 1)).toEqual([500])
    expect(sizes(1, 1, 1)).toEqual([7, 9, 500])
    expect(sizes(0, 0, 1)).toEqual([5, 6, 500, 2999, 3000, 70_000])
  })

  it('always, where a condition stands alone', () => {
    const alone = { ...parseSequence('tcp 22 c1'), steps: [], tests: [] }
    const kind = new SequenceKind([alone], new Automata([alone]), 'tcp')
    expect(kind.mayBegin(1, 77, 0, 0)).toBe(true)
  })

  it('never, where there are no statements', () => {
    expect(kindOf('udp * c5 s1').mayBegin(0, 5, 0, 0)).toBe(false)
  })
})
