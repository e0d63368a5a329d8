// A process that loads and compiles signatures, so that capture does not wait for it. Started by compile-aside.ts.

import { OperatorError } from '../model/operator-error.ts'
import { compileProgram } from '../signature/compile-program.ts'
import { formatDiagnostic } from '../signature/format-diagnostic.ts'
import { loadSignatures } from '../signature/load-signatures.ts'
import type { CompileOrder, CompileResult } from './compile-aside.ts'

function compile({ paths, exact }: CompileOrder): CompileResult {
  try {
    const { program, diagnostics } = compileProgram(loadSignatures(paths), { exact })
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic)
    return errors.length > 0 ? { ok: false, errors } : { ok: true, program }
  } catch (error) {
    if (error instanceof OperatorError) return { ok: false, errors: [error.message] }
    throw error
  }
}

process.once('message', (order) => {
  process.send?.(compile(order as CompileOrder), () => process.disconnect())
})
