// `gait diff`: what a change of signatures changes in the hits.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import type { Program, SignatureHead } from '../model/program.ts'
import { LineSink } from '../output/line-sink.ts'
import { compareHits, type HitDiff } from '../workbench/diff/compare-hits.ts'
import { diffMarkdown } from '../workbench/diff/diff-markdown.ts'
import { formatDiff } from '../workbench/diff/format-diff.ts'
import { HitLog } from '../workbench/diff/hit-log.ts'
import { ExitCode } from './exit-code.ts'
import { loadProgram } from './load-program.ts'
import { replayCaptures } from './replay-captures.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'

const FLOWS_SHOWN = 50

export interface DiffArguments {
  readonly old: string
  readonly now: string
  readonly captures: readonly string[]
  /** ms */
  readonly threshold: number
  readonly filter: string | undefined
  readonly recursive: boolean
  readonly merge: boolean
  readonly format: 'text' | 'markdown' | 'json'
  readonly allowLoss: boolean
  /** Flows that text and Markdown show. */
  readonly flows: number
}

const DIFF_OPTIONS = {
  'allow-loss': { boolean: true, describe: 'Exit 0 also when hits are lost' },
  filter: {
    alias: 'f',
    string: true,
    requiresArg: true,
    describe: 'Only packets that a pcap-filter expression accepts',
  },
  flows: {
    number: true,
    default: FLOWS_SHOWN,
    requiresArg: true,
    describe: 'Flows shown, at most; JSON has all',
  },
  format: { choices: ['text', 'markdown', 'json'], default: 'text', describe: 'For whom' },
  merge: { boolean: true, describe: 'All captures in one packet-time order' },
  recursive: { alias: 'R', boolean: true, describe: 'Captures in folders below folders, too' },
  threshold: THRESHOLD_OPTION,
} as const

/** For yargs. */
export const DIFF_COMMAND = {
  command: 'diff [old] [new] [captures..]',
  describe: 'Compare the hits of two signature databases',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 diff <old> <new> <captures..>\n\nRuns two signature databases, files or folders, over the same captures, and tells which hits\nare gained, lost and changed. Exits 1 when one is lost.',
      )
      .positional('old', { string: true, describe: 'Signature file or folder as it was' })
      .positional('new', { string: true, describe: 'Signature file or folder as it is now' })
      .positional('captures', { array: true, string: true, describe: 'Capture files or folders' })
      .options(DIFF_OPTIONS)
      .example([
        ['$0 diff old.sig new.sig captures/', 'what a change of a file does'],
        ['$0 diff base/signatures signatures captures/ --format markdown', 'for a pull request'],
      ]),
}

/** @returns the exit code */
export async function runDiff(args: DiffArguments): Promise<number> {
  const old = await load(args.old)
  const now = await load(args.now)
  const before = await hitsOf(args, old.program, false)
  const after = await hitsOf(args, now.program, true)
  const diff = compareHits(before.log, after.log, { old: headsOf(old.program), now: headsOf(now.program) })
  print(formatted(diff, after.captures, args))
  if (before.failure !== ExitCode.done) return before.failure
  if (!old.isSound || !now.isSound) return ExitCode.input
  return diff.total.lost > 0 && !args.allowLoss ? ExitCode.findings : ExitCode.done
}

function load(path: string) {
  return loadProgram({ signatures: [path], addSignatures: [], exact: false, quiet: true, isOptional: true })
}

function headsOf({ signatures, sequences, campaigns }: Program): readonly SignatureHead[] {
  return [...signatures, ...sequences, ...campaigns]
}

/** @param isAgain - the captures were read before, and what is wrong with them was told */
async function hitsOf(args: DiffArguments, program: Program, isAgain: boolean) {
  const log = new HitLog()
  let captures: readonly string[] = []
  const { failure } = await replayCaptures(
    {
      inputs: args.captures,
      recursive: args.recursive,
      merge: args.merge,
      thresholdMs: args.threshold,
      filter: args.filter,
      program,
      isQuiet: isAgain,
    },
    (sources) => {
      captures = sources
      return { hit: (hit) => log.hit(hit), ssh() {}, flowEnd() {}, totals() {} }
    },
  )
  return { log, captures, failure }
}

function formatted(diff: HitDiff, captures: readonly string[], { format, flows }: DiffArguments) {
  if (format === 'markdown') return diffMarkdown(diff, captures, flows)
  if (format === 'json') return [JSON.stringify(toJson(diff, captures), null, 2)]
  return formatDiff(diff, captures, flows)
}

function toJson({ total, flows, signatures, changes }: HitDiff, captures: readonly string[]): object {
  const head = (signature: SignatureHead | undefined) =>
    signature && {
      sid: signature.sid,
      rev: signature.rev,
      description: signature.description,
      class: signature.class,
      severity: signature.severity,
      text: signature.text,
      file: signature.file,
      line: signature.line,
    }
  return {
    hits: total,
    flows,
    signatures: signatures.map(({ before, after, ...counts }) => ({
      ...counts,
      before: head(before),
      after: head(after),
    })),
    changes: changes.map(({ flow, changes: list }) => ({
      capture: captures[flow.source],
      flow_id: flow.id,
      flow: flow.name,
      hits: list.map((change) => ({
        kind: change.kind,
        ...('differs' in change ? { differs: change.differs } : {}),
        old: change.old && hitJson(change.old),
        now: change.now && hitJson(change.now),
      })),
    })),
  }
}

function hitJson({ flow, signature, first, last, time, counted }: HitLog['hits'][number]): object {
  const { sid, rev, description, class: name, severity } = signature
  return { flow_id: flow.id, sid, rev, description, class: name, severity, first, last, time, counted }
}

function print(lines: readonly string[]): void {
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.flush()
}

/** @throws OperatorError when something is missing or out of range */
export function readDiffArguments(raw: Readonly<Record<string, unknown>>): DiffArguments {
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const captures = texts('captures')
  const [old, now] = [text('old'), text('new')]
  if (old === undefined || now === undefined || captures.length === 0)
    throw new OperatorError(
      'usage',
      'name two signature databases and a capture',
      'gait diff old.sig new.sig captures/',
    )
  if (captures.includes('-'))
    throw new OperatorError(
      'usage',
      'standard input can be read once only, and is needed twice',
      'name a file',
    )
  const threshold = Number(text('threshold'))
  if (!(threshold >= 0 && threshold <= 3_600_000))
    throw new OperatorError('usage', '--threshold must be a number from 0 to 3600000')
  const flows = Number(text('flows'))
  if (!(Number.isInteger(flows) && flows >= 0))
    throw new OperatorError('usage', '--flows must be a whole number, at least 0')
  const format = text('format')
  return {
    old,
    now,
    captures,
    threshold,
    filter: text('filter'),
    recursive: text('recursive') === 'true',
    merge: text('merge') === 'true',
    format: format === 'json' || format === 'markdown' ? format : 'text',
    allowLoss: text('allow-loss') === 'true',
    flows,
  }
}
