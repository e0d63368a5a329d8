// What `gait ctl` can ask, for yargs.

import type { Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LOG_LEVELS, type LogLevel } from '../sensor/control/log-levels.ts'
import { FLOW_ORDERS, type FlowOrder } from '../sensor/control/status.ts'

export type CtlRequest =
  | { readonly command: 'status' | 'reload' | 'stats' }
  /** The greatest so many. */
  | { readonly command: 'flows'; readonly top: number; readonly by: FlowOrder }
  | { readonly command: 'log-level'; readonly level: LogLevel }

export interface CtlArguments {
  readonly request: CtlRequest
  /** Path of the socket, `off` aside as in gait.yaml; undefined: as the configuration has it. */
  readonly control: string | undefined
  /** Path of the configuration; undefined: the default one, if there is one. */
  readonly config: string | undefined
  readonly format: 'text' | 'json'
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
  format: { choices: ['text', 'json'], default: 'text', describe: 'Text, or the answer as it is' },
} as const

interface SharedOptions {
  readonly control?: string | undefined
  readonly config?: string | undefined
  readonly format: 'text' | 'json'
}

/** @param run - called with what is to be asked */
export function ctlCommand(command: Argv, run: (args: CtlArguments) => Promise<void>) {
  const ask = (request: CtlRequest, { control, config, format }: SharedOptions) =>
    run({ request, control, config, format })
  return command
    .usage('$0 ctl <request>\n\nAsks a running sensor, through its control socket.')
    .options(OPTIONS)
    .command('status', 'How it is: since when, what it watches, losses, outputs', {}, (args) =>
      ask({ command: 'status' }, args as unknown as SharedOptions),
    )
    .command('reload', 'Load the signatures anew; says what changed, or why nothing did', {}, (args) =>
      ask({ command: 'reload' }, args as unknown as SharedOptions),
    )
    .command(
      'flows',
      'The greatest open flows',
      (flows) =>
        flows
          .option('top', { number: true, default: 10, requiresArg: true, describe: 'How many' })
          .option('by', {
            choices: FLOW_ORDERS,
            default: 'bytes' as const,
            describe: 'In what they are great',
          }),
      (args) =>
        ask({ command: 'flows', top: checkTop(args.top), by: args.by }, args as unknown as SharedOptions),
    )
    .command('stats', 'All totals and counters', {}, (args) =>
      ask({ command: 'stats' }, args as unknown as SharedOptions),
    )
    .command(
      'log-level <level>',
      'Have it say more or less of itself',
      (level) =>
        level.positional('level', {
          choices: LOG_LEVELS,
          demandOption: true,
          describe: 'The level to have from now on',
        }),
      (args) => ask({ command: 'log-level', level: args.level }, args as unknown as SharedOptions),
    )
    .demandCommand(1, 'name a request: status, reload, flows, stats or log-level')
}

function checkTop(top: number): number {
  if (Number.isInteger(top) && top >= 1 && top <= MOST_FLOWS) return top
  throw new OperatorError('usage', `--top must be a whole number from 1 to ${MOST_FLOWS}`)
}
