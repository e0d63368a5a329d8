// Takes back what a draft says without need: exact times, a flow's end, lengths that nobody would ask for.

import type { ElementSize } from '../../signature/statement.ts'
import type { Draft } from './draft.ts'

/** Sizes further apart than this tell hardly anything. */
const WIDE = 256
/** A whole flow of so many elements is told by its end, too. */
const SHORT = 8

/**
 * One thing after the other, where it may go.
 *
 * @param least - columns that stay
 * @param isSound - a draft still matches what it must, and nothing else
 */
export function simplify(draft: Draft, least: number, isSound: (draft: Draft) => boolean): Draft {
  let simple = draft
  const tryThis = (changed: Draft) => {
    if (!isSound(changed)) return false
    simple = changed
    return true
  }
  for (const [i, { pauses, sizes }] of draft.block.columns.entries()) {
    // In the order in which they are listed the first say least.
    for (let k = 0; k < (draft.pauses[i] ?? 0) && k < pauses.length; k++)
      if (tryThis({ ...simple, pauses: simple.pauses.with(i, k) })) break
    const size = simple.sizes[i] ?? 0
    if (size > 0) tryThis({ ...simple, sizes: simple.sizes.with(i, 0) })
    const now = sizes[simple.sizes[i] ?? 0]
    if (now !== undefined && widthOf(now) > WIDE)
      tryThis({ ...simple, sizes: simple.sizes.with(i, sizes.length - 1) })
  }
  const isWhole = simple.atStart && simple.block.start === 'flow' && simple.block.columns.length <= SHORT
  if (simple.atEnd && !isWhole) tryThis({ ...simple, atEnd: false })
  while (endsInAnything(simple) && simple.block.columns.length > least) if (!tryThis(shorter(simple))) break
  return simple
}

/** Its last element may have any size, and nothing waits for it. */
function endsInAnything({ block: { columns }, sizes, pauses, atEnd }: Draft): boolean {
  const last = columns.at(-1)
  const said = last?.sizes[sizes.at(-1) ?? 0]
  return !atEnd && said?.kind === 'any' && last?.pauses[pauses.at(-1) ?? 0] === undefined
}

/** References are to earlier columns, so that the last one is not missed. */
function shorter({ block, sizes, pauses, ...rest }: Draft): Draft {
  return {
    ...rest,
    block: { ...block, columns: block.columns.slice(0, -1) },
    sizes: sizes.slice(0, -1),
    pauses: pauses.slice(0, -1),
  }
}

function widthOf(size: ElementSize): number {
  if (size.kind === 'range') return 2 * size.distance
  return size.kind === 'between' ? size.high - size.low : 0
}
