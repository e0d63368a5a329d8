// `gait test`: runs the examples that signatures carry.

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { watchSignatures } from '../sensor/watch-signatures.ts'
import { compileWithStatements } from '../signature/compile-program.ts'
import { formatDiagnostic } from '../signature/format-diagnostic.ts'
import { formatTests } from '../workbench/test/format-tests.ts'
import { formatJunit } from '../workbench/test/junit.ts'
import { runExamples, type SignatureResult } from '../workbench/test/run-examples.ts'
import { type TestError, testErrors, unreadable } from '../workbench/test/test-errors.ts'
import { summarise } from '../workbench/test/test-summary.ts'
import { countHits } from './count-hits.ts'
import { ExitCode, exitCodeOf } from './exit-code.ts'
import { complain, complainOf } from './messages.ts'
import { readSignatures, STDIN } from './read-signatures.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'
import { packagePath } from './version.ts'

export interface TestArguments {
  /** Files and folders; none: the shipped ones. */
  readonly paths: readonly string[]
  readonly addSignatures: readonly string[]
  /** ms */
  readonly threshold: number
  readonly format: 'text' | 'json'
  readonly junit: string | undefined
  /** Signatures without examples are failures. */
  readonly complete: boolean
  readonly watch: boolean
}

export const TEST_OPTIONS = {
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  complete: {
    boolean: true,
    describe: 'Fail where a signature lacks an example that must match, or must not',
  },
  format: { choices: ['text', 'json'], default: 'text', describe: 'A table, or JSON' },
  junit: { string: true, requiresArg: true, describe: 'Write JUnit XML to this file, too' },
  threshold: THRESHOLD_OPTION,
  watch: { alias: 'w', boolean: true, describe: 'Run again whenever a file changes' },
} as const

/** For yargs. */
export const TEST_COMMAND = {
  command: 'test [signatures..]',
  describe: 'Run the examples that signature files carry',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 test [signatures..]\n\nRuns the examples (`#+` and `#-` lines) of signature files or folders, by default of the\nshipped ones, and every signature over the examples of all others. Exits 1 when one fails.',
      )
      .positional('signatures', { array: true, string: true, describe: 'Signature files, folders, or -' })
      .options(TEST_OPTIONS)
      .example([
        ['$0 test', 'the shipped signatures'],
        ['$0 test mine.sig --watch', 'your own, while you write them'],
        ['$0 test rules/ --complete --junit report.xml', 'for a build server'],
      ]),
}

/** @returns the exit code */
export async function runTest(args: TestArguments): Promise<number> {
  if (args.junit !== undefined) refuseOther(args.junit)
  if (!args.watch) return runOnce(args)
  if (args.paths.includes(STDIN))
    throw new OperatorError('usage', '--watch waits for files to change, and standard input is none')
  const base = args.paths.length > 0 ? args.paths : [packagePath('signatures')]
  let running = runWatched(args)
  await new Promise<void>((resolve) => {
    const watch = watchSignatures(
      [...base, ...args.addSignatures],
      () => {
        running = running.then(() => runWatched(args))
      },
      (reason) => complain(`gait: no more news of changes: ${reason}`),
    )
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        watch.close()
        resolve()
      })
  })
  return running
}

/** A file that cannot be read may be back after the next change. */
async function runWatched(args: TestArguments): Promise<number> {
  try {
    return await runOnce(args)
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    complainOf(error)
    return exitCodeOf(error.code)
  }
}

async function runOnce(args: TestArguments): Promise<number> {
  const base = args.paths.length > 0 ? args.paths : [packagePath('signatures')]
  const { sources, problems } = readSignatures([...base, ...args.addSignatures])
  const compilation = compileWithStatements(sources, { examples: true })
  for (const diagnostic of compilation.diagnostics) complain(formatDiagnostic(diagnostic))
  const results = await runExamples(compilation, args.threshold * 1000, (path, program) =>
    countHits(path, program, args.threshold),
  )
  const errors = [
    ...problems.map(({ path, error }) => unreadable(path, error.message)),
    ...testErrors(compilation.diagnostics),
  ]
  const summary = summarise(results)
  const lacks = summary.withoutMatch.length + summary.withoutMiss.length
  const passed = errors.length === 0 && summary.failed === 0 && !(args.complete && lacks > 0)
  const isJson = args.format === 'json'
  print(isJson ? [formatJson(results, errors, passed)] : formatTests(results, args.complete, errors.length))
  if (args.junit !== undefined) write(args.junit, formatJunit(results, errors))
  if (problems.length > 0) return ExitCode.input
  return passed ? ExitCode.done : ExitCode.findings
}

function formatJson(
  results: readonly SignatureResult[],
  errors: readonly TestError[],
  passed: boolean,
): string {
  return JSON.stringify({ passed, ...summarise(results), errors, results }, null, 2)
}

function print(lines: readonly string[]): void {
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.flush()
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (cause) {
    throw new OperatorError('input', `cannot write ${path}: ${(cause as Error).message}`, undefined, {
      cause,
    })
  }
}

/**
 * `--junit mine.sig`: a name that was meant for something else.
 *
 * @throws OperatorError `usage` when something would be lost that is no report
 */
function refuseOther(path: string): void {
  if (!/\.(?:sig|fp)$/.test(path) && !holdsOther(path)) return
  throw new OperatorError(
    'usage',
    `--junit ${path}: that is no report to be written over`,
    'name another file, such as report.xml',
  )
}

function holdsOther(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
  try {
    return /^[^<]/.test(readFileSync(path, 'latin1'))
  } catch {
    // Writing tells what is wrong with it.
    return false
  }
}

/** @throws OperatorError when a value is out of range */
export function readTestArguments(raw: Readonly<Record<string, unknown>>): TestArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const threshold = Number(text('threshold'))
  if (!(threshold >= 0 && threshold <= 3_600_000))
    throw new OperatorError('usage', '--threshold must be a number from 0 to 3600000')
  return {
    paths: texts('signatures'),
    addSignatures: texts('add-signatures'),
    threshold,
    format: text('format') === 'json' ? 'json' : 'text',
    junit: text('junit'),
    complete: text('complete') === 'true',
    watch: text('watch') === 'true',
  }
}
