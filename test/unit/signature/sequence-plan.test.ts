import { describe, expect, it } from 'vitest'
import { type PlanItem, planSequence } from '../../../src/signature/sequence-plan.ts'
import { sequenceOf } from './texts.ts'

function planOf(text: string) {
  return planSequence(sequenceOf(`${text} : a`).items)
}

function slotsOf(items: readonly PlanItem[]): readonly number[] {
  return items.flatMap(({ atom }) =>
    atom.kind === 'element' ? [atom.slot] : atom.alternatives.flatMap(slotsOf),
  )
}

describe('planSequence', () => {
  it('gives slots to elements whose size is asked for, in order', () => {
    const { items, slots } = planOf('tcp * c1 (any | s2){2} s@3 c@2+1 s@3')
    expect(slotsOf(items)).toEqual([0, 1, 2, 0, 0, 0])
    expect([...slots]).toEqual([
      [2, 1],
      [3, 2],
    ])
  })

  it('tells what may be passed', () => {
    const { items } = planOf('tcp * c1? (c1? | s2) (c1 s2?) any{2,}')
    expect(items.map(({ isAtomOptional, isOptional }) => [isAtomOptional, isOptional])).toEqual([
      [false, true],
      [true, true],
      [false, false],
      [false, false],
    ])
  })

  it('compiles pauses', () => {
    const { items } = planOf('tcp * + c1 +1s..2s (s2 | c3) any')
    expect(items.map(({ pause }) => pause)).toEqual([
      { kind: 'pause' },
      { kind: 'range', low: 1_000_000, high: 2_000_000, lessRtt: false },
      undefined,
    ])
  })
})
