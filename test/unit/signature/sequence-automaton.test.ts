import { describe, expect, it } from 'vitest'
import { type AutomatonNode, buildAutomaton, MAX_STEPS } from '../../../src/signature/sequence-automaton.ts'
import { planSequence } from '../../../src/signature/sequence-plan.ts'
import { sequenceOf } from './texts.ts'

function automatonOf(text: string): AutomatonNode | undefined {
  return buildAutomaton(planSequence(sequenceOf(`${text} : a`).items), { kind: 'none' })
}

/** Nodes that can be reached. */
function sizeOf(first: AutomatonNode | undefined): number {
  const seen = new Set<AutomatonNode>()
  const visit = (node: AutomatonNode | undefined): void => {
    if (node === undefined || seen.has(node)) return
    seen.add(node)
    if (node.kind === 'take') visit(node.next)
    if (node.kind === 'fork') node.to.forEach(visit)
  }
  visit(first)
  return seen.size
}

describe('buildAutomaton', () => {
  it('takes one element after the other', () => {
    expect(automatonOf('tcp * c1 any')).toMatchObject({
      kind: 'take',
      test: { low: 1, pause: { kind: 'none' } },
      next: { kind: 'take', test: { pause: { kind: 'any' } }, next: { kind: 'done' } },
    })
  })

  it('shares what follows a group between its alternatives', () => {
    const first = automatonOf('tcp * (c1 | s2) c3')
    if (first?.kind !== 'fork') throw new Error('a group with alternatives forks')
    const [one, two] = first.to
    expect(one?.kind === 'take' && two?.kind === 'take' && one.next === two.next).toBe(true)
  })

  it('leads a loop back to its fork', () => {
    const first = automatonOf('tcp * c1{0,} s2')
    if (first?.kind !== 'fork') throw new Error('a loop forks')
    const [round, after] = first.to
    expect(round?.kind === 'take' && round.next === first).toBe(true)
    expect(after).toMatchObject({ kind: 'take', next: { kind: 'done' } })
  })

  it('grows with what is written, not with the ways through it', () => {
    expect(sizeOf(automatonOf(`tcp * ${'(c1? | s2?) '.repeat(50)} any`))).toBeLessThan(300)
    expect(sizeOf(automatonOf(`tcp * + (${'c1? '.repeat(50)} s2) any`))).toBeLessThan(300)
    expect(sizeOf(automatonOf('tcp * c1{1000} any'))).toBe(1002)
  })

  it('gives up beyond its bound', () => {
    const { items } = sequenceOf('tcp * c1{1000} any : a')
    const many = Array.from({ length: 5 }, () => items).flat()
    expect(MAX_STEPS).toBeLessThan(5 * 1001)
    expect(buildAutomaton(planSequence(many), { kind: 'none' })).toBeUndefined()
  })
})
