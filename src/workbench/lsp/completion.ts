// What could be written at a place of a signature file. It looks at the text before the cursor: what stands there is
// half written, and no parser takes it.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import type { Choice, Choices, CompletionContext } from './choices.ts'
import { completeExample } from './complete-example.ts'
import { completeMetadata } from './complete-metadata.ts'
import { completeStatement } from './complete-statement.ts'
import { lineAt } from './file-lines.ts'

export interface Completion extends Choice {
  /** What it is put in place of. */
  readonly span: Span
}

const COMMENTS: readonly Choice[] = [
  { kind: 'keyword', text: '#: ', detail: 'metadata of the statement below' },
  { kind: 'keyword', text: '#+ ', detail: 'an example that the statement below must hit' },
  { kind: 'keyword', text: '#- ', detail: 'an example that the statement below must not hit' },
]

/** In the order in which they are to be shown. */
export function completionsAt(
  files: readonly SourceText[],
  source: SourceText,
  offset: number,
): readonly Completion[] {
  const line = lineAt(source, offset)
  const span = { start: line.span.start, end: Math.max(offset, line.span.start) }
  const found = choicesAt({ files, line, span, before: source.text.slice(span.start, span.end) })
  if (found === undefined) return []
  const { typed, choices } = found
  const place = { start: span.end - typed.length, end: span.end }
  return choices
    .filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()))
    .map((choice) => ({ ...choice, span: place }))
}

function choicesAt(context: CompletionContext): Choices | undefined {
  const { before, line } = context
  if (before === '#') return { typed: '#', choices: COMMENTS }
  switch (line.kind) {
    case 'blank':
    case 'statement':
      return completeStatement(context)
    case 'metadata':
      return before.startsWith('#:') ? completeMetadata(context) : undefined
    case 'example':
      return completeExample(context)
    default:
      return undefined
  }
}
