// Applies fixes to files until there is nothing left to mend: one fix may make way for the next.

import type { Diagnostic, SourceText } from '../../model/diagnostic.ts'
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

/** Mends texts; touches no file. A fix that would bring an error is not applied. */
export function fixTexts(files: readonly SourceText[], options: CheckOptions): FixResult {
  let state: State = { texts: files, result: checkSignatures(files, options) }
  let fixed = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { diagnostics } = state.result
    let applied = tryFixes(state, diagnostics, options)
    if (!applied.isSafe) applied = tryFixes(state, safeFixes(state, diagnostics, options), options)
    if (applied.fixed === 0 || errorsIn(applied.result.diagnostics) > errorsIn(diagnostics)) break
    fixed += applied.fixed
    state = applied
  }
  return { ...state.result, files: state.texts, fixed }
}

interface State {
  readonly texts: readonly SourceText[]
  readonly result: CheckResult
}

interface Applied extends State {
  readonly fixed: number
  /** No error is there that was not. */
  readonly isSafe: boolean
}

function tryFixes({ texts, result }: State, some: readonly Diagnostic[], options: CheckOptions): Applied {
  const { changed, fixed } = applyFixes(some)
  if (changed.length === 0) return { texts, result, fixed: 0, isSafe: true }
  const byName = new Map(changed.map(({ source, text }) => [source, text]))
  const after = texts.map((source) => ({ name: source.name, text: byName.get(source) ?? source.text }))
  const checked = checkSignatures(after, options)
  // Behind one error that is mended another may come to light; of several fixes, none may hide what another does.
  const mended = fixed.length === 1 ? 0 : errorsIn(fixed)
  const isSafe = errorsIn(checked.diagnostics) <= errorsIn(result.diagnostics) - mended
  return { texts: after, result: checked, fixed: fixed.length, isSafe }
}

/** Those that bring no error, found by halves: hardly ever is there one that does. */
function safeFixes(state: State, some: readonly Diagnostic[], options: CheckOptions): readonly Diagnostic[] {
  const fixable = some.filter(({ fix }) => fix !== undefined)
  if (fixable.length === 0 || tryFixes(state, fixable, options).isSafe) return fixable
  if (fixable.length === 1) return []
  const half = fixable.length >> 1
  return [
    ...safeFixes(state, fixable.slice(0, half), options),
    ...safeFixes(state, fixable.slice(half), options),
  ]
}

function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length
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
