// `gait learn`: drafts a signature from captures of one behaviour.

import type { Argv } from 'yargs'
import type { FlowTrace } from '../model/flow-trace.ts'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { CLASS_NAME, isClassName } from '../signature/class-name.ts'
import { formatLesson, lessonFacts } from '../workbench/learn/format-lesson.ts'
import { learnFlows } from '../workbench/learn/learn-flows.ts'
import { PLACEHOLDER_CLASS, PLACEHOLDER_NAME, PLACEHOLDER_SID } from '../workbench/learn/write-signature.ts'
import { ExitCode } from './exit-code.ts'
import { numberIn, wholeIn } from './number-options.ts'
import { NO_PROGRAM, readFlows } from './read-flows.ts'
import { THRESHOLD_OPTION } from './threshold-option.ts'

export interface LearnArguments {
  readonly match: readonly string[]
  readonly not: readonly string[]
  /** pcap-filter expression: which flows of `match`. */
  readonly flow: string | undefined
  readonly port: 'any' | 'common'
  readonly messages: boolean
  readonly minLength: number | undefined
  readonly name: string
  readonly class: string
  readonly sid: number
  readonly recursive: boolean
  /** ms */
  readonly threshold: number
  readonly format: 'text' | 'json'
}

export const LEARN_OPTIONS = {
  match: {
    alias: 'm',
    array: true,
    string: true,
    requiresArg: true,
    demandOption: true,
    describe: 'Captures of the behaviour: file or folder (repeatable)',
  },
  not: {
    alias: 'n',
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Captures that must not match: file or folder (repeatable)',
  },
  flow: {
    string: true,
    requiresArg: true,
    describe: 'Only flows of --match that a pcap-filter expression chooses; of --not all others',
  },
  port: {
    choices: ['any', 'common'],
    default: 'any',
    describe: 'Match on any server port, or only on those of --match',
  },
  messages: { boolean: true, describe: 'Over the messages of SSH, not packets' },
  'min-length': {
    number: true,
    requiresArg: true,
    describe: 'Least packets or messages; without it 2, or a whole flow',
  },
  name: { string: true, default: PLACEHOLDER_NAME, requiresArg: true, describe: 'What a hit is called' },
  class: { string: true, default: PLACEHOLDER_CLASS, requiresArg: true, describe: 'Its class' },
  sid: { number: true, default: PLACEHOLDER_SID, requiresArg: true, describe: 'Its id' },
  recursive: { alias: 'R', boolean: true, describe: 'Captures in folders below folders, too' },
  threshold: THRESHOLD_OPTION,
  format: { choices: ['text', 'json'], default: 'text', describe: 'A signature, or JSON' },
} as const

/** For yargs. */
export const LEARN_COMMAND = {
  command: 'learn',
  describe: 'Draft a signature from captures of one behaviour',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 learn --match <captures> [--not <captures>]\n\nLays the flows of --match side by side and drafts a signature that matches all of them and none\nof --not, with examples, ready to paste. Exits 1 and shows two flows when nothing separates them.',
      )
      .options(LEARN_OPTIONS)
      .example([
        ['$0 learn -m good/ -n bad/', 'what all of one folder have, and none of the other'],
        ['$0 learn -m day.pcap --flow "host 10.0.0.7" -n day.pcap', 'one host against all others'],
        ['$0 learn -m login.pcap --messages --name "SSH - tool"', 'over the messages of SSH'],
      ]),
}

/** @returns the exit code */
export async function runLearn(args: LearnArguments): Promise<number> {
  const read = (inputs: readonly string[], filter: string | undefined) =>
    readFlows({
      inputs,
      recursive: args.recursive,
      program: NO_PROGRAM,
      thresholdMs: args.threshold,
      filter,
    })
  const match = await read(args.match, args.flow)
  const own = new Set(match.map(identityOf))
  const others = args.not.length === 0 ? [] : await read(args.not, undefined)
  const not = others.filter((trace) => !own.has(identityOf(trace)))
  const lesson = learnFlows(match, not, {
    thresholdMicros: args.threshold * 1000,
    minLength: args.minLength,
    port: args.port,
    messages: args.messages,
    description: args.name,
    class: args.class,
    sid: args.sid,
  })
  const lines = args.format === 'json' ? [JSON.stringify(lessonFacts(lesson), null, 2)] : formatLesson(lesson)
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.flush()
  return lesson.text === undefined ? ExitCode.findings : ExitCode.done
}

/** The same in whatever capture it is: a flow to match is none that must not be matched. */
function identityOf({ flow, startTime }: FlowTrace): string {
  const { protocol, client, server, vlan } = flow
  return [protocol, client.address, client.port, server.address, server.port, vlan.join('.'), startTime].join(
    ' ',
  )
}

/** @throws OperatorError when a value cannot be meant */
export function readLearnArguments(raw: Readonly<Record<string, unknown>>): LearnArguments {
  const texts = (name: string) => (Array.isArray(raw[name]) ? raw[name].map(String) : [])
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]))
  const name = (text('name') ?? '').trim()
  const type = text('class') ?? ''
  if (name === '' || /[\r\n]/.test(name)) throw usage('--name must be a line of text')
  if (!isClassName(type)) throw usage(`--class must be ${CLASS_NAME}`)
  return {
    match: texts('match'),
    not: texts('not'),
    flow: text('flow'),
    port: text('port') === 'common' ? 'common' : 'any',
    messages: text('messages') === 'true',
    minLength: raw['min-length'] === undefined ? undefined : wholeIn(raw, 'min-length', 1, 16),
    name,
    class: type,
    sid: wholeIn(raw, 'sid', 1, 2_147_483_647),
    recursive: text('recursive') === 'true',
    threshold: numberIn(raw, 'threshold', 0, 3_600_000),
    format: text('format') === 'json' ? 'json' : 'text',
  }
}

function usage(message: string): OperatorError {
  return new OperatorError('usage', message)
}
