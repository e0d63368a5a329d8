// `gait explain`: why a signature hits a flow, or does not, and which come closest.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { compileWithStatements } from '../signature/compile-program.ts'
import { formatDiagnostic } from '../signature/format-diagnostic.ts'
import { loadSignatures } from '../signature/load-signatures.ts'
import { readExchange } from '../signature/read-exchange.ts'
import { expandExchange } from '../workbench/expand-exchange.ts'
import { type Explanation, explain, type Subject } from '../workbench/explain/explain.ts'
import { explanationJson } from '../workbench/explain/explanation-json.ts'
import { formatExplanation } from '../workbench/explain/format-explanation.ts'
import { formatNearest, nearestJson } from '../workbench/explain/format-nearest.ts'
import { nearest } from '../workbench/explain/nearest.ts'
import { COLOURED, PLAIN } from '../workbench/explain/paint.ts'
import { findSubject } from '../workbench/explain/subject.ts'
import { collectFlows } from '../workbench/flows/collect-flows.ts'
import type { CollectedFlow } from '../workbench/flows/flow-collector.ts'
import { parseFlowEnds } from '../workbench/flows/flow-ends.ts'
import type { PlainExchange } from '../workbench/plain-exchange.ts'
import { usualPort } from '../workbench/statement-facts.ts'
import { ExitCode } from './exit-code.ts'
import { complain } from './messages.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'
import { packagePath } from './version.ts'

export interface ExplainArguments {
  readonly capture: string | undefined
  readonly sequence: string | undefined
  readonly protocol: PlainExchange['protocol'] | undefined
  readonly flow: string | undefined
  readonly signature: string | undefined
  /** How many; undefined: not asked for. */
  readonly nearest: number | undefined
  readonly signatures: readonly string[]
  readonly addSignatures: readonly string[]
  /** ms */
  readonly threshold: number
  readonly format: 'text' | 'json'
  /** undefined: on a terminal. */
  readonly color: boolean | undefined
}

const USUAL_NEAREST = 5
const MOST_LISTED = 20
/** Flows that are tried for the closest: it takes about a millisecond each. */
const MOST_TRIED = 2000

export const EXPLAIN_OPTIONS = {
  signature: {
    alias: 'S',
    string: true,
    requiresArg: true,
    describe: 'The signature: its sid, FILE:LINE, or a statement',
  },
  nearest: {
    string: true,
    describe: `Instead: the signatures that come closest, ${USUAL_NEAREST} unless a number is given`,
  },
  flow: {
    string: true,
    requiresArg: true,
    describe: 'The flow: A:PORT>B:PORT, or its number',
  },
  sequence: {
    string: true,
    requiresArg: true,
    describe: "An exchange instead of a capture: 's12 c12 s28 + c52'",
  },
  protocol: { choices: ['tcp', 'udp', 'icmp', 'ssh'], describe: 'Of --sequence, unless the signature tells' },
  signatures: {
    alias: 's',
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, instead of the shipped ones (repeatable)',
  },
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  threshold: THRESHOLD_OPTION,
  format: { choices: ['text', 'json'], default: 'text', describe: 'A picture in text, or JSON' },
  color: { boolean: true, describe: 'Colours; else on a terminal only, unless NO_COLOR is set' },
} as const

/** For yargs. */
export const EXPLAIN_COMMAND = {
  command: 'explain [capture]',
  describe: 'Show why a signature hits a flow, or does not',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 explain [capture] --signature SIGNATURE\n\nPuts a flow and a signature side by side: what fits, the first element that does not, why,\nand by how much. Exits 0 when the signature hits, 1 when it does not.',
      )
      .positional('capture', { string: true, describe: 'Capture file, or -' })
      .options(EXPLAIN_OPTIONS)
      .example([
        ['$0 explain x.pcap --flow "10.0.0.1:40122>10.0.0.2:22" -S 1000511', 'a shipped signature'],
        ["$0 explain --sequence 's12 c12 s28 c52' -S 'tcp * = s12 c@1 s28 + c52'", 'without a capture'],
        ['$0 explain x.pcap --flow 3 --nearest', 'which signatures come closest'],
      ]),
}

