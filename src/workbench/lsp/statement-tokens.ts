// The tokens of a statement with their places, also of one that is half written. Behind a mistake of spelling there is
// one token of type `error`, up to the end of the line.

import type { Span } from '../../model/diagnostic.ts'
import { MAX_LINE } from '../../signature/parse-statement.ts'
import type { SourceLine } from '../../signature/source-lines.ts'
import { type StatementPart, type StatementToken, statementLexer } from '../../signature/statement-lexer.ts'

export interface PlacedToken {
  readonly token: StatementToken
  readonly type: string
  readonly text: string
  /** The part of the statement that it was taken for. */
  readonly part: StatementPart
  readonly span: Span
  /** Of a packet or message: counted from 1, as `@K` counts; else 0. */
  readonly ordinal: number
}

export function statementTokens({ source, span }: SourceLine): readonly PlacedToken[] {
  const text = source.text.slice(span.start, span.end)
  if (text.length > MAX_LINE) return []
  const tokens: PlacedToken[] = []
  let packets = 0
  statementLexer.reset(text)
  for (let token = statementLexer.next(); token !== undefined; token = statementLexer.next()) {
    const { type = '', text: word, offset } = token
    const start = span.start + offset
    tokens.push({
      token,
      type,
      text: word,
      part: statementLexer.part,
      span: { start, end: start + word.length },
      ordinal: type === 'packet' ? ++packets : 0,
    })
  }
  return tokens
}

/** The index of the token at an offset; of two that meet there the later one. */
export function tokenAt(tokens: readonly PlacedToken[], offset: number): number {
  const inside = tokens.findIndex(({ span }) => span.start <= offset && offset < span.end)
  return inside >= 0 ? inside : tokens.findIndex(({ span }) => span.end === offset)
}

/** The statement's protocol, or `count`. */
export function protocolOf(tokens: readonly PlacedToken[]): string {
  return tokens[0]?.text ?? ''
}

/** A class that a campaign counts: what stands behind `count` or `then`. */
export function isCountedClass(tokens: readonly PlacedToken[], index: number): boolean {
  const before = tokens[index - 1]
  return tokens[index]?.type === 'word' && (before?.type === 'count' || before?.text === 'then')
}
