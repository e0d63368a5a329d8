// Puts a text in the place of a file's: whoever reads it meanwhile, or after a crash, sees all of the old text or
// all of the new one.

import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'

/**
 * Writes beside the file and renames. The mode is kept; of a symbolic link the file that it leads to is replaced.
 *
 * @throws OperatorError `permission` or `input` when it cannot be written
 */
export function replaceFile(path: string, text: string): void {
  let beside: string | undefined
  try {
    const target = realpathSync(path)
    const { mode } = statSync(target)
    const name = `${target}.${process.pid}.tmp`
    const file = openSync(name, 'wx', 0o600)
    beside = name
    try {
      writeFileSync(file, text)
      fchmodSync(file, mode & 0o7777)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(name, target)
  } catch (cause) {
    if (beside !== undefined) discard(beside)
    throw failure(path, cause)
  }
}

function discard(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was renamed, or cannot be helped.
  }
}

function failure(path: string, cause: unknown): OperatorError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
  const reason = isForbidden ? 'permission denied' : cause instanceof Error ? cause.message : String(cause)
  const hint = 'the file is as it was'
  return new OperatorError(isForbidden ? 'permission' : 'input', `cannot rewrite ${path}: ${reason}`, hint, {
    cause,
  })
}
