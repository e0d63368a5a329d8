// The canonical form of an open file, as an edit of no more lines than need it: an editor keeps its marks elsewhere.

import type { SourceText, TextEdit } from '../../model/diagnostic.ts'
import { formatSource } from '../fmt/format-source.ts'

/** None when it is canonical, or has errors. */
export function formatEdits(source: SourceText): readonly TextEdit[] {
  const { text } = formatSource(source)
  if (text === undefined || text === source.text) return []
  const before = linesOf(source.text)
  const after = linesOf(text)
  let head = 0
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++
  let tail = 0
  const rest = Math.min(before.length, after.length) - head
  while (tail < rest && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const start = lengthOf(before.slice(0, head))
  const end = source.text.length - lengthOf(tail === 0 ? [] : before.slice(-tail))
  const by = after.slice(head, after.length - tail).join('')
  return [{ source, span: { start, end }, text: by }]
}

/** With their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0)
}
