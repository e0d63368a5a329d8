// Finds statements that match alike, also when they are spelled differently, in one file or across files.

import type { Diagnostic } from '../model/diagnostic.ts'
import { diagnose } from './codes.ts'
import { matchKey } from './match-key.ts'
import { patternSpan } from './pattern-span.ts'
import type { LocatedStatement } from './statement.ts'
import { quote } from './visible.ts'

export interface Duplicates {
  /** Statements that repeat an earlier one, description and all. */
  readonly repeated: ReadonlySet<LocatedStatement>
  readonly diagnostics: readonly Diagnostic[]
}

export function findDuplicates(statements: readonly LocatedStatement[]): Duplicates {
  const firstByPattern = new Map<string, LocatedStatement>()
  const firstByBoth = new Map<string, LocatedStatement>()
  const repeated = new Set<LocatedStatement>()
  const diagnostics: Diagnostic[] = []
  for (const statement of statements) {
    const { ast, source } = statement
    const pattern = matchKey(ast)
    const both = `${pattern}:${ast.description}`
    const same = firstByBoth.get(both)
    const alike = firstByPattern.get(pattern)
    if (same !== undefined) {
      repeated.add(statement)
      const message =
        'this statement matches what an earlier one matches, with the same description: left out'
      diagnostics.push(
        diagnose('S030', message, source, patternSpan(statement), [place(same, 'the earlier one')]),
      )
    } else if (alike !== undefined) {
      const message = `the same pattern is also called ${quote(alike.ast.description)}: both will be reported`
      diagnostics.push(diagnose('S031', message, source, patternSpan(statement), [place(alike, 'here')]))
    }
    if (same === undefined) firstByBoth.set(both, statement)
    if (alike === undefined) firstByPattern.set(pattern, statement)
  }
  return { repeated, diagnostics }
}

function place(statement: LocatedStatement, message: string): Diagnostic['related'][number] {
  return { source: statement.source, span: patternSpan(statement), message }
}