/** @returns the exit code */
export async function runExplain(args: ExplainArguments): Promise<number> {
  if ((args.signature === undefined) === (args.nearest === undefined))
    throw new OperatorError('usage', 'name a signature with --signature, or ask for --nearest')
  if ((args.capture === undefined) === (args.sequence === undefined))
    throw new OperatorError('usage', 'name a capture, or an exchange with --sequence')
  return args.signature === undefined ? showNearest(args) : showOne(args, args.signature)
}

async function showOne(args: ExplainArguments, wanted: string): Promise<number> {
  const subject = findSubject(wanted, () => load(args))
  const { exchange, label, explanation } = await explainBest(args, subject)
  if (args.format === 'json')
    print([JSON.stringify(explanationJson(explanation, flowJson(label, exchange)), null, 2)])
  else print(formatExplanation(explanation, label, paintOf(args)))
  return explanation.hits.length > 0 ? ExitCode.done : ExitCode.findings
}

/** Of several flows that it may be about, the one that comes closest. */
async function explainBest(
  args: ExplainArguments,
  subject: Subject,
): Promise<{ exchange: PlainExchange; label: string; explanation: Explanation }> {
  const micros = args.threshold * 1000
  if (args.sequence !== undefined) {
    const exchange = readSequence(args, args.sequence, subject)
    return { exchange, label: `--sequence ${args.sequence}`, explanation: explain(subject, exchange, micros) }
  }
  const isSsh = subject.signature.protocol === 'ssh'
  const flows = await flowsOf(args)
  if (flows.length > MOST_TRIED)
    throw new OperatorError('usage', `${flows.length} flows: choose one with --flow`, listFlows(flows))
  const found = flows.flatMap((flow) => {
    const exchange = isSsh ? flow.messages : flow.packets
    if (exchange === undefined || (flows.length > 1 && exchange.protocol !== subject.signature.protocol))
      return []
    return [
      {
        exchange,
        label: labelOf(flow, exchange, isNumbered(args)),
        explanation: explain(subject, exchange, micros),
      },
    ]
  })
  const [first, ...others] = found
  if (first === undefined) {
    const what = isSsh
      ? 'no SSH connection whose handshake can be read'
      : `no ${subject.signature.protocol} flow`
    throw new OperatorError('usage', `there is ${what} in ${args.capture}`, listFlows(flows))
  }
  const best = others.reduce((a, b) => (b.explanation.distance < a.explanation.distance ? b : a), first)
  if (others.length > 0)
    complain(`gait: of ${found.length} flows that which comes closest; --flow takes another`)
  return best
}

async function showNearest(args: ExplainArguments): Promise<number> {
  const { program, statements } = load(args)
  let exchanges: readonly PlainExchange[]
  let label: string
  if (args.sequence !== undefined) {
    exchanges = [readSequence(args, args.sequence, undefined)]
    label = `--sequence ${args.sequence}`
  } else {
    const flows = await flowsOf(args)
    const [flow] = flows
    if (flow === undefined || flows.length > 1)
      throw new OperatorError('usage', `${flows.length} flows: choose one with --flow`, listFlows(flows))
    exchanges = flow.messages === undefined ? [flow.packets] : [flow.packets, flow.messages]
    label = labelOf(flow, flow.packets, isNumbered(args))
  }
  const found = nearest(program, statements, exchanges, args.threshold * 1000, args.nearest ?? USUAL_NEAREST)
  const [exchange] = exchanges
  if (args.format === 'json')
    print([
      JSON.stringify(nearestJson(found, exchange === undefined ? {} : flowJson(label, exchange)), null, 2),
    ])
  else print(formatNearest(found, label, paintOf(args)))
  return ExitCode.done
}

function load(args: ExplainArguments) {
  const base = args.signatures.length > 0 ? args.signatures : [packagePath('signatures')]
  const compilation = compileWithStatements(loadSignatures([...base, ...args.addSignatures]))
  for (const diagnostic of compilation.diagnostics)
    if (diagnostic.severity === 'error') complain(formatDiagnostic(diagnostic))
  return compilation
}

