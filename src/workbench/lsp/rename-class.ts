// Gives a class another name wherever it stands: in metadata, in campaigns, in their examples.

import type { SourceText, Span, TextEdit } from '../../model/diagnostic.ts'
import { CLASS_NAME, isClassName } from '../../signature/class-name.ts'
import { quote } from '../../signature/visible.ts'
import { classAt, placesOf } from './class-places.ts'

export type Renaming =
  | { readonly edits: readonly TextEdit[] }
  /** Why not. */
  | { readonly refusal: string }

/** What would be renamed at an offset; undefined where no class stands. */
export function renameableAt(source: SourceText, offset: number): Span | undefined {
  return classAt(source, offset)?.span
}

/** Exactly this class: not those that go on behind it, `ssh.auth.failure` where `ssh.auth` is renamed. */
export function renameClass(
  files: readonly SourceText[],
  source: SourceText,
  offset: number,
  name: string,
): Renaming {
  const named = classAt(source, offset)
  if (named === undefined) return { refusal: 'only classes can be renamed' }
  if (!isClassName(name)) return { refusal: `a class is ${CLASS_NAME}; found ${quote(name)}` }
  return {
    edits: placesOf(files, named.name).map((place) => ({
      source: place.source,
      span: place.span,
      text: name,
    })),
  }
}
