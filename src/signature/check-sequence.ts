// What a well-read pattern may still not be: matched by nothing at all, or too large to be matched.

import { compileSequence, MAX_WAYS } from './compile-sequence.ts'
import { isOptional } from './read-items.ts'
import type { PatternResult } from './read-pattern.ts'
import type { Reading } from './reading.ts'
import { MAX_STEPS } from './sequence-automaton.ts'

export function checkSequence({ body, itemSpans }: PatternResult, reading: Reading): void {
  const { items } = body
  const span = { start: itemSpans[0]?.start ?? 0, end: itemSpans.at(-1)?.end ?? 0 }
  if (items.length > 0 && items.every(isOptional)) {
    const message = 'this pattern matches without any packet: something in it must come'
    reading.report('S051', message, span)
  } else if (compileSequence(body) === undefined) {
    const message = `with its repeats written out this pattern has more than ${MAX_STEPS} steps, or ${MAX_WAYS} ways between them`
    reading.report('S052', message, span)
  }
}
