// The signatures that the options name, as a program. The shipped ones come compiled (prebuild.ts); the language is
// loaded only for others.

import { readFileSync } from 'node:fs'
import type { SourceText } from '../model/diagnostic.ts'
import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import { loadSignatures } from '../signature/load-signatures.ts'
import { readPrebuilt } from '../signature/prebuilt-program.ts'
import { complain } from './messages.ts'
import { packagePath } from './version.ts'

export const SHIPPED = packagePath('signatures')
export const PREBUILT = packagePath('dist/cli/signatures.json')

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

export interface LoadedProgram {
  readonly program: Program
  /** No statement has an error. */
  readonly isSound: boolean
}

/** The files and folders that are meant. */
export function signaturePaths({
  signatures,
  addSignatures,
}: Pick<SignatureChoice, 'signatures' | 'addSignatures'>): readonly string[] {
  return [...(signatures.length > 0 ? signatures : [SHIPPED]), ...addSignatures]
}

/**
 * Prints what is wrong with the signatures; the sound ones are used.
 *
 * @throws OperatorError `input` when a file cannot be read, or none is sound and one is needed
 */
export async function loadProgram(choice: SignatureChoice): Promise<LoadedProgram> {
  const files = loadSignatures(signaturePaths(choice))
  const isShipped = choice.signatures.length + choice.addSignatures.length === 0 && !choice.exact
  const prebuilt = isShipped ? loadPrebuilt(files) : undefined
  const loaded = prebuilt === undefined ? await compile(files, choice) : { program: prebuilt, isSound: true }
  if (!choice.isOptional) checkMatchable(loaded.program)
  return loaded
}

function checkMatchable({ signatures, sequences, campaigns }: Program): void {
  if (signatures.length + sequences.length > 0) return
  if (campaigns.length > 0)
    throw new OperatorError(
      'input',
      'there are only campaigns: nothing gives hits for them to count',
      'use --add-signatures, which loads the shipped statements as well',
    )
  throw new OperatorError('input', 'there is no sound signature to match', 'name a file with --signatures')
}

/** @returns undefined when the package was not built, or its signatures have changed since */
function loadPrebuilt(files: readonly SourceText[]): Program | undefined {
  try {
    return readPrebuilt(readFileSync(PREBUILT, 'utf8'), files)
  } catch {
    return undefined
  }
}

async function compile(
  files: readonly SourceText[],
  { exact, quiet }: SignatureChoice,
): Promise<LoadedProgram> {
  const { compileProgram } = await import('../signature/compile-program.ts')
  const { program, diagnostics } = compileProgram(files, { exact })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const told = quiet ? errors : diagnostics
  if (told.length > 0) {
    const { formatDiagnostic } = await import('../signature/format-diagnostic.ts')
    for (const diagnostic of told) complain(formatDiagnostic(diagnostic))
  }
  return { program, isSound: errors.length === 0 }
}
