// Signatures for a command: those of the options, or the shipped ones. Says what is wrong with them.

import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import { compileProgram } from '../signature/compile-program.ts'
import { formatDiagnostic } from '../signature/format-diagnostic.ts'
import { loadSignatures } from '../signature/load-signatures.ts'
import { complain } from './messages.ts'
import { packagePath } from './version.ts'

export interface SignatureChoice {
  /** Files and folders; none: the shipped database. */
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  readonly exact: boolean
  /** Nothing about warnings. */
  readonly quiet: boolean
  /** There is something to do without any signature. */
  readonly isOptional: boolean
}

/** The files and folders that are meant. */
export function signaturePaths({
  signatures,
  addSignatures,
}: Pick<SignatureChoice, 'signatures' | 'addSignatures'>): readonly string[] {
  return [...(signatures.length > 0 ? signatures : [packagePath('signatures')]), ...addSignatures]
}

/**
 * Prints what is wrong with the signatures; the sound ones are used.
 *
 * @throws OperatorError `input` when none is sound, and one is needed
 */
export function loadProgram(choice: SignatureChoice): {
  readonly program: Program
  readonly isSound: boolean
} {
  const files = loadSignatures(signaturePaths(choice))
  const { program, diagnostics } = compileProgram(files, { exact: choice.exact })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  for (const diagnostic of choice.quiet ? errors : diagnostics) complain(formatDiagnostic(diagnostic))
  const isEmpty = program.signatures.length + program.sequences.length === 0 && !choice.isOptional
  if (isEmpty && program.campaigns.length > 0)
    throw new OperatorError(
      'input',
      'there are only campaigns: nothing gives hits for them to count',
      'use --add-signatures, which loads the shipped statements as well',
    )
  if (isEmpty)
    throw new OperatorError('input', 'there is no sound signature to match', 'name a file with --signatures')
  return { program, isSound: errors.length === 0 }
}
