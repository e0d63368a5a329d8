// Applies the edits of diagnostics that carry a fix.

import type { Diagnostic, SourceText, TextEdit } from '../../model/diagnostic.ts'

export interface FixedSource {
  readonly source: SourceText
  readonly text: string
}

export interface AppliedFixes {
  /** Texts that changed. */
  readonly changed: readonly FixedSource[]
  /** Diagnostics whose fix was applied. */
  readonly fixed: readonly Diagnostic[]
}

/** Of two fixes that edit the same place, only the first is applied: the other may do in a next round. */
export function applyFixes(diagnostics: readonly Diagnostic[]): AppliedFixes {
  const edits = new Map<SourceText, TextEdit[]>()
  const fixed: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const { fix } = diagnostic
    if (fix === undefined) continue
    const isFree = fix.edits.every(
      (edit) => !(edits.get(edit.source) ?? []).some((other) => touches(edit, other)),
    )
    if (!isFree) continue
    fixed.push(diagnostic)
    for (const edit of fix.edits) {
      const list = edits.get(edit.source)
      if (list === undefined) edits.set(edit.source, [edit])
      else list.push(edit)
    }
  }
  return { changed: [...edits].map(([source, list]) => ({ source, text: edited(source.text, list) })), fixed }
}

function touches({ span: a }: TextEdit, { span: b }: TextEdit): boolean {
  return a.start <= b.end && b.start <= a.end
}

function edited(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let from = 0
  for (const { span, text: by } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    result += text.slice(from, span.start) + by
    from = span.end
  }
  return result + text.slice(from)
}
