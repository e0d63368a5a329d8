// Which signatures come closest to a flow.

import type { Program } from '../../model/program.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import type { PlainExchange } from '../plain-exchange.ts'
import { type Explanation, explain, type Subject } from './explain.ts'

export interface Near {
  readonly explanation: Explanation
  readonly exchange: PlainExchange
  /** 0: it hits; 1: nothing of it is there. */
  readonly distance: number
}

/**
 * The `most` signatures that come closest to what a flow says, be it taken as packets or as messages: those that hit
 * first, then by what share of them is missing or wrong.
 */
export function nearest(
  program: Program,
  statements: ReadonlyMap<number, LocatedStatement>,
  exchanges: readonly PlainExchange[],
  thresholdMicros: number,
  most: number,
): readonly Near[] {
  const found: Near[] = []
  for (const subject of subjectsOf(program, statements)) {
    const { protocol } = subject.signature
    const exchange = exchanges.find((one) => one.protocol === protocol)
    if (exchange === undefined) continue
    const explanation = explain(subject, exchange, thresholdMicros)
    const parts = Math.max(explanation.wanted, 1)
    const distance = Math.min(explanation.distance / parts, 1)
    found.push({ explanation, exchange, distance })
  }
  return found
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        b.explanation.alignment.matched - a.explanation.alignment.matched ||
        a.explanation.subject.signature.sid - b.explanation.subject.signature.sid,
    )
    .slice(0, most)
}

function* subjectsOf(
  program: Program,
  statements: ReadonlyMap<number, LocatedStatement>,
): Generator<Subject> {
  for (const signature of [...program.signatures, ...program.sequences]) {
    const statement = statements.get(signature.sid)
    if (statement !== undefined) yield { signature, statement }
  }
}
