// Checks sound statements against each other and against what traffic can hold.

import type { Diagnostic } from '../model/diagnostic.ts'
import { assignSids } from './assign-sids.ts'
import { findUnknownClasses } from './class-lint.ts'
import { findDuplicates } from './duplicate-lint.ts'
import type { LocatedStatement } from './statement.ts'
import { lintStatement } from './statement-lint.ts'

export interface CheckedStatements {
  /** Those to load, with their signature ids, in order. */
  readonly accepted: ReadonlyMap<LocatedStatement, number>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Checks the statements of all files that are loaded together.
 *
 * A statement that repeats an earlier one, or whose sid another has, is not accepted.
 */
export function checkStatements(statements: readonly LocatedStatement[]): CheckedStatements {
  const { repeated, diagnostics: duplicates } = findDuplicates(statements)
  const distinct = statements.filter((statement) => !repeated.has(statement))
  const { sids, diagnostics: clashes } = assignSids(distinct)
  const accepted = new Map<LocatedStatement, number>()
  for (const statement of distinct) {
    const sid = sids.get(statement)
    if (sid !== undefined) accepted.set(statement, sid)
  }
  const unknown = findUnknownClasses([...accepted.keys()])
  const lints = statements.flatMap(lintStatement)
  return { accepted, diagnostics: [...lints, ...duplicates, ...clashes, ...unknown] }
}
