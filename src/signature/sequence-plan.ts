// Prepares the items of a sequence for the automaton: elements have their numbers, and those whose size is asked
// for later have a slot to keep it in.

import type { Pause } from '../model/program.ts'
import { compilePause } from './compile-test.ts'
import type { ElementNode, ItemNode } from './statement.ts'

export interface PlanItem {
  readonly pause: Pause | undefined
  readonly atom: PlanElement | PlanGroup
  readonly low: number
  readonly high: number
  /** The atom can be passed without taking an element. */
  readonly isAtomOptional: boolean
  /** So can the item. */
  readonly isOptional: boolean
}

export interface PlanElement {
  readonly kind: 'element'
  readonly element: ElementNode
  /** 0: no other element asks for its size. */
  readonly slot: number
}

export interface PlanGroup {
  readonly kind: 'group'
  readonly alternatives: readonly (readonly PlanItem[])[]
}

export interface SequencePlan {
  readonly items: readonly PlanItem[]
  /** By number of the element, from 1. */
  readonly slots: ReadonlyMap<number, number>
}

export function planSequence(items: readonly ItemNode[]): SequencePlan {
  const wanted = new Set<number>()
  collectReferences(items, wanted)
  const slots = new Map([...wanted].sort((a, b) => a - b).map((number, i) => [number, i + 1]))
  let number = 0
  const planItem = ({ pause, atom, low, high }: ItemNode): PlanItem => {
    const planned =
      atom.kind === 'element'
        ? { kind: atom.kind, element: atom, slot: slots.get(++number) ?? 0 }
        : { kind: atom.kind, alternatives: atom.alternatives.map((list) => list.map(planItem)) }
    const isAtomOptional =
      planned.kind === 'group' && planned.alternatives.some((list) => list.every((item) => item.isOptional))
    return {
      pause: pause && compilePause(pause),
      atom: planned,
      low,
      high,
      isAtomOptional,
      isOptional: low === 0 || isAtomOptional,
    }
  }
  return { items: items.map(planItem), slots }
}

function collectReferences(items: readonly ItemNode[], wanted: Set<number>): void {
  for (const { atom } of items) {
    if (atom.kind === 'group') for (const list of atom.alternatives) collectReferences(list, wanted)
    else if (atom.size.kind === 'same' || atom.size.kind === 'relative') wanted.add(atom.size.packet)
  }
}
