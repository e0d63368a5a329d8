// Texts in which `‸` shows where the cursor stands.

import type { SourceText, Span } from '../../../../src/model/diagnostic.ts'
import { sourceOf } from '../../signature/texts.ts'

export interface Cursor {
  readonly source: SourceText
  readonly offset: number
}

export function cursorIn(...lines: readonly string[]): Cursor {
  const text = lines.join('\n')
  const offset = text.indexOf('‸')
  if (offset < 0) throw new Error(`no cursor in ${text}`)
  return { source: sourceOf(text.replace('‸', '')), offset }
}

export function textOf({ text }: SourceText, { start, end }: Span): string {
  return text.slice(start, end)
}
