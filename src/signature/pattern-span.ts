// Where the part of a statement stands that says what it matches.

import type { Span } from '../model/diagnostic.ts'
import type { LocatedStatement } from './statement.ts'

/** The statement up to its description. */
export function patternSpan({ span, descriptionSpan, source }: LocatedStatement): Span {
  const end = span.start + source.text.slice(span.start, descriptionSpan.start).trimEnd().length
  return { start: span.start, end }
}
