// Signature ids that nobody has yet, in order.

import { FIRST_DERIVED_SID } from '../../signature/assign-sids.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import type { NumberRange } from './house-rules.ts'

export interface SidSource {
  /**
   * Another id on every call.
   *
   * @param ranges - that it is to be from; undefined: behind the highest that is given
   * @returns undefined when all of them are given
   */
  next(ranges: readonly NumberRange[] | undefined): number | undefined
}

const FIRST = 9_000_001

export function createSidSource(statements: readonly LocatedStatement[]): SidSource {
  const given = new Set(statements.flatMap(({ metadata }) => metadata.sid ?? []))
  const tried = new Map<number, number>()
  const freeIn = ({ low, high }: NumberRange): number | undefined => {
    let sid = Math.max(tried.get(low) ?? 0, low, 1)
    while (sid <= high && given.has(sid)) sid++
    tried.set(low, sid)
    if (sid > high) return undefined
    given.add(sid)
    return sid
  }
  return {
    next: (ranges) => {
      if (ranges === undefined) {
        const highest = [...given]
          .filter((sid) => sid < FIRST_DERIVED_SID)
          .reduce((a, b) => Math.max(a, b), FIRST - 1)
        return freeIn({ low: highest + 1, high: FIRST_DERIVED_SID - 1 })
      }
      for (const range of ranges) {
        const sid = freeIn(range)
        if (sid !== undefined) return sid
      }
      return undefined
    },
  }
}
