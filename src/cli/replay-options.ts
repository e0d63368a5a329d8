// The replay command's options: one table for parsing, help and completion.

import { THRESHOLD_OPTION } from './threshold-option.ts'

/** The options as the command uses them. */
export interface ReplayArguments {
  readonly captures: readonly string[]
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  readonly exact: boolean
  /** ms */
  readonly threshold: number
  readonly filter: string | undefined
  readonly recursive: boolean
  readonly merge: boolean
  readonly checksums: boolean
  readonly maxFlows: number
  readonly format: 'text' | 'eve'
  readonly output: string | undefined
  readonly oneLine: boolean
  readonly timestamps: boolean
  readonly resolve: boolean
  readonly unknown: boolean
  readonly unknownOnly: boolean
  readonly flows: boolean
  readonly elements: number
  readonly summary: boolean
  readonly exitMatch: boolean
  readonly quiet: boolean
}

const signatures = 'Signatures:'
const input = 'Input:'
const output = 'Output:'

/** For yargs: https://yargs.js.org/docs/#api-reference-optionskey-opt. */
export const REPLAY_OPTIONS = {
  signatures: {
    alias: 's',
    array: true,
    string: true,
    requiresArg: true,
    group: signatures,
    describe: 'Signature file or folder, instead of the shipped database (repeatable)',
  },
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    group: signatures,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  exact: { alias: 'F', boolean: true, group: signatures, describe: 'No fuzzy matching, as if all had `=`' },
  threshold: { ...THRESHOLD_OPTION, group: signatures },
  filter: {
    alias: 'f',
    string: true,
    requiresArg: true,
    group: input,
    describe: 'Only packets that a pcap-filter expression accepts',
  },
  recursive: { alias: 'R', boolean: true, group: input, describe: 'Captures in folders below folders, too' },
  merge: {
    boolean: true,
    group: input,
    describe: 'All captures in one packet-time order: a flow may go on in the next file',
  },
  checksums: { boolean: true, group: input, describe: 'Do not believe packets with a wrong checksum' },
  'max-flows': {
    number: true,
    default: 1 << 20,
    requiresArg: true,
    group: input,
    describe: 'Flows kept at once; the one closest to its timeout makes room',
  },
  format: { choices: ['text', 'eve'], default: 'text', group: output, describe: 'Text, or EVE JSON lines' },
  output: { alias: 'o', string: true, requiresArg: true, group: output, describe: 'Write to this file' },
  'one-line': { alias: 'l', boolean: true, group: output, describe: 'One line a hit' },
  timestamps: { alias: 't', boolean: true, group: output, describe: 'Packet time before each hit' },
  resolve: {
    alias: 'r',
    boolean: true,
    group: output,
    describe: 'Names instead of addresses, by reverse DNS',
  },
  unknown: {
    alias: 'U',
    boolean: true,
    group: output,
    describe: 'Also flows that nothing matched, as signatures ready to paste',
  },
  'unknown-only': { alias: 'K', boolean: true, group: output, describe: 'Only those (implies --unknown)' },
  flows: { boolean: true, group: output, describe: 'With eve: an event for every flow' },
  elements: {
    number: true,
    default: 64,
    requiresArg: true,
    group: output,
    describe: 'Packets shown of a flow',
  },
  summary: { boolean: true, group: output, describe: 'Totals at the end, on standard error' },
  'exit-match': {
    boolean: true,
    group: output,
    describe: 'Exit 0 when anything matched, 1 when nothing did',
  },
  quiet: { boolean: true, group: output, describe: 'No progress, no warnings about signatures' },
} as const

export const REPLAY_EXAMPLES = [
  ['$0 replay capture.pcap', 'hits of the shipped signatures'],
  ['$0 replay -s mine.sig -l -t *.pcapng.gz', 'your own signatures, one stamped line a hit'],
  ["tcpdump -U -w - 'tcp port 22' | $0 replay -", 'hits as packets come'],
  ['$0 replay --merge --format eve --flows ring/*.pcap', 'a rotated ring buffer as one capture, as EVE JSON'],
  ["$0 replay -K --filter 'tcp port 2222' x.pcap", 'what no signature knows, ready to paste'],
] as const
