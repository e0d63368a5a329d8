// Errors that the operator can mend: a file, an option, a permission. The command line prints message and
// hint, and turns `code` into the exit code.

export type OperatorErrorCode = 'usage' | 'input' | 'permission' | 'device'

export class OperatorError extends Error {
  override readonly name = 'OperatorError'
  readonly code: OperatorErrorCode
  readonly hint: string | undefined

  constructor(code: OperatorErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
