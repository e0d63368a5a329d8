// Runs the generated grammar over one line. One compiled grammar serves all: nearley is superlinear in the length
// of its input, so it never sees a whole file.

import type { Parser } from 'nearley'
import { assert } from '../core/assert.ts'
import { diagnose } from './codes.ts'
import { explainSyntax } from './explain-syntax.ts'
import rules from './grammar.generated.ts'
import { nearley } from './parser-packages.ts'
import { readStatement, type StatementResult } from './read-statement.ts'
import type { SourceLine } from './source-lines.ts'
import { type Metadata, NO_METADATA } from './statement.ts'
import { statementLexer } from './statement-lexer.ts'
import type { SyntaxFailure } from './syntax-problem.ts'
import type { StatementTree } from './syntax-tree.ts'

/** Characters; 255 packets with room to spare. */
export const MAX_LINE = 16_384

const grammar = nearley.Grammar.fromCompiled(rules)

/**
 * Parses a line that is neither blank nor a comment.
 *
 * Never throws on bad text: what is wrong comes back as diagnostics, and then there is no statement.
 */
export function parseStatement(line: SourceLine, metadata: Metadata = NO_METADATA): StatementResult {
  const { source, span } = line
  const text = source.text.slice(span.start, span.end)
  if (text.length > MAX_LINE) {
    const message = `a line has at most ${MAX_LINE} characters, found ${text.length}`
    return { statement: undefined, diagnostics: [diagnose('S017', message, source, span)] }
  }
  const tree = parseTree(text)
  if (tree === undefined) {
    const message = 'parentheses stand in one another too deep, or are not closed'
    return { statement: undefined, diagnostics: [diagnose('S053', message, source, span)] }
  }
  if (!('at' in tree)) return readStatement(tree, line, metadata)
  const { code, message, start, end } = explainSyntax(tree)
  const place = { start: span.start + start, end: span.start + end }
  return { statement: undefined, diagnostics: [diagnose(code, message, source, place)] }
}

/** undefined when the parser's own report of an error, which takes a call for each open parenthesis, has no end. */
function parseTree(text: string): StatementTree | SyntaxFailure | undefined {
  const parser = new nearley.Parser(grammar)
  try {
    parser.feed(text)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    return failureOf(parser, text, tokenOffset(error))
  }
  const { results } = parser
  assert(results.length <= 1, 'the signature grammar is unambiguous')
  return results[0] ?? failureOf(parser, text, text.length)
}

function failureOf(parser: Parser, text: string, at: number): SyntaxFailure {
  return { text, at, expected: expectedTokens(parser), part: statementLexer.part }
}

/** Where the token stands that the parser did not take. @throws the error when it is not the parser's */
function tokenOffset(error: unknown): number {
  const token = error instanceof Error && 'token' in error ? error.token : undefined
  if (typeof token === 'object' && token !== null && 'offset' in token && typeof token.offset === 'number')
    return token.offset
  throw error
}

interface Column {
  readonly states: readonly {
    readonly dot: number
    readonly rule: { readonly symbols: readonly unknown[] }
  }[]
}

/** Token types and marks that the parser would take next; nearley's types leave its table out. */
function expectedTokens(parser: Parser): ReadonlySet<string> {
  const { table } = parser as unknown as { readonly table: readonly (Column | undefined)[] }
  const expected = new Set<string>()
  for (const { dot, rule } of table[parser.current]?.states ?? []) {
    const symbol = rule.symbols[dot]
    if (typeof symbol !== 'object' || symbol === null) continue
    if ('type' in symbol) expected.add(String(symbol.type))
    else if ('literal' in symbol) expected.add(String(symbol.literal))
  }
  return expected
}
