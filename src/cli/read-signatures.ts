// Signature files as the author's tools take them: `-` is standard input, and a file that cannot be read does not keep
// the others from being looked at.

import { loadReadable, type ReadableSignatures, readSource } from '../signature/load-signatures.ts'
import { complainOf } from './messages.ts'

/** The name of standard input. */
export const STDIN = '-'

/**
 * Reads files, folders of them, and standard input. What cannot be read is told on standard error.
 *
 * @throws OperatorError `input` when there is nothing that can be read
 */
export function readSignatures(paths: readonly string[]): ReadableSignatures {
  const read = loadReadable(paths.filter((path) => path !== STDIN))
  const typed = paths.includes(STDIN) ? [readSource('standard input', 0)] : []
  const sources = [...typed, ...read.sources]
  for (const [i, { error }] of read.problems.entries()) {
    if (sources.length === 0 && i === read.problems.length - 1) throw error
    complainOf(error)
  }
  return { sources, problems: read.problems }
}
