// Lays an automaton out as steps, one behind the other: what is taken goes on at the next step, `done` is last.

import type { SequenceStep, SequenceTest } from '../model/program.ts'
import type { AutomatonNode } from './sequence-automaton.ts'

type Draft =
  | { readonly kind: 'take'; readonly test: number; readonly slot: number }
  | { readonly kind: 'fork'; readonly nodes: readonly AutomatonNode[] }

export interface Layout {
  readonly steps: readonly SequenceStep[]
  /** Each once, in the order of the steps. */
  readonly tests: readonly SequenceTest[]
}

export function layOut(first: AutomatonNode): Layout {
  const drafts: Draft[] = []
  const tests: TestPlaces = new Map()
  const places = new Map<AutomatonNode, number>()
  const waiting = [first]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (places.has(node) || node.kind === 'done') continue
    for (; node.kind === 'take' && !places.has(node); node = node.next) {
      places.set(node, drafts.length)
      drafts.push({ kind: 'take', test: placeTest(node.test, tests), slot: node.slot })
    }
    if (node.kind === 'fork' && !places.has(node)) {
      places.set(node, drafts.length)
      drafts.push({ kind: 'fork', nodes: node.to })
      waiting.push(...node.to.toReversed())
    } else drafts.push({ kind: 'fork', nodes: [node] })
  }
  // A jump to the end from right before it.
  const last = drafts.at(-1)
  if (last?.kind === 'fork' && last.nodes.length === 1 && last.nodes[0]?.kind === 'done') drafts.pop()
  const placeOf = (node: AutomatonNode) => places.get(node) ?? drafts.length
  const steps: SequenceStep[] = drafts.map((draft) =>
    draft.kind === 'take' ? draft : { kind: 'fork', to: draft.nodes.map(placeOf) },
  )
  return { steps: [...steps, { kind: 'done' }], tests: [...tests.values()].map(({ test }) => test) }
}

type TestPlaces = Map<string, { readonly test: SequenceTest; readonly place: number }>

function placeTest(test: SequenceTest, tests: TestPlaces): number {
  const key = JSON.stringify(test)
  const known = tests.get(key)
  if (known !== undefined) return known.place
  tests.set(key, { test, place: tests.size })
  return tests.size - 1
}
