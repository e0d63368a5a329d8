import { describe, expect, it } from 'vitest'
import { MAX_SIZE, type SequenceTest } from '../../../src/model/program.ts'
import type { AutomatonNode } from '../../../src/signature/sequence-automaton.ts'
import { layOut } from '../../../src/signature/sequence-steps.ts'

const test = (message: number): SequenceTest => ({
  direction: undefined,
  low: 0,
  high: MAX_SIZE,
  reference: 0,
  message,
  payload: undefined,
  pause: { kind: 'any' },
})
const DONE: AutomatonNode = { kind: 'done' }
const take = (message: number, next: AutomatonNode, slot = 0): AutomatonNode => ({
  kind: 'take',
  test: test(message),
  slot,
  next,
})

describe('layOut', () => {
  it('puts a chain behind one another, and each test once', () => {
    expect(layOut(take(1, take(2, take(1, DONE, 1))))).toEqual({
      steps: [
        { kind: 'take', test: 0, slot: 0 },
        { kind: 'take', test: 1, slot: 0 },
        { kind: 'take', test: 0, slot: 1 },
        { kind: 'done' },
      ],
      tests: [test(1), test(2)],
    })
  })

  it('jumps to what has its place already', () => {
    const common = take(3, DONE)
    const { steps } = layOut({ kind: 'fork', to: [take(1, common), take(2, common), common, DONE] })
    expect(steps).toEqual([
      { kind: 'fork', to: [1, 4, 2, 6] },
      { kind: 'take', test: 0, slot: 0 },
      { kind: 'take', test: 1, slot: 0 },
      { kind: 'fork', to: [6] },
      { kind: 'take', test: 2, slot: 0 },
      { kind: 'fork', to: [2] },
      { kind: 'done' },
    ])
  })

  it('follows loops', () => {
    const to: AutomatonNode[] = []
    const loop: AutomatonNode = { kind: 'fork', to }
    to.push(take(1, loop), DONE)
    expect(layOut(loop).steps).toEqual([
      { kind: 'fork', to: [1, 3] },
      { kind: 'take', test: 0, slot: 0 },
      { kind: 'fork', to: [0] },
      { kind: 'done' },
    ])
  })
})
