// `gait unknown`: what nothing matched in captures, sorted, with a draft for each sort.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { findUnknown } from '../workbench/unknown/clusters.ts'
import { formatUnknown, unknownFacts } from '../workbench/unknown/format-unknown.ts'
import { ExitCode } from './exit-code.ts'
import { loadProgram } from './load-program.ts'
import { numberIn, wholeIn } from './number-options.ts'
import { readFlows } from './read-flows.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'

export interface UnknownArguments {
  readonly captures: readonly string[]
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  readonly filter: string | undefined
  readonly recursive: boolean
  readonly top: number
  readonly minFlows: number
  /** ms */
  readonly threshold: number
  readonly format: 'text' | 'json'
}

export const UNKNOWN_OPTIONS = {
  signatures: {
    alias: 's',
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, instead of the shipped database (repeatable)',
  },
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  filter: {
    alias: 'f',
    string: true,
    requiresArg: true,
    describe: 'Only packets that a pcap-filter expression accepts',
  },
  recursive: { alias: 'R', boolean: true, describe: 'Captures in folders below folders, too' },
  top: { number: true, default: 10, requiresArg: true, describe: 'Clusters to show' },
  'min-flows': { number: true, default: 1, requiresArg: true, describe: 'Least flows of a cluster' },
  threshold: THRESHOLD_OPTION,
  format: { choices: ['text', 'json'], default: 'text', describe: 'Drafts, or JSON' },
} as const

/** For yargs. */
export const UNKNOWN_COMMAND = {
  command: 'unknown [captures..]',
  describe: 'Sort what nothing matched, with a draft for each sort',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 unknown <captures..>\n\nPuts flows that no signature matched together by their shape, the most frequent first, each sort\nwith its hosts, its times and a signature ready to paste.',
      )
      .positional('captures', { array: true, string: true, describe: 'Capture files, folders, or -' })
      .options(UNKNOWN_OPTIONS)
      .example([
        ['$0 unknown day.pcap', 'the ten most frequent sorts'],
        ['$0 unknown -s mine.sig --min-flows 5 captures/', 'what your own signatures do not know'],
        ['$0 unknown day.pcap --format json', 'for programs'],
      ]),
}

/** @returns the exit code */
export async function runUnknown(args: UnknownArguments): Promise<number> {
  const { program, isSound } = await loadProgram({ ...args, exact: false, quiet: false, isOptional: true })
  const traces = await readFlows({
    inputs: args.captures,
    recursive: args.recursive,
    program,
    thresholdMs: args.threshold,
    filter: args.filter,
  })
  const report = findUnknown(traces, {
    thresholdMicros: args.threshold * 1000,
    top: args.top,
    minFlows: args.minFlows,
  })
  const sink = LineSink.stdout()
  const lines =
    args.format === 'json' ? [JSON.stringify(unknownFacts(report), null, 2)] : formatUnknown(report)
  for (const line of lines) sink.line(line)
  sink.flush()
  return isSound ? ExitCode.done : ExitCode.input
}

/** @throws OperatorError when a value cannot be meant */
export function readUnknownArguments(raw: Readonly<Record<string, unknown>>): UnknownArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const captures = texts('captures')
  if (captures.length === 0) throw new OperatorError('usage', 'name a capture, or `-` for standard input')
  return {
    captures,
    signatures: texts('signatures'),
    addSignatures: texts('add-signatures'),
    filter: text('filter'),
    recursive: text('recursive') === 'true',
    top: wholeIn(raw, 'top', 1, 100_000),
    minFlows: wholeIn(raw, 'min-flows', 1, 1_000_000),
    threshold: numberIn(raw, 'threshold', 0, 3_600_000),
    format: text('format') === 'json' ? 'json' : 'text',
  }
}
