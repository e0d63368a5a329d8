// `gait extract`: one flow of a capture as a capture of its own, with the events that are expected of it.

import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import type { Program } from '../model/program.ts'
import { formatTime } from '../output/human-units.ts'
import { LineSink } from '../output/line-sink.ts'
import { followFlow } from '../sensor/follow-flow.ts'
import { chooseFlow } from '../workbench/extract/choose-flow.ts'
import { compareEvents, extractFlow } from '../workbench/extract/extract-flow.ts'
import { FlowEvents } from '../workbench/extract/flow-events.ts'
import { type ExtractReport, formatExtract } from '../workbench/extract/format-extract.ts'
import { encodePcap, writeOutput } from '../workbench/extract/pcap-file.ts'
import { nameFlow } from '../workbench/flow-name.ts'
import { ExitCode } from './exit-code.ts'
import { loadProgram } from './load-program.ts'
import { complain } from './messages.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'

/** As `gait replay` has it unless told: events are the same as its. */
const MAX_FLOWS = 1 << 20
const ELEMENTS = 64
const MOST_BYTES = 1 << 30
const MOST_NAMED = 10

export interface ExtractArguments {
  readonly capture: string
  readonly flow: string
  readonly output: string
  readonly anonymize: boolean
  readonly key: string | undefined
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  /** ms */
  readonly threshold: number
  readonly format: 'text' | 'json'
}

const EXTRACT_OPTIONS = {
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  anonymize: {
    boolean: true,
    describe: 'Map addresses, blank hardware addresses and payload; lengths and times stay',
  },
  flow: {
    string: true,
    requiresArg: true,
    describe: 'flow_id of `replay --format eve`, or 10.0.0.1:4711>10.0.0.2:22',
  },
  format: { choices: ['text', 'json'], default: 'text', describe: 'Text, or JSON' },
  key: {
    string: true,
    requiresArg: true,
    describe: 'Maps addresses: the same key, the same addresses; without, another each time',
  },
  output: { alias: 'o', string: true, requiresArg: true, describe: 'Capture to write; events beside it' },
  signatures: {
    alias: 's',
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, instead of the shipped database (repeatable)',
  },
  threshold: THRESHOLD_OPTION,
} as const

/** For yargs. */
export const EXTRACT_COMMAND = {
  command: 'extract [capture]',
  describe: 'Cut one flow out of a capture, anonymous if wanted',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 extract <capture> --flow <id|A:P>B:P> -o out.pcap\n\nWrites the packets of one flow and nothing else, and beside them out.events.ndjson, the events\nthat a replay of them must give. Replays what it wrote, and exits 1 when the events differ.',
      )
      .positional('capture', { string: true, describe: 'Capture file, or -' })
      .options(EXTRACT_OPTIONS)
      .example([
        ['$0 extract x.pcap --flow 12 -o login.pcap', 'the flow that events call 12'],
        [
          "$0 extract x.pcap --flow '10.0.0.1:4711>10.0.0.2:22' --anonymize -o login.pcap",
          'to be shown around',
        ],
      ]),
}

/** @returns the exit code */
export async function runExtract(args: ExtractArguments): Promise<number> {
  const isMeant = chooseFlow(args.flow)
  refuseSame(args.capture, args.output)
  const { program, isSound } = await loadProgram({ ...args, exact: false, quiet: true, isOptional: true })
  const events = new FlowEvents(isMeant)
  const { flows, packets, problems } = await follow(args, args.capture, program, isMeant, events)
  for (const { severity, file, offset, message } of problems)
    complain(`${file}: byte ${offset}: ${severity}: ${message}`)
  const [first, ...others] = flows
  if (first === undefined || events.end === undefined) throw noSuchFlow(args)
  if (others.length > 0) throw severalFlows(args, [first, ...others])
  const key = args.anonymize ? (args.key ?? randomBytes(32).toString('hex')) : undefined
  const name = basename(args.output)
  const extract = extractFlow(packets, events.end.flow, events, name, key)
  const eventsPath = `${args.output.replace(/\.p?cap$/, '')}.events.ndjson`
  writeOutput(args.output, encodePcap(extract.frames))
  writeOutput(eventsPath, extract.events.map((line) => `${line}\n`).join(''))
  const again = new FlowEvents(() => true)
  await follow(args, args.output, program, () => true, again)
  const report: ExtractReport = {
    flow: events.end.flow,
    name: nameFlow(events.end.flow),
    capture: args.output,
    eventsPath,
    frames: extract.frames.length,
    bytes: extract.frames.reduce((sum, { data }) => sum + data.length, 0),
    events: extract.events.length,
    hits: events.hits,
    campaigns: events.campaigns,
    isAnonymous: args.anonymize,
    hasKey: args.key !== undefined,
    handshake: events.handshake,
    comparison: compareEvents(
      extract.events,
      again.lines(name, (address) => address),
    ),
  }
  print(args.format === 'json' ? [JSON.stringify(toJson(report), null, 2)] : formatExtract(report))
  if (problems.some(({ severity }) => severity === 'error') || !isSound) return ExitCode.input
  const { missing, unexpected } = report.comparison
  return missing.length + unexpected.length > 0 ? ExitCode.findings : ExitCode.done
}