function readSequence(args: ExplainArguments, text: string, subject: Subject | undefined): PlainExchange {
  const guessed = /(?:^|\s|\()[cs]:/.test(text) ? 'ssh' : 'tcp'
  const protocol = args.protocol ?? subject?.signature.protocol ?? guessed
  const kind = protocol === 'ssh' ? 'messages' : 'packets'
  const { exchange, diagnostics } = readExchange(
    { name: '--sequence', text },
    { start: 0, end: text.length },
    kind,
  )
  if (exchange === undefined) throw new OperatorError('usage', diagnostics.map(formatDiagnostic).join('\n'))
  const ast = subject?.statement.ast
  const port = ast === undefined || ast.kind === 'campaign' ? 0 : usualPort(ast)
  return expandExchange(exchange, { protocol, port, thresholdMicros: args.threshold * 1000 })
}

/** Flows of the capture that have anything to be matched, as far as they are asked for. */
async function flowsOf(args: ExplainArguments): Promise<readonly CollectedFlow[]> {
  const { capture = '', flow } = args
  const choice = flow === undefined ? undefined : /^[0-9]+$/.test(flow) ? Number(flow) : parseFlowEnds(flow)
  const { flows, problems, isCut } = await collectFlows(capture, choice)
  for (const { file, offset, severity, message } of problems)
    complain(`${file}: byte ${offset}: ${severity}: ${message}`)
  if (isCut) complain(`gait: ${capture} is too large to keep all of it: choose a flow with --flow`)
  const found = flow === undefined ? flows.filter(({ packets }) => packets.events.length > 0) : flows
  if (found.length > 0) return found
  // What is no capture has no flows, whichever is asked for.
  throw new OperatorError(
    problems.some(({ severity }) => severity === 'error') ? 'input' : 'usage',
    flow === undefined ? `no flows in ${capture}` : `no flow ${flow} in ${capture}`,
  )
}

function isNumbered({ flow }: ExplainArguments): boolean {
  return flow === undefined || /^[0-9]+$/.test(flow)
}

/** With its number, where all frames were read: only then does it mean anything. */
function labelOf(
  { id, protocol, client, server }: CollectedFlow,
  exchange: PlainExchange,
  isNumbered = true,
): string {
  const what = exchange.protocol === 'ssh' ? 'messages' : 'packets'
  const count = exchange.events.filter(({ kind }) => kind === 'element').length
  const name = isNumbered ? `flow ${id}: ` : ''
  return `${name}${endOf(client)} > ${endOf(server)} ${protocol}, ${count} ${what}`
}

function endOf({ address, port }: CollectedFlow['client']): string {
  if (port === undefined) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function flowJson(label: string, { protocol, serverPort }: PlainExchange): object {
  return { label, protocol, serverPort }
}

function listFlows(flows: readonly CollectedFlow[]): string {
  const lines = flows.slice(0, MOST_LISTED).map((flow) => labelOf(flow, flow.packets))
  if (flows.length > MOST_LISTED) lines.push(`and ${flows.length - MOST_LISTED} more`)
  return lines.join('\n')
}

function paintOf({ color }: ExplainArguments) {
  const { NO_COLOR: refused = '' } = process.env
  const isWanted = color ?? (process.stdout.isTTY === true && refused === '')
  return isWanted ? COLOURED : PLAIN
}

function print(lines: readonly string[]): void {
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.flush()
}

/** @throws OperatorError when a value is out of range */
export function readExplainArguments(raw: Readonly<Record<string, unknown>>): ExplainArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const threshold = Number(text('threshold'))
  if (!(threshold >= 0 && threshold <= 3_600_000))
    throw new OperatorError('usage', '--threshold must be a number from 0 to 3600000')
  let capture = text('capture')
  let count = text('nearest')
  // `--nearest x.pcap`: the word behind it is its value for yargs, and the capture for whoever wrote it.
  const isCapture = count !== undefined && Number.isNaN(Number(count))
  if (isCapture && capture === undefined && text('sequence') === undefined) {
    capture = count
    count = ''
  }
  const nearest = count === undefined ? undefined : count === '' ? USUAL_NEAREST : Number(count)
  if (nearest !== undefined && !(Number.isInteger(nearest) && nearest >= 1))
    throw new OperatorError('usage', `--nearest takes a whole number from 1, found ${count}`)
  return {
    capture,
    sequence: text('sequence'),
    protocol: text('protocol') as ExplainArguments['protocol'],
    flow: text('flow'),
    signature: text('signature'),
    nearest,
    signatures: texts('signatures'),
    addSignatures: texts('add-signatures'),
    threshold,
    format: text('format') === 'json' ? 'json' : 'text',
    color: text('color') === undefined ? undefined : text('color') === 'true',
  }
}
