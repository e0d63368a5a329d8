// What the exit code says.

import type { OperatorErrorCode } from '../model/operator-error.ts'

export const ExitCode = {
  done: 0,
  /** Findings; with --exit-match: nothing matched. */
  findings: 1,
  usage: 2,
  /** Input unreadable or malformed. */
  input: 3,
  /** No permission, or no such device. */
  permission: 4,
  bug: 70,
  /** Ended by the interrupt key: SIGINT. */
  interrupted: 130,
  /** Ended by `kill`, `timeout` or a service manager: SIGTERM. */
  terminated: 143,
} as const

const CODES: Readonly<Record<OperatorErrorCode, number>> = {
  usage: ExitCode.usage,
  input: ExitCode.input,
  permission: ExitCode.permission,
  device: ExitCode.permission,
}

export function exitCodeOf(code: OperatorErrorCode): number {
  return CODES[code]
}
