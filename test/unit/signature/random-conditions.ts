// Random conditions, as trees, and the numbers and times in them.

import fc from 'fast-check'
import { NUMBER_UNITS, type Quantity, TIME_UNITS } from '../../../src/signature/quantity.ts'
import type { ConditionNode, ValueNode } from '../../../src/signature/statement.ts'

const digits = fc
  .tuple(fc.integer({ min: 0, max: 10 ** 6 }), fc.constantFrom('', '.5', '.25', '.000000001'))
  .map(([whole, fraction]) => `${whole}${fraction}`)
export const time: fc.Arbitrary<Quantity> = fc.record({ digits, unit: fc.constantFrom(...TIME_UNITS) })

/** @param names - figures to compare */
export function condition(names: readonly string[]): fc.Arbitrary<ConditionNode> {
  const { condition: made } = fc.letrec<{ value: ValueNode; condition: ConditionNode }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        kind: fc.constant('number' as const),
        digits,
        unit: fc.constantFrom(undefined, ...TIME_UNITS, ...NUMBER_UNITS),
      }),
      fc.record({ kind: fc.constant('figure' as const), name: fc.constantFrom(...names) }),
      fc.record({
        kind: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
        left: tie('value'),
        right: tie('value'),
      }),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        kind: fc.constantFrom(...(['<', '<=', '>', '>=', '==', '!='] as const)),
        left: tie('value'),
        right: tie('value'),
      }),
      fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('condition'),
        right: tie('condition'),
      }),
    ),
  }))
  return made
}
