// The fmt command: files in, the same files in canonical form out, an exit code back.

import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { printable } from '../output/printable.ts'
import { formatDiagnostic } from '../signature/format-diagnostic.ts'
import type { ReadableSignatures } from '../signature/load-signatures.ts'
import { formatSource } from '../workbench/fmt/format-source.ts'
import { replaceFile } from '../workbench/fmt/replace-file.ts'
import type { FmtArguments } from './check-options.ts'
import { ExitCode } from './exit-code.ts'
import { complain } from './messages.ts'
import { readSignatures, STDIN } from './read-signatures.ts'

interface Outcome {
  readonly file: string
  /** `changed`: it was, or with --check would be. */
  readonly state: 'same' | 'changed' | 'refused'
}

/** @returns the exit code: 3 when a file is malformed or unreadable, else with --check 1 when one would change */
export function runFmt(args: FmtArguments): number {
  const { sources, problems } = sourcesOf(args.files)
  const isPrinted = args.stdout || args.files.includes(STDIN)
  const sink = LineSink.stdout()
  const outcomes = sources.map((source): Outcome => {
    const { text, errors } = formatSource(source)
    if (text === undefined) {
      complain(...errors.map(formatDiagnostic))
      return { file: source.name, state: 'refused' }
    }
    const isChanged = text !== source.text
    if (isPrinted && !args.check) {
      if (text !== '') sink.line(text.replace(/\n$/, ''))
    } else if (isChanged && !args.check) replaceFile(source.name, text)
    return { file: source.name, state: isChanged ? 'changed' : 'same' }
  })
  if (args.check || !isPrinted) report(outcomes, args, sink)
  sink.close()
  const has = (state: Outcome['state']) => outcomes.some((outcome) => outcome.state === state)
  if (has('refused') || problems.length > 0) return ExitCode.input
  return args.check && has('changed') ? ExitCode.findings : ExitCode.done
}

function sourcesOf(files: readonly string[]): ReadableSignatures {
  if (files.length === 0)
    throw new OperatorError(
      'usage',
      'name a signature file, a folder, or `-` for standard input',
      'gait fmt --help',
    )
  if (files.includes(STDIN) && files.length > 1)
    throw new OperatorError('usage', '`-` stands alone: standard input goes to standard output')
  return readSignatures(files)
}

function report(outcomes: readonly Outcome[], { check, format }: FmtArguments, sink: LineSink): void {
  if (format === 'json') {
    sink.line(JSON.stringify({ files: outcomes }, undefined, 2))
    return
  }
  const words = {
    same: '',
    changed: check ? 'would change' : 'changed',
    refused: 'left alone: it has errors',
  }
  for (const { file, state } of outcomes)
    if (state !== 'same') sink.line(`${printable(file)}: ${words[state]}`)
}
