// What `gait check` prints: for people, and for programs.

import type { Diagnostic, Severity, SourceText, Span } from '../../model/diagnostic.ts'
import { formatDiagnostic } from '../../signature/format-diagnostic.ts'
import { positionOf } from '../../signature/line-index.ts'

export interface CheckReport {
  readonly diagnostics: readonly Diagnostic[]
  readonly files: number
  readonly statements: number
  /** Diagnostics that were mended. */
  readonly fixed: number
}

/** Every diagnostic, an empty line, and what they amount to. */
export function formatCheckText(report: CheckReport): string {
  const { diagnostics, files, statements, fixed } = report
  const shown = diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`)
  const counts = (['error', 'warning', 'hint'] as const).flatMap((severity) => {
    const number = countOf(diagnostics, severity)
    return number === 0 ? [] : [plural(number, severity)]
  })
  const found = counts.length === 0 ? 'nothing to say' : counts.join(', ')
  const mended = fixed === 0 ? '' : `; ${plural(fixed, 'fix', 'fixes')} applied`
  const looked = `${plural(statements, 'statement')} in ${plural(files, 'file')}`
  return [...shown, ...(shown.length > 0 ? ['\n'] : []), `${looked}: ${found}${mended}\n`].join('')
}

/** One JSON document. Lines and columns count from 1, columns in characters; offsets from 0, in UTF-16 units. */
export function formatCheckJson(report: CheckReport): string {
  const { diagnostics, files, statements, fixed } = report
  const document = {
    files,
    statements,
    errors: countOf(diagnostics, 'error'),
    warnings: countOf(diagnostics, 'warning'),
    hints: countOf(diagnostics, 'hint'),
    fixed,
    diagnostics: diagnostics.map(({ code, severity, message, source, span, related, fix }) => ({
      code,
      severity,
      message,
      ...placeOf(source, span),
      related: related.map((place) => ({ message: place.message, ...placeOf(place.source, place.span) })),
      ...(fix === undefined
        ? {}
        : {
            fix: {
              title: fix.title,
              edits: fix.edits.map((edit) => ({ ...placeOf(edit.source, edit.span), text: edit.text })),
            },
          }),
    })),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function placeOf(source: SourceText, { start, end }: Span) {
  const from = positionOf(source, start)
  const to = positionOf(source, end)
  return {
    file: source.name,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start,
    end,
  }
}

function countOf(diagnostics: readonly Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
