// What keeps examples from being run: a statement or an example that is malformed, a file that cannot be read.

import type { Diagnostic } from '../../model/diagnostic.ts'
import { positionOf } from '../../signature/line-index.ts'

export interface TestError {
  readonly file: string
  /** undefined: of the whole file, as is what follows. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** Of the diagnostic. */
  readonly code: string | undefined
  readonly message: string
}

/** Those of the diagnostics that are errors. */
export function testErrors(diagnostics: readonly Diagnostic[]): readonly TestError[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, source, span }) => {
      const { line, column } = positionOf(source, span.start)
      return { file: source.name, line, column, code, message }
    })
}

/** For a file that cannot be read. */
export function unreadable(file: string, message: string): TestError {
  return { file, line: undefined, column: undefined, code: undefined, message }
}
