// Shows a diagnostic to a person: place, message, the line with a caret under it, then related places and the fix.
// Nothing of the file reaches the terminal raw.

import type { Diagnostic, SourceText, Span } from '../model/diagnostic.ts'
import { displayWidth } from './display-width.ts'
import { positionOf } from './line-index.ts'
import { visible } from './visible.ts'

const TAB = 8
const INDENT = '  '
/** Columns shown of a line; of a longer one, the part around the caret. */
const EXCERPT = 100
/** Columns of context kept before a caret far to the right. */
const CONTEXT = 30
/** Characters looked at on either side of a place: a line may be a whole file long. */
const REACH = 2000

/**
 * Several lines, without a line end after the last:
 *
 *     ssh.sig:3:13: error S005: expected `c` or `s` and a size, found `x12`
 *       tcp * = s12 x12 : example
 *                   ^~~
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { code, severity, message, source, span, related, fix } = diagnostic
  const places = [{ source, span, message: `${severity} ${code}: ${message}` }]
  for (const place of related) places.push({ ...place, message: `note: ${place.message}` })
  const shown = places.map((place) => formatPlace(place.source, place.span, place.message))
  if (fix !== undefined) shown.push(`${INDENT}fix: ${visible(fix.title)}`)
  return shown.join('\n')
}

/** A message about a place, with the line and a caret under it. */
export function formatPlace(source: SourceText, span: Span, message: string): string {
  const { line, column, lineSpan } = positionOf(source, span.start)
  const first = Math.max(lineSpan.start, span.start - REACH)
  const cells = cellsOf(source.text.slice(first, Math.min(lineSpan.end, span.start + REACH)))
  const from = span.start - first
  const to = Math.max(Math.min(span.end, lineSpan.end) - first, from)
  const { text, start, width } = excerpt(cells, from, to)
  const caret = `^${'~'.repeat(Math.max(width - 1, 0))}`
  const head = `${visible(source.name)}:${line}:${column}: ${visible(message)}`
  return `${head}\n${INDENT}${text}\n${INDENT}${' '.repeat(start)}${caret}`
}

/** One character of a line as it is shown. */
interface Cell {
  /** UTF-16 offset in the line. */
  readonly offset: number
  readonly shown: string
  readonly width: number
}

function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = []
  let offset = 0
  let column = 0
  for (const character of line) {
    const shown = character === '\t' ? ' '.repeat(TAB - (column % TAB)) : visible(character)
    const width = displayWidth(shown)
    cells.push({ offset, shown, width })
    offset += character.length
    column += width
  }
  return cells
}

/** The part of a line to show, and where in it, in columns, the place from `from` to `to` is. */
function excerpt(
  cells: readonly Cell[],
  from: number,
  to: number,
): { readonly text: string; readonly start: number; readonly width: number } {
  const before = columns(cells.filter(({ offset }) => offset < from))
  const isLong = columns(cells) > EXCERPT
  let skipped = 0
  let left = isLong ? Math.max(before - CONTEXT, 0) : 0
  while (left > 0 && skipped < cells.length) left -= cells[skipped++]?.width ?? 0
  let text = skipped > 0 ? '…' : ''
  const start = before - columns(cells.slice(0, skipped)) + text.length
  let width = 0
  for (const { offset, shown, width: cellWidth } of cells.slice(skipped)) {
    if (isLong && displayWidth(text) + cellWidth >= EXCERPT) return { text: `${text}…`, start, width }
    text += shown
    if (offset >= from && offset < to) width += cellWidth
  }
  return { text, start, width }
}

function columns(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
