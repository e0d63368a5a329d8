// What is wrong with a configuration. Values, shown later.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { formatPlace } from '../../signature/format-diagnostic.ts'
import { visible } from '../../signature/visible.ts'

export type ConfigProblem =
  | { readonly kind: 'file'; readonly source: SourceText; readonly span: Span; readonly message: string }
  | { readonly kind: 'flag'; readonly flag: string; readonly message: string }

/**
 * In a file three lines, without a line end after the last; of a flag the first line only, with `--threshold` for
 * the place:
 *
 *     gait.yaml:7:12: found `fast`, expected a number of ms from 0 to 3600000
 *       threshold: fast
 *                  ^~~~
 */
export function formatConfigProblem(problem: ConfigProblem): string {
  if (problem.kind === 'flag') return `gait: --${problem.flag}: ${visible(problem.message)}`
  return formatPlace(problem.source, problem.span, problem.message)
}

/** The configuration cannot be used. The message has all that is wrong with it, as formatConfigProblem() shows it. */
export class ConfigError extends OperatorError {
  /** By place in the file, then flags. */
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    const isInFile = problems.some(({ kind }) => kind === 'file')
    super(isInFile ? 'input' : 'usage', problems.map(formatConfigProblem).join('\n'))
    this.problems = problems
  }
}
