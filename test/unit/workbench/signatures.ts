// What the tests of the workbench share: short ways from a text to what is compiled of it, and to what is said of it.

import type { Diagnostic } from '../../../src/model/diagnostic.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { type CheckOptions, checkSignatures } from '../../../src/workbench/check/check-signatures.ts'
import { type Recogniser, recogniserOf, type Signature } from '../../../src/workbench/prove/recogniser.ts'
import { sourceOf } from '../signature/texts.ts'

/** Compiled, without its description: `tcp 22 s12`. */
export function signature(text: string): Signature {
  const { program, diagnostics } = compileProgram([sourceOf(`${text} : Test\n`)])
  const [first] = [...program.signatures, ...program.sequences]
  if (first === undefined) throw new Error(`${text}: ${diagnostics.map(({ message }) => message).join()}`)
  return first
}

export function recogniser(text: string): Recogniser {
  return recogniserOf(signature(text))
}

export function check(text: string, options: CheckOptions = {}): readonly Diagnostic[] {
  return checkSignatures([sourceOf(text)], options).diagnostics
}

/** `S106 tcp 22 s12`, of each diagnostic. */
export function found(text: string, options: CheckOptions = {}): readonly string[] {
  return check(text, options).map(
    ({ code, source, span }) => `${code} ${source.text.slice(span.start, span.end)}`,
  )
}
