// What kind of line stands at a place of a signature file, and which statement a line belongs to. It works on lines
// that are half written, where the parser has nothing to tell.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import type { ExchangeKind } from '../../signature/example.ts'
import { positionOf } from '../../signature/line-index.ts'
import { type ParsedSignatures, parseSignatures } from '../../signature/parse-signatures.ts'
import { type SourceLine, sourceLines } from '../../signature/source-lines.ts'
import type { LocatedStatement } from '../../signature/statement.ts'

export interface FileLine extends SourceLine {
  readonly kind: 'blank' | 'comment' | 'metadata' | 'example' | 'statement'
  readonly text: string
}

const parsed = new WeakMap<SourceText, ParsedSignatures>()

/** Parsed once for each text. */
export function parsedOf(source: SourceText): ParsedSignatures {
  let result = parsed.get(source)
  if (result === undefined) {
    result = parseSignatures(source)
    parsed.set(source, result)
  }
  return result
}

/** The line of an offset. */
export function lineAt(source: SourceText, offset: number): FileLine {
  const { line, lineSpan } = positionOf(source, offset)
  const text = source.text.slice(lineSpan.start, lineSpan.end)
  const start = lineSpan.start + (text.length - text.trimStart().length)
  return fileLine({ source, number: line, span: { start, end: start + text.trim().length } })
}

/** All lines that are not blank. */
export function fileLines(source: SourceText): readonly FileLine[] {
  return [...sourceLines(source)].map(fileLine)
}

function fileLine(line: SourceLine): FileLine {
  const text = line.source.text.slice(line.span.start, line.span.end)
  return { ...line, text, kind: kindOfLine(text) }
}

function kindOfLine(text: string): FileLine['kind'] {
  if (text === '') return 'blank'
  if (!text.startsWith('#')) return 'statement'
  if (text.startsWith('#:')) return 'metadata'
  return /^#[+-](?:\s|$)/.test(text) ? 'example' : 'comment'
}

/** The sound statement on a line. */
export function statementOn({ source, number }: SourceLine): LocatedStatement | undefined {
  return parsedOf(source).statements.find(({ line }) => line === number)
}

/** The line of the statement that metadata or an example stands above. */
export function statementBelow({ source, span }: SourceLine): FileLine | undefined {
  for (let at = span.end; ; ) {
    const end = /\r\n|\r|\n/g
    end.lastIndex = at
    const found = end.exec(source.text)
    if (found === null) return undefined
    const line = lineAt(source, found.index + found[0].length)
    if (line.kind === 'blank') return undefined
    if (line.kind === 'statement') return line
    at = line.span.end
  }
}

/** What the exchanges of the statement on a line are made of. */
export function exchangeKindOf(line: FileLine | undefined): ExchangeKind | undefined {
  const [word] = /^[a-z]+/.exec(line?.text ?? '') ?? []
  if (word === undefined) return undefined
  return word === 'count' ? 'hits' : word === 'ssh' ? 'messages' : 'packets'
}

/** True when the offset is in the span, or right behind it. */
export function touches({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end
}
