// Applies fixes to files until there is nothing left to mend: one fix may make way for the next.

import type { SourceText } from '../../model/diagnostic.ts'
import { replaceFile } from '../fmt/replace-file.ts'
import { applyFixes } from './apply-fixes.ts'
import { type CheckOptions, type CheckResult, checkSignatures } from './check-signatures.ts'

export interface FixResult extends CheckResult {
  /** As they are now. */
  readonly files: readonly SourceText[]
  /** Diagnostics whose fix was applied. */
  readonly fixed: number
}

const MOST_ROUNDS = 10

/** Mends texts; touches no file. */
export function fixTexts(files: readonly SourceText[], options: CheckOptions): FixResult {
  let texts = files
  let result = checkSignatures(texts, options)
  let fixed = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const applied = applyFixes(result.diagnostics)
    if (applied.changed.length === 0) break
    fixed += applied.fixed.length
    const byName = new Map(applied.changed.map(({ source, text }) => [source, text]))
    texts = texts.map((source) => ({ name: source.name, text: byName.get(source) ?? source.text }))
    result = checkSignatures(texts, options)
  }
  return { ...result, files: texts, fixed }
}

/**
 * Mends files: each that changes is replaced in one step.
 *
 * @throws OperatorError when one cannot be written; those before it are mended
 */
export function fixFiles(files: readonly SourceText[], options: CheckOptions): FixResult {
  const result = fixTexts(files, options)
  for (const [i, { name, text }] of result.files.entries())
    if (text !== files[i]?.text) replaceFile(name, text)
  return result
}
