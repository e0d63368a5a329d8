// What `gait ctl` can ask, for yargs.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LOG_LEVELS, type LogLevel } from '../sensor/config/sensor-config.ts'

export type CtlRequest =
  | { readonly kind: 'status' | 'reload' | 'stats' }
  /** The busiest so many. */
  | { readonly kind: 'flows'; readonly top: number }
  /** undefined: which it is. */
  | { readonly kind: 'log-level'; readonly level: LogLevel | undefined }

export interface CtlArguments {
  readonly request: CtlRequest
  /** Path of the socket, `off` aside as in gait.yaml; undefined: as the configuration has it. */
  readonly control: string | undefined
  /** Path of the configuration; undefined: the default one, if there is one. */
  readonly config: string | undefined
  /** JSON as it came, instead of text. */
  readonly json: boolean
}

const MOST_FLOWS = 1000

const OPTIONS = {
  control: { string: true, requiresArg: true, describe: 'Control socket; else that of the configuration' },
  config: {
    alias: 'c',
    string: true,
    requiresArg: true,
    describe: 'Configuration of the sensor',
    defaultDescription: '/etc/gait/gait.yaml if it exists',
  },
  json: { boolean: true, default: false, describe: 'JSON instead of text' },
} as const

interface SharedOptions {
  readonly control?: string | undefined
  readonly config?: string | undefined
  readonly json: boolean
}

/** @param run - called with what is to be asked */
export function ctlCommand(command: Argv, run: (args: CtlArguments) => Promise<void>) {
  const ask = (request: CtlRequest, { control, config, json }: SharedOptions) =>
    run({ request, control, config, json })
  return command
    .usage('$0 ctl <request>\n\nAsks a running sensor, through its control socket.')
    .options(OPTIONS)
    .command('status', 'How it is: since when, what it watches, losses, outputs', {}, (args) =>
      ask({ kind: 'status' }, args as unknown as SharedOptions),
    )
    .command('reload', 'Load the signatures anew; says what changed, or why nothing did', {}, (args) =>
      ask({ kind: 'reload' }, args as unknown as SharedOptions),
    )
    .command(
      'flows',
      'The flows with the most bytes',
      (flows) => flows.option('top', { number: true, default: 10, requiresArg: true, describe: 'How many' }),
      (args) => ask({ kind: 'flows', top: checkTop(args.top) }, args as unknown as SharedOptions),
    )
    .command('stats', 'All counters; writes a stats event as well', {}, (args) =>
      ask({ kind: 'stats' }, args as unknown as SharedOptions),
    )
    .command(
      'log-level [level]',
      'How much it says of itself, or what it is to be',
      (level) =>
        level.positional('level', { choices: LOG_LEVELS, describe: 'The level to have from now on' }),
      (args) => ask({ kind: 'log-level', level: args.level }, args as unknown as SharedOptions),
    )
    .demandCommand(1, 'name a request: status, reload, flows, stats or log-level')
}

function checkTop(top: number): number {
  if (Number.isInteger(top) && top >= 1 && top <= MOST_FLOWS) return top
  throw new OperatorError('usage', `--top must be a whole number from 1 to ${MOST_FLOWS}`)
}
