// The lines that belong to a statement: metadata, examples and comments directly above it, and its own.

import type { SourceText, Span, TextEdit } from '../../model/diagnostic.ts'
import { metadataWords } from '../../signature/parse-metadata.ts'
import { type SourceLine, sourceLines } from '../../signature/source-lines.ts'
import type { LocatedStatement } from '../../signature/statement.ts'

const known = new WeakMap<SourceText, ReadonlyMap<number, readonly SourceLine[]>>()

/** The comment lines directly above a statement, in order; blank lines and other statements cut them off. */
export function linesAbove({ source, line }: LocatedStatement): readonly SourceLine[] {
  let lines = known.get(source)
  if (lines === undefined) {
    lines = collect(source)
    known.set(source, lines)
  }
  return lines.get(line) ?? []
}

/** The place of a key of a statement's metadata, `=` and value included. */
export function placeOfKey(statement: LocatedStatement, key: string): Span | undefined {
  for (const line of metadataLines(statement))
    for (const { word, span } of metadataWords(line)) {
      if (!word.includes('=')) break
      if (word.startsWith(`${key}=`)) return span
    }
  return undefined
}

/** Puts `key=value` in front of a statement's metadata. */
export function addMetadata(statement: LocatedStatement, text: string): TextEdit {
  const { source, span } = statement
  const [first] = metadataLines(statement)
  if (first === undefined)
    return { source, span: { start: span.start, end: span.start }, text: `#: ${text}${lineEndOf(source)}` }
  const start = first.span.start + '#:'.length
  return { source, span: { start, end: start }, text: ` ${text}` }
}

/** Takes a statement out, with its metadata and examples; comments stay. */
export function removeStatement(statement: LocatedStatement): readonly TextEdit[] {
  const { source, span } = statement
  const own = linesAbove(statement).filter(({ span: { start } }) =>
    /^#[:+-]/.test(source.text.slice(start, start + 2)),
  )
  return [...own.map((line) => line.span), span].map((place) => ({
    source,
    span: wholeLine(source, place),
    text: '',
  }))
}

function metadataLines(statement: LocatedStatement): readonly SourceLine[] {
  return linesAbove(statement).filter(({ source, span }) => source.text.startsWith('#:', span.start))
}

function collect(source: SourceText): ReadonlyMap<number, readonly SourceLine[]> {
  const lines = new Map<number, readonly SourceLine[]>()
  let above: SourceLine[] = []
  let last = 0
  for (const line of sourceLines(source)) {
    if (line.number !== last + 1) above = []
    last = line.number
    if (source.text[line.span.start] === '#') above.push(line)
    else {
      if (above.length > 0) lines.set(line.number, above)
      above = []
    }
  }
  return lines
}

/** With its end. */
function wholeLine({ text }: SourceText, { start, end }: Span): Span {
  const before = text.slice(0, start)
  const from = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
  const rest = /^[^\r\n]*(?:\r\n|\r|\n)?/.exec(text.slice(end))?.[0] ?? ''
  return { start: from, end: end + rest.length }
}

function lineEndOf({ text }: SourceText): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
}
