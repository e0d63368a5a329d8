// Statements that no exchange is an occurrence of, proven on the compiled program; and conditions that always hold.

import { compileCondition } from '../../signature/compile-condition.ts'
import { patternSpan } from '../../signature/pattern-span.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import type { Subject } from '../prove/common-exchange.ts'
import { alwaysHolds, neverHolds } from '../prove/conditions.ts'
import { findExchange } from '../prove/find-exchange.ts'
import { sizesOf } from '../prove/recogniser.ts'
import type { Finding } from './check-codes.ts'
import { isOutOfOrder } from './message-order.ts'

/** @param subject - undefined for a campaign */
export function lintNever(statement: LocatedStatement, subject: Subject | undefined): readonly Finding[] {
  const { ast, source } = statement
  const span = patternSpan(statement)
  const where = ast.kind === 'classic' || ast.where === undefined ? undefined : compileCondition(ast.where)
  if (where !== undefined && neverHolds(where))
    return [
      {
        code: 'S101',
        message: 'what stands behind `where` contradicts itself: this never matches',
        source,
        span,
      },
    ]
  const reason = subject && whyNever(subject)
  if (reason !== undefined) return [{ code: 'S101', message: `${reason}: this never matches`, source, span }]
  if (where !== undefined && alwaysHolds(where)) {
    const message = 'what stands behind `where` always holds: it can be left out'
    return [{ code: 'S109', message, source, span }]
  }
  return []
}

function whyNever({ recogniser }: Subject): string | undefined {
  if (isOutOfOrder(recogniser)) return 'SSH never says these messages in this order'
  if (isPlainlyPossible(recogniser)) return undefined
  return findExchange([recogniser]).kind === 'never'
    ? 'no packet fits what is wanted of its size, or of the time before it'
    : undefined
}

/** True when a way leads to the end on which nothing can contradict anything: most patterns have one. */
function isPlainlyPossible({ states, protocol, start }: Subject['recogniser']): boolean {
  if (start === 'flow' && protocol !== 'tcp' && protocol !== 'ssh') return false
  const sizes = sizesOf(protocol)
  const seen = new Set([0])
  const waiting = [0]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const { bases, low, high, next } of states[at]?.takes ?? []) {
      if (bases.length > 0 || low > sizes.high || high < sizes.low || seen.has(next)) continue
      if (states[next]?.isDone === true) return true
      seen.add(next)
      waiting.push(next)
    }
  return false
}
