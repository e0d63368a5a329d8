// The statements of a file, for an editor's outline.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { linesAbove } from '../check/statement-lines.ts'
import { parsedOf } from './file-lines.ts'

export interface OutlineEntry {
  readonly name: string
  /** Class and signature id, as far as they are given. */
  readonly detail: string
  readonly kind: 'signature' | 'campaign'
  /** With the comments, metadata and examples above. */
  readonly span: Span
  readonly statement: Span
}

/** Of the sound statements, in order. */
export function outlineOf(source: SourceText): readonly OutlineEntry[] {
  return parsedOf(source).statements.map((statement) => {
    const { ast, span } = statement
    const start = linesAbove(statement)[0]?.span.start ?? span.start
    return {
      name: ast.description,
      detail: detailOf(statement),
      kind: ast.kind === 'campaign' ? 'campaign' : 'signature',
      span: { start, end: span.end },
      statement: span,
    }
  })
}

function detailOf({ metadata }: LocatedStatement): string {
  const { class: name, sid } = metadata
  return [name, sid === undefined ? undefined : `sid ${sid}`].filter((part) => part !== undefined).join(', ')
}
