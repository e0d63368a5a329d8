// A draft as an author would put it into a file: a comment, metadata, examples, the statement, all in canonical form.

import { assert } from '../../core/assert.ts'
import { formatStatement } from '../../signature/format-statement.ts'
import { formatSource } from '../fmt/format-source.ts'
import type { DraftStatement } from './draft.ts'

export interface SignatureHeading {
  /** To be replaced: ids are the author's to give. */
  readonly sid: number
  readonly class: string
}

/** Stands for an id that is still to be given. */
export const PLACEHOLDER_SID = 9_000_000
export const PLACEHOLDER_CLASS = 'draft'
export const PLACEHOLDER_NAME = 'unnamed'

/** @param examples - lines: examples-of.ts */
export function writeSignature(
  statement: DraftStatement,
  heading: SignatureHeading,
  examples: readonly string[],
  comments: readonly string[],
): string {
  const lines = [
    ...comments.map((comment) => `# ${comment}`),
    `#: sid=${heading.sid} rev=1 class=${heading.class}`,
    ...examples,
    formatStatement(statement),
  ]
  const { text, errors } = formatSource({ name: 'draft', text: lines.map((line) => `${line}\n`).join('') })
  assert(text !== undefined, `a draft is sound: ${errors.map(({ message }) => message).join('; ')}`)
  return text
}
