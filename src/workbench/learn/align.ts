// Lays flows beside each other: which element of one is which of another. What all of them have comes out as columns,
// in order. Either as blocks without anything between the columns, or with as little as possible left out.

import type { Specimen, Token } from './specimen.ts'

/** Of each flow the index of its token: `columns[i][flow]`. */
export type Alignment = readonly (readonly number[])[]

/** Tokens of a flow that are looked at, and of the flow that others are laid beside. */
const MOST_TOKENS = 160
const MOST_STARTS = 96

/**
 * Runs of elements that come one after the other in every flow, with the same directions and names. Each is as long as
 * can be, up to `most`; of the places where another flow has it, the one is taken that is most like those before.
 */
export function contiguousBlocks(specimens: readonly Specimen[], most: number): readonly Alignment[] {
  const [pivot, others] = withPivot(specimens)
  if (pivot === undefined) return []
  const blocks: Alignment[] = []
  for (let start = 0; start < Math.min(pivot.tokens.length, MOST_STARTS); start++) {
    const block = blockAt(pivot, start, others, most)
    if (block !== undefined) blocks.push(inOrder(specimens, pivot, others, block))
  }
  return blocks
}

/** The flow with the fewest elements, the first of several: nothing longer can be in all. */
function withPivot(specimens: readonly Specimen[]): readonly [Specimen | undefined, readonly Specimen[]] {
  const [first] = specimens
  if (first === undefined) return [undefined, []]
  const pivot = specimens.reduce((best, one) => (one.tokens.length < best.tokens.length ? one : best), first)
  return [pivot, specimens.filter((one) => one !== pivot)]
}

function blockAt(
  pivot: Specimen,
  start: number,
  others: readonly Specimen[],
  most: number,
): readonly (readonly number[])[] | undefined {
  let places = others.map(({ tokens }) => [...tokens.slice(0, MOST_TOKENS).keys()])
  let length = 0
  while (length < most) {
    const token = pivot.tokens[start + length]
    if (token === undefined || (length > 0 && token.isTorn)) break
    const next = places.map((list, i) => list.filter((at) => goesOn(others[i], at + length, token, length)))
    if (next.some((list) => list.length === 0)) break
    places = next
    length++
  }
  if (length === 0) return undefined
  const columns: number[][] = Array.from({ length }, (_, i) => [start + i])
  const seen: Token[][] = columns.map((_, i) => tokensAt(pivot, start + i))
  for (const [i, other] of others.entries()) {
    const at = nearest(other, places[i] ?? [], seen)
    for (const [k, column] of columns.entries()) {
      column.push(at + k)
      seen[k]?.push(...tokensAt(other, at + k))
    }
  }
  return columns
}

function tokensAt({ tokens }: Specimen, at: number): Token[] {
  const token = tokens[at]
  return token === undefined ? [] : [token]
}

function goesOn(specimen: Specimen | undefined, at: number, like: Token, length: number): boolean {
  const token = specimen?.tokens[at]
  return token !== undefined && isLike(token, like) && (length === 0 || !token.isTorn)
}

function isLike(a: Token, b: Token): boolean {
  return a.direction === b.direction && a.name === b.name
}

/** Of several that are as near the first. */
function nearest(specimen: Specimen, places: readonly number[], seen: readonly (readonly Token[])[]): number {
  let best = places[0] ?? 0
  let least = Number.POSITIVE_INFINITY
  for (const at of places) {
    const distance = seen.reduce((sum, column, k) => sum - likeness(column, specimen.tokens[at + k]), 0)
    if (distance < least) {
      least = distance
      best = at
    }
  }
  return best
}

/** How well a token goes with those that stand in one column. */
function likeness(column: readonly Token[], token: Token | undefined): number {
  const [first] = column
  if (first === undefined || token === undefined) return 0
  let score = 0
  if (column.every(({ size }) => size === token.size)) score += 4
  else if (column.some(({ size }) => size === token.size)) score += 3
  else {
    const ratio = (Math.min(token.size, first.size) + 1) / (Math.max(token.size, first.size) + 1)
    score += ratio > 0.8 ? 1.5 : ratio > 0.5 ? 0.5 : 0
  }
  if (column.every(({ isPause }) => isPause === token.isPause)) score += 1
  if (column.every(({ isFirst }) => isFirst === token.isFirst)) score += 0.5
  return score
}

/** From the pivot's order back to that of the flows. */
function inOrder(
  specimens: readonly Specimen[],
  pivot: Specimen,
  others: readonly Specimen[],
  columns: readonly (readonly number[])[],
): Alignment {
  const places = new Map([pivot, ...others].map((one, i) => [one, i]))
  return columns.map((column) => specimens.map((one) => column[places.get(one) ?? 0] ?? 0))
}

/** What one more column is worth, and what a token that is left out costs. */
const MATCH = 2
const SKIP = 0.75

/** Columns that all flows have, in order; what stands between them in some flows is left out. */
export function gappedAlignment(specimens: readonly Specimen[]): Alignment {
  const [pivot, others] = withPivot(specimens)
  if (pivot === undefined) return []
  let columns: number[][] = [...pivot.tokens.slice(0, MOST_TOKENS).keys()].map((at) => [at])
  let seen: Token[][] = columns.map((column) => tokensAt(pivot, column[0] ?? 0))
  for (const other of others) {
    const kept = pairs(seen, other.tokens.slice(0, MOST_TOKENS))
    columns = kept.map(([column, at]) => [...(columns[column] ?? []), at])
    seen = kept.map(([column, at]) => [...(seen[column] ?? []), ...tokensAt(other, at)])
  }
  return inOrder(specimens, pivot, others, columns)
}

/** Needleman and Wunsch, what hangs over at either end for nothing. */
function pairs(
  columns: readonly (readonly Token[])[],
  tokens: readonly Token[],
): readonly (readonly [column: number, token: number])[] {
  const width = tokens.length + 1
  const score = new Float64Array((columns.length + 1) * width)
  for (let i = columns.length - 1; i >= 0; i--)
    for (let j = tokens.length - 1; j >= 0; j--)
      score[i * width + j] = Math.max(
        paired(score, columns, tokens, i, j),
        (score[(i + 1) * width + j] ?? 0) - (j === 0 ? 0 : SKIP),
        (score[i * width + j + 1] ?? 0) - (i === 0 ? 0 : SKIP),
      )
  const found: (readonly [number, number])[] = []
  let i = 0
  let j = 0
  while (i < columns.length && j < tokens.length) {
    const here = score[i * width + j] ?? 0
    if (here === paired(score, columns, tokens, i, j)) found.push([i++, j++])
    else if (here === (score[(i + 1) * width + j] ?? 0) - (j === 0 ? 0 : SKIP)) i++
    else j++
  }
  return found
}

function paired(
  score: Float64Array,
  columns: readonly (readonly Token[])[],
  tokens: readonly Token[],
  i: number,
  j: number,
): number {
  const column = columns[i] ?? []
  const token = tokens[j]
  const [first] = column
  if (first === undefined || token === undefined || !isLike(first, token)) return Number.NEGATIVE_INFINITY
  const rest = score[(i + 1) * (tokens.length + 1) + j + 1] ?? 0
  return rest + MATCH + likeness(column, token)
}
