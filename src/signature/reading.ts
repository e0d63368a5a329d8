// What the readers of one statement share: where its tokens stand, and where to put what is wrong with them.

import type { Diagnostic, Span } from '../model/diagnostic.ts'
import { type Code, diagnose } from './codes.ts'
import type { SourceLine } from './source-lines.ts'
import type { StatementToken } from './statement-lexer.ts'

export interface Reading {
  readonly line: SourceLine
  /** In the order in which they were found. */
  readonly diagnostics: readonly Diagnostic[]
  report(code: Code, message: string, span: Span): void
  /** From the first token to the end of the last. */
  spanOf(first: StatementToken, last?: StatementToken): Span
}

/** Parts of a pattern or a condition in one another, at most: whoever walks a tree may call itself. */
export const MAX_DEPTH = 64

export function createReading(line: SourceLine): Reading {
  const diagnostics: Diagnostic[] = []
  const base = line.span.start
  return {
    line,
    diagnostics,
    report: (code, message, span) => {
      diagnostics.push(diagnose(code, message, line.source, span))
    },
    spanOf: (first, last = first) => ({
      start: base + first.offset,
      end: base + last.offset + last.text.length,
    }),
  }
}
