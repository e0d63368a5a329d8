// The canonical form of a signature file: statements and metadata as the language writes them, one blank line
// between groups, no white space at either end of a line. Comments and examples stay where they are. Formatting a
// formatted file changes nothing, and the result parses to the same statements.

import type { Diagnostic, SourceText } from '../../model/diagnostic.ts'
import { formatStatement } from '../../signature/format-statement.ts'
import { parseSignatures } from '../../signature/parse-signatures.ts'
import { type SourceLine, sourceLines } from '../../signature/source-lines.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { formatMetadata } from './format-metadata.ts'

export interface FormattedSource {
  /** undefined when there are errors: nobody knows what a malformed line means. */
  readonly text: string | undefined
  /** The errors. */
  readonly errors: readonly Diagnostic[]
}

const EXAMPLE = /^#[+-]/

export function formatSource(source: SourceText): FormattedSource {
  const { statements, diagnostics } = parseSignatures(source)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { text: undefined, errors }
  const byLine = new Map(statements.map((statement) => [statement.line, statement]))
  const groups = groupsOf(source).map((lines) => formatGroup(lines, byLine))
  return { text: groups.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n'), errors }
}

/** Lines without a blank one between them. */
function groupsOf(source: SourceText): readonly (readonly SourceLine[])[] {
  const groups: SourceLine[][] = []
  let last = -1
  for (const line of sourceLines(source)) {
    if (line.number !== last + 1) groups.push([])
    groups.at(-1)?.push(line)
    last = line.number
  }
  return groups
}

function formatGroup(
  lines: readonly SourceLine[],
  statements: ReadonlyMap<number, LocatedStatement>,
): readonly string[] {
  const formatted: string[] = []
  let above: SourceLine[] = []
  for (const line of lines) {
    const statement = statements.get(line.number)
    if (statement === undefined) {
      above.push(line)
      continue
    }
    formatted.push(...formatAbove(above), formatStatement(statement.ast))
    above = []
  }
  return [...formatted, ...above.map(formatComment)]
}

/** What stands above a statement: its metadata comes together where the first of it was. */
function formatAbove(lines: readonly SourceLine[]): readonly string[] {
  const metadata = lines.filter((line) => textOf(line).startsWith('#:'))
  if (metadata.length === 0) return lines.map(formatComment)
  const { lines: told, comments } = formatMetadata(metadata)
  return lines.flatMap((line) => {
    if (line === metadata[0]) return [...comments, ...told]
    return metadata.includes(line) ? [] : [formatComment(line)]
  })
}

function formatComment(line: SourceLine): string {
  const text = textOf(line)
  // A file's name may hold white space that counts.
  return EXAMPLE.test(text) && !text.includes('file:') ? text.replace(/\s+/g, ' ') : text
}

function textOf({ source, span }: SourceLine): string {
  return source.text.slice(span.start, span.end)
}
