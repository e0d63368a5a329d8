import { describe, expect, it } from 'vitest'
import { compileCondition } from '../../../src/signature/compile-condition.ts'
import { sequenceOf } from './texts.ts'

function compiled(condition: string) {
  return compileCondition(sequenceOf(`tcp * where ${condition} : a`).where!)
}

const BYTES = { kind: 'figure', name: 'c.bytes' }

describe('compileCondition', () => {
  it('takes the units off', () => {
    const right = (value: number) => ({ kind: '<', left: BYTES, right: { kind: 'number', value } })
    expect(compiled('c.bytes < 10')).toEqual(right(10))
    expect(compiled('c.bytes < 2%')).toEqual(right(0.02))
    expect(compiled('c.bytes < 1.5M')).toEqual(right(1_500_000))
    expect(compiled('c.bytes < 300ms')).toEqual(right(300_000))
  })

  it('keeps the tree', () => {
    const one = { kind: 'number', value: 1 }
    const sum = { kind: '+', left: BYTES, right: { kind: '*', left: one, right: one } }
    const equal = { kind: '==', left: sum, right: one }
    const unequal = { kind: '!=', left: BYTES, right: one }
    expect(compiled('c.bytes + 1 * 1 = 1 and not c.bytes != 1 or c.bytes != 1')).toEqual({
      kind: 'or',
      left: { kind: 'and', left: equal, right: { kind: 'not', of: unequal } },
      right: unequal,
    })
  })
})