function follow(
  { threshold }: ExtractArguments,
  capture: string,
  program: Program,
  isWanted: Parameters<typeof followFlow>[1],
  sink: FlowEvents,
) {
  const options = {
    capture,
    program,
    thresholdMs: threshold,
    recordedElements: ELEMENTS,
    maxFlows: MAX_FLOWS,
    mostBytes: MOST_BYTES,
  }
  return followFlow(options, isWanted, sink)
}

function toJson(report: ExtractReport): object {
  const { flow, name, capture, eventsPath, frames, bytes, events, hits, campaigns, isAnonymous } = report
  const { missing, unexpected } = report.comparison
  return {
    flow_id: flow.id,
    flow: name,
    capture,
    events_file: eventsPath,
    frames,
    bytes,
    events,
    alerts: hits.length,
    campaigns_left_out: campaigns,
    anonymized: isAnonymous,
    verified: missing.length + unexpected.length === 0,
    missing: missing.map((line) => JSON.parse(line)),
    unexpected: unexpected.map((line) => JSON.parse(line)),
  }
}

function noSuchFlow({ capture, flow }: ExtractArguments): OperatorError {
  const hint = `gait replay --format eve --flows ${capture} lists its flows`
  return new OperatorError('usage', `there is no flow ${flow} in ${capture}`, hint)
}

function severalFlows(
  { flow }: ExtractArguments,
  found: readonly { readonly id: number; readonly start: number }[],
): OperatorError {
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ id, start }) => `--flow ${id} (from ${formatTime(start, 'Z')})`)
  const more = found.length > named.length ? ` and ${found.length - named.length} more` : ''
  return new OperatorError(
    'usage',
    `${found.length} flows are ${flow}`,
    `name one: ${named.join(', ')}${more}`,
  )
}

/** @throws OperatorError `usage` when the extract would be written over the capture */
function refuseSame(capture: string, output: string): void {
  try {
    if (realpathSync(capture) !== realpathSync(output)) return
  } catch {
    // One of them is not there yet, or opening it tells what is wrong.
    return
  }
  throw new OperatorError('usage', '--output is the capture itself', 'name another file')
}

function print(lines: readonly string[]): void {
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.flush()
}

/** @throws OperatorError when something is missing or out of range */
export function readExtractArguments(raw: Readonly<Record<string, unknown>>): ExtractArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const [capture, flow, output] = [text('capture'), text('flow'), text('output')]
  const example = 'gait extract capture.pcap --flow 12 -o out.pcap'
  if (capture === undefined) throw new OperatorError('usage', 'name a capture', example)
  if (flow === undefined) throw new OperatorError('usage', 'name a flow with --flow', example)
  if (output === undefined) throw new OperatorError('usage', 'name a file to write with --output', example)
  const threshold = Number(text('threshold'))
  if (!(threshold >= 0 && threshold <= 3_600_000))
    throw new OperatorError('usage', '--threshold must be a number from 0 to 3600000')
  const anonymize = text('anonymize') === 'true'
  const key = text('key')
  if (key !== undefined && !anonymize) throw new OperatorError('usage', '--key goes with --anonymize')
  return {
    capture,
    flow,
    output,
    anonymize,
    key,
    signatures: texts('signatures'),
    addSignatures: texts('add-signatures'),
    threshold,
    format: text('format') === 'json' ? 'json' : 'text',
  }
}
