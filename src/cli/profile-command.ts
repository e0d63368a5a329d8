// `gait profile`: what signatures cost on captures, and which never fire.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { formatProfile } from '../workbench/profile/format-profile.ts'
import {
  PROFILE_ORDERS,
  type ProfileOrder,
  Profiler,
  type SignatureProfile,
} from '../workbench/profile/profile.ts'
import { ExitCode } from './exit-code.ts'
import { loadProgram } from './load-program.ts'
import { replayCaptures } from './replay-captures.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'

export interface ProfileArguments {
  readonly captures: readonly string[]
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  /** ms */
  readonly threshold: number
  readonly filter: string | undefined
  readonly recursive: boolean
  readonly merge: boolean
  readonly format: 'text' | 'json'
  readonly sort: ProfileOrder
  /** Signatures that the table shows. */
  readonly top: number
}

const PROFILE_OPTIONS = {
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
  format: { choices: ['text', 'json'], default: 'text', describe: 'A table, or JSON' },
  merge: { boolean: true, describe: 'All captures in one packet-time order' },
  recursive: { alias: 'R', boolean: true, describe: 'Captures in folders below folders, too' },
  signatures: {
    alias: 's',
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, instead of the shipped database (repeatable)',
  },
  sort: { choices: PROFILE_ORDERS, default: 'share', describe: 'What comes first: the most, or the latest' },
  threshold: THRESHOLD_OPTION,
  top: { number: true, requiresArg: true, describe: 'Show only the first so many; JSON has all' },
} as const

/** For yargs. */
export const PROFILE_COMMAND = {
  command: 'profile [captures..]',
  describe: 'Tell what signatures cost, and which never fire',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 profile <captures..>\n\nReplays captures and counts for each signature the matches begun and kept, its share of the\nwork of matching, its hits.',
      )
      .positional('captures', { array: true, string: true, describe: 'Capture files, folders, or -' })
      .options(PROFILE_OPTIONS)
      .example([
        ['$0 profile -s mine.sig captures/', 'what is dear'],
        ['$0 profile --sort hits captures/', 'what fires, and at the end what does not'],
      ]),
}

/** @returns the exit code */
export async function runProfile(args: ProfileArguments): Promise<number> {
  const { program, isSound } = await loadProgram({ ...args, exact: false, quiet: true, isOptional: false })
  const profiler = new Profiler(program)
  const { failure } = await replayCaptures(
    {
      inputs: args.captures,
      recursive: args.recursive,
      merge: args.merge,
      thresholdMs: args.threshold,
      filter: args.filter,
      program,
      watch: profiler.watch,
    },
    () => ({ hit: (hit) => profiler.hit(hit), ssh() {}, flowEnd() {}, totals() {} }),
  )
  const rows = profiler.rows(args.sort)
  const sink = LineSink.stdout()
  const lines =
    args.format === 'json' ? [JSON.stringify(rows.map(toJson), null, 2)] : formatProfile(rows, args.top)
  for (const line of lines) sink.line(line)
  sink.flush()
  if (failure !== ExitCode.done) return failure
  return isSound ? ExitCode.done : ExitCode.input
}

function toJson({ signature, work, steps, share, hits, lastHit }: SignatureProfile): object {
  const { sid, rev, description, file, line } = signature
  return { sid, rev, description, file, line, ...work, steps, share, hits, lastHit: lastHit ?? null }
}

/** @throws OperatorError when something is missing or out of range */
export function readProfileArguments(raw: Readonly<Record<string, unknown>>): ProfileArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const captures = texts('captures')
  if (captures.length === 0)
    throw new OperatorError('usage', 'name a capture, or `-` for standard input', 'gait profile captures/')
  const threshold = Number(text('threshold'))
  if (!(threshold >= 0 && threshold <= 3_600_000))
    throw new OperatorError('usage', '--threshold must be a number from 0 to 3600000')
  const top = text('top') === undefined ? Number.POSITIVE_INFINITY : Number(text('top'))
  if (!(top >= 0)) throw new OperatorError('usage', '--top must be a number, at least 0')
  return {
    captures,
    signatures: texts('signatures'),
    addSignatures: texts('add-signatures'),
    threshold,
    filter: text('filter'),
    recursive: text('recursive') === 'true',
    merge: text('merge') === 'true',
    format: text('format') === 'json' ? 'json' : 'text',
    sort: PROFILE_ORDERS.find((order) => order === text('sort')) ?? 'share',
    top,
  }
}
