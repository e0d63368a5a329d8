// The check command: options in, diagnostics out, an exit code back.

import type { Severity } from '../model/diagnostic.ts'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { type CheckOptions, checkSignatures } from '../workbench/check/check-signatures.ts'
import { fixFiles } from '../workbench/check/fix-files.ts'
import { formatCheckJson, formatCheckText } from '../workbench/check/format-check.ts'
import { readRules, readSeverities, rulesBeside } from '../workbench/check/house-rules.ts'
import type { CheckArguments } from './check-options.ts'
import { ExitCode } from './exit-code.ts'
import { readSignatures, STDIN } from './read-signatures.ts'
import { packagePath } from './version.ts'

const GRAVITY: Readonly<Record<Severity | 'none', number>> = { none: 0, hint: 1, warning: 2, error: 3 }

/** @returns the exit code: 3 when a file cannot be read, else 1 when there is something grave */
export function runCheck(args: CheckArguments): number {
  if (args.fix && args.files.includes(STDIN))
    throw new OperatorError('usage', '--fix rewrites files, and standard input is none')
  const { sources: files, problems } = readSignatures(
    args.files.length > 0 ? args.files : [packagePath('signatures')],
  )
  const rules = args.rules === undefined ? undefined : readRules(args.rules)
  const options: CheckOptions = {
    rulesOf: ({ name }) => rules ?? rulesBeside(name),
    severities: readSeverities(args.severity.map(choiceOf), '--severity'),
    overlaps: args.overlaps,
  }
  const result = args.fix ? fixFiles(files, options) : { ...checkSignatures(files, options), fixed: 0 }
  const { diagnostics, statements, fixed } = result
  const report = { diagnostics, statements, fixed, files: files.length }
  write(args.format === 'json' ? formatCheckJson(report) : formatCheckText(report))
  if (problems.length > 0) return ExitCode.input
  const most = GRAVITY[args.maxSeverity as Severity | 'none']
  const isGrave = diagnostics.some(({ severity }) => GRAVITY[severity] > most)
  return isGrave ? ExitCode.findings : ExitCode.done
}

function choiceOf(text: string): readonly [string, string] {
  const [code = '', ...choice] = text.split('=')
  return [code, choice.join('=')]
}

function write(text: string): void {
  const sink = LineSink.stdout()
  sink.line(text.replace(/\n$/, ''))
  sink.close()
}
