// From parsed options to what the replay command uses.

import { parseArgs } from 'node:util'
import { OperatorError } from '../model/operator-error.ts'
import { REPLAY_OPTIONS, type ReplayArguments } from './replay-options.ts'

/** Options by their long names, as the parsers give them. */
export type RawReplayArguments = Readonly<Record<string, unknown>>

/**
 * Reads a plain `replay` command line by Node's own parser.
 *
 * @returns undefined when it is another command or anything is odd about it: help is wanted, an option is
 * unknown, a value is missing or out of range; yargs is to have it then
 */
export function parseReplayQuickly(args: readonly string[]): ReplayArguments | undefined {
  if (args[0] !== 'replay') return undefined
  try {
    const options = Object.fromEntries(
      Object.entries(REPLAY_OPTIONS).map(([name, option]) => [name, nodeOption(option)]),
    )
    const { values, positionals } = parseArgs({ args: args.slice(1), options, allowPositionals: true })
    return positionals.length === 0 ? undefined : readReplayArguments({ ...values, captures: positionals })
  } catch {
    return undefined
  }
}

function nodeOption(option: object) {
  const { alias, array, boolean } = option as { alias?: string; array?: boolean; boolean?: boolean }
  return {
    type: boolean === true ? ('boolean' as const) : ('string' as const),
    ...(alias === undefined ? {} : { short: alias }),
    ...(array === true ? { multiple: true } : {}),
  }
}

/** @throws OperatorError when a value is out of range, or an option lacks the one that it goes with */
export function readReplayArguments(raw: RawReplayArguments): ReplayArguments {
  const flag = (name: string) => raw[name] === true
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const format = formatOf(text('format'))
  if (flag('flows') && format !== 'eve')
    throw new OperatorError('usage', '--flows asks for EVE events: add --format eve')
  return {
    captures: texts('captures'),
    signatures: texts('signatures'),
    addSignatures: texts('add-signatures'),
    exact: flag('exact'),
    threshold: numberIn(raw, 'threshold', 0, 3_600_000),
    filter: text('filter'),
    recursive: flag('recursive'),
    merge: flag('merge'),
    checksums: flag('checksums'),
    maxFlows: numberIn(raw, 'max-flows', 1, 10_000_000),
    format,
    output: text('output'),
    oneLine: flag('one-line'),
    timestamps: flag('timestamps'),
    resolve: flag('resolve'),
    unknown: flag('unknown') || flag('unknown-only'),
    unknownOnly: flag('unknown-only'),
    flows: flag('flows'),
    elements: numberIn(raw, 'elements', 1, 65_535),
    summary: flag('summary'),
    exitMatch: flag('exit-match'),
    quiet: flag('quiet'),
  }
}

function formatOf(value: string | undefined): 'text' | 'eve' {
  if (value === undefined || value === 'text' || value === 'eve') return value ?? 'text'
  throw new OperatorError('usage', `--format must be text or eve, not ${value}`)
}

function numberIn(
  raw: RawReplayArguments,
  name: 'threshold' | 'max-flows' | 'elements',
  least: number,
  most: number,
): number {
  const value = Number(raw[name] ?? REPLAY_OPTIONS[name].default)
  const isWhole = name === 'threshold' || Number.isInteger(value)
  if (value >= least && value <= most && isWhole && raw[name] !== '') return value
  throw new OperatorError(
    'usage',
    `--${name} must be a ${isWhole ? '' : 'whole '}number from ${least} to ${most}`,
  )
}
