// Splits a signature file into its lines and parses each by itself, so that one bad statement costs no other.

import type { Diagnostic, SourceText } from '../model/diagnostic.ts'
import { diagnose } from './codes.ts'
import { parseMetadata } from './parse-metadata.ts'
import { parseStatement } from './parse-statement.ts'
import { type SourceLine, sourceLines } from './source-lines.ts'
import { type LocatedStatement, NO_METADATA } from './statement.ts'

export interface ParsedSignatures {
  /** The sound ones, in order. */
  readonly statements: readonly LocatedStatement[]
  /** By position. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Parses the text of one signature file.
 *
 * `#:`, `#+` and `#-` lines belong to the next statement; comments may stand between, a blank line may not.
 */
export function parseSignatures(source: SourceText): ParsedSignatures {
  const statements: LocatedStatement[] = []
  const diagnostics: Diagnostic[] = []
  let metadataLines: SourceLine[] = []
  let exampleLines: SourceLine[] = []
  const abandonLines = () => {
    metadataLines = abandon('S024', metadataLines, diagnostics)
    exampleLines = abandon('S080', exampleLines, diagnostics)
  }
  let lastLine = 0
  for (const line of sourceLines(source)) {
    if (line.number > lastLine + 1) abandonLines()
    lastLine = line.number
    if (source.text[line.span.start] === '#') {
      const sign = source.text[line.span.start + 1]
      if (sign === ':') metadataLines.push(line)
      else if ((sign === '+' || sign === '-') && isExample(line)) exampleLines.push(line)
      continue
    }
    const above = metadataLines.length === 0 ? undefined : parseMetadata(metadataLines)
    if (above !== undefined) diagnostics.push(...above.diagnostics)
    metadataLines = []
    const result = parseStatement(line, above?.metadata ?? NO_METADATA)
    diagnostics.push(...result.diagnostics)
    if (result.statement !== undefined)
      statements.push(exampleLines.length === 0 ? result.statement : { ...result.statement, exampleLines })
    exampleLines = []
  }
  abandonLines()
  return { statements, diagnostics }
}

/** White space stands behind the sign: `#-----` is a line that somebody drew. */
function isExample({ source, span }: SourceLine): boolean {
  return span.end === span.start + 2 || /\s/.test(source.text[span.start + 2] ?? '')
}

/** Reports lines that no statement follows. */
function abandon(
  code: 'S024' | 'S080',
  lines: readonly SourceLine[],
  diagnostics: Diagnostic[],
): SourceLine[] {
  for (const { source, span } of lines) {
    const message = 'no statement follows directly below: this line says nothing'
    diagnostics.push(diagnose(code, message, source, span))
  }
  return []
}
