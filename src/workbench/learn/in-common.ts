// How much two flows have in common, for those who look at why nothing was learnt.

import { assert } from '../../core/assert.ts'
import { contiguousBlocks } from './align.ts'
import { blockOf } from './draft.ts'
import type { Specimen, Stream } from './specimen.ts'
import type { Hit } from './trial.ts'

/** Elements of a block that are looked for. */
const MOST_COLUMNS = 16

/** Elements that are just alike, one after the other. */
export function sameElements(a: Specimen, atA: Hit, b: Specimen, atB: Hit): number {
  let same = 0
  for (let i = 0; atA.first + i <= atA.last && atB.first + i <= atB.last; i++) {
    const one = a.tokens[atA.first - 1 + i]
    const other = b.tokens[atB.first - 1 + i]
    if (one?.direction === other?.direction && one?.size === other?.size) same++
  }
  return same
}

/** The shortest flow, and the one that has the shortest of blocks with it. */
export function leastCommon(
  match: readonly Specimen[],
  stream: Stream,
): { readonly pair: readonly [Specimen, Specimen]; readonly longest: number } {
  let least: { pair: readonly [Specimen, Specimen]; longest: number } | undefined
  const [first] = match
  assert(first !== undefined, 'there is something to learn from')
  const shortest = match.reduce((best, one) => (one.tokens.length < best.tokens.length ? one : best), first)
  for (const other of match) {
    if (other === shortest && match.length > 1) continue
    const blocks = contiguousBlocks([shortest, other], MOST_COLUMNS)
    const longest = Math.max(
      0,
      ...blocks.map((block) => (blockOf([shortest, other], block, stream) ? block.length : 0)),
    )
    if (least === undefined || longest < least.longest) least = { pair: [shortest, other], longest }
  }
  return least ?? { pair: [first, first], longest: 0 }
}
