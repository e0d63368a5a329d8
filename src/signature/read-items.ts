// Reads the items of a pattern: elements and groups with their pauses and repeats. Elements are counted as they
// are written.

import type { Span } from '../model/diagnostic.ts'
import { readPause } from './read-pause.ts'
import { readSize } from './read-size.ts'
import { MAX_DEPTH, type Reading } from './reading.ts'
import type { ElementNode, GroupNode, ItemNode } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import type { AtomTree, ItemTree } from './syntax-tree.ts'
import { quote } from './visible.ts'

export interface ItemsResult {
  readonly items: readonly ItemNode[]
  readonly itemSpans: readonly Span[]
  readonly packetSpans: readonly Span[]
}

const MAX_REPEAT = 1000

/** @param isSsh - the elements are messages */
export function readItems(trees: readonly ItemTree[], isSsh: boolean, reading: Reading): ItemsResult {
  const reader = new ItemReader(isSsh, reading)
  const items = reader.items(trees, false, 0)
  const itemSpans = trees.map((tree) => reading.spanOf(firstToken(tree), lastToken(tree)))
  return { items, itemSpans, packetSpans: reader.packetSpans }
}

/** True when the item can be passed without taking an element. */
export function isOptional({ atom, low }: ItemNode): boolean {
  return low === 0 || (atom.kind === 'group' && atom.alternatives.some((items) => items.every(isOptional)))
}

class ItemReader {
  readonly packetSpans: Span[] = []
  readonly #isSsh: boolean
  readonly #reading: Reading

  constructor(isSsh: boolean, reading: Reading) {
    this.#isSsh = isSsh
    this.#reading = reading
  }

  /** @param isPaused - a pause before the group belongs to the first element that comes */
  items(trees: readonly ItemTree[], isPaused: boolean, depth: number): readonly ItemNode[] {
    const items: ItemNode[] = []
    for (const tree of trees) {
      const isFirst = isPaused && items.every(isOptional)
      items.push(this.#item(tree, isFirst, depth))
    }
    return items
  }

  #item(tree: ItemTree, isPaused: boolean, depth: number): ItemNode {
    const { pause, repeat } = tree
    if (pause !== null && isPaused) {
      const message = 'this element already has the pause that stands before its group'
      this.#reading.report('S047', message, this.#reading.spanOf(pause.mark, pause.span ?? pause.mark))
    }
    return {
      pause: pause === null ? undefined : readPause(pause, this.#reading),
      atom: this.#atom(tree, isPaused || pause !== null, depth),
      ...this.#repeat(repeat),
    }
  }

  #atom({ atom, pause }: ItemTree, isPaused: boolean, depth: number): ElementNode | GroupNode {
    if (atom.kind === 'group') return this.#group(atom, isPaused, depth + 1)
    const { token } = atom
    const number = this.packetSpans.length + 1
    this.packetSpans.push(this.#reading.spanOf(pause?.mark ?? token, token))
    if (token.text === 'any') return { kind: 'element', direction: undefined, size: { kind: 'any' } }
    return {
      kind: 'element',
      direction: token.text.startsWith('c') ? 'client' : 'server',
      size: readSize(token, number, this.#isSsh, this.#reading),
    }
  }

  #group(tree: AtomTree & { readonly kind: 'group' }, isPaused: boolean, depth: number): GroupNode {
    if (depth > MAX_DEPTH) {
      const message = `groups stand in one another at most ${MAX_DEPTH} deep`
      this.#reading.report('S053', message, this.#reading.spanOf(tree.open))
      return { kind: 'group', alternatives: [] }
    }
    const alternatives = tree.alternatives.map((items) => this.items(items, isPaused, depth))
    return { kind: 'group', alternatives }
  }

  #repeat(token: StatementToken | null): Pick<ItemNode, 'low' | 'high'> {
    if (token === null) return { low: 1, high: 1 }
    if (token.text === '?') return { low: 0, high: 1 }
    const [first = '', last = first] = token.text
      .slice(1, -1)
      .split(',')
      .map((part) => part.trim())
    const low = Number(first)
    const high = last === '' ? Number.POSITIVE_INFINITY : Number(last)
    const problem = repeatProblem(low, high)
    if (problem !== undefined)
      this.#reading.report('S043', `${quote(token.text)} ${problem}`, this.#reading.spanOf(token))
    return { low, high }
  }
}

function repeatProblem(low: number, high: number): string | undefined {
  if (low > high) return `runs backwards: write \`{${high},${low}}\``
  if (high === 0) return 'takes nothing: leave out what it repeats'
  if (low > MAX_REPEAT || (high > MAX_REPEAT && Number.isFinite(high)))
    return `is too many: at most ${MAX_REPEAT} repeats are told, and \`{1,}\` is any number`
  return undefined
}

function firstToken({ pause, atom }: ItemTree): StatementToken {
  return pause?.mark ?? (atom.kind === 'group' ? atom.open : atom.token)
}

function lastToken({ atom, repeat }: ItemTree): StatementToken {
  return repeat ?? (atom.kind === 'group' ? atom.close : atom.token)
}
