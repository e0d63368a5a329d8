// What an editor shows of open files: all that `gait check` says, and what is wrong with their examples.

import type { Diagnostic, SourceText, Span } from '../../model/diagnostic.ts'
import { sortDiagnostics } from '../../signature/compile-program.ts'
import { parseExamples } from '../../signature/parse-examples.ts'
import { applyFixes } from '../check/apply-fixes.ts'
import { checkSignatures } from '../check/check-signatures.ts'
import type { HouseRules } from '../check/house-rules.ts'
import { parsedOf, touches } from './file-lines.ts'

/**
 * Checks files that are loaded together.
 *
 * @param open - those of them that somebody looks at
 * @returns the diagnostics of those, in order; none where all is well
 */
export function checkOpen(
  files: readonly SourceText[],
  open: readonly SourceText[],
  rulesOf: (source: SourceText) => HouseRules,
): ReadonlyMap<SourceText, readonly Diagnostic[]> {
  const { diagnostics } = checkSignatures(files, { rulesOf })
  return new Map(
    open.map((source) => {
      const examples = parsedOf(source).statements.flatMap(
        (statement) => parseExamples(statement).diagnostics,
      )
      const own = diagnostics.filter((diagnostic) => diagnostic.source === source)
      return [source, sortDiagnostics([...own, ...examples], [source])]
    }),
  )
}

/** Those that can be mended where somebody stands. */
export function mendableAt(diagnostics: readonly Diagnostic[], { start, end }: Span): readonly Diagnostic[] {
  return diagnostics.filter(
    ({ fix, span }) =>
      fix !== undefined && (touches(span, start) || (start <= span.start && span.start < end)),
  )
}

/** Those that are mended together: of two that edit one place, the first. */
export function mendableTogether(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return applyFixes(diagnostics).fixed
}
