// Small tables for a terminal.

import { printable } from '../output/printable.ts'
import { displayWidth } from '../signature/display-width.ts'

const GAP = '  '

/** Columns as wide as their widest cell; those with nothing but figures are aligned to the right. */
export function alignTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const lines = [header, ...rows].map((row) => row.map(printable))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => displayWidth(line[column] ?? ''))))
  const isRight = header.map((_, column) =>
    rows.every((row) => /^(?:-?[\d.]+ ?[%\w]*|-)$/.test(row[column] ?? '')),
  )
  return lines.map((line) =>
    line
      .map((cell, column) => {
        const room = ' '.repeat((widths[column] ?? 0) - displayWidth(cell))
        return isRight[column] ? `${room}${cell}` : `${cell}${room}`
      })
      .join(GAP)
      .trimEnd(),
  )
}
