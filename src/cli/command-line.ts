// The whole command line, by yargs: help, completion, every error message, and any spelling of the options.

import yargs, { type Argv } from 'yargs'
import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { hideHyphens, restoreHyphens, showHyphens } from './bare-hyphens.ts'
import {
  CHECK_EXAMPLES,
  CHECK_OPTIONS,
  FMT_EXAMPLES,
  FMT_OPTIONS,
  readCheckArguments,
  readFmtArguments,
} from './check-options.ts'
import { ctlCommand } from './ctl-command.ts'
import { DIFF_COMMAND, readDiffArguments, runDiff } from './diff-command.ts'
import { EXPLAIN_COMMAND, readExplainArguments, runExplain } from './explain-command.ts'
import { EXTRACT_COMMAND, readExtractArguments, runExtract } from './extract-command.ts'
import { LEARN_COMMAND, readLearnArguments, runLearn } from './learn-command.ts'
import { LSP_COMMAND, readLspArguments } from './lsp-command.ts'
import { PROFILE_COMMAND, readProfileArguments, runProfile } from './profile-command.ts'
import { type RawReplayArguments, readReplayArguments } from './replay-arguments.ts'
import { REPLAY_EXAMPLES, REPLAY_OPTIONS } from './replay-options.ts'
import { runReplay } from './run-replay.ts'
import { readSensorArguments } from './sensor-arguments.ts'
import { SENSOR_EXAMPLES, SENSOR_OPTIONS } from './sensor-options.ts'
import { separateValues } from './separate-values.ts'
import { readTestArguments, runTest, TEST_COMMAND } from './test-command.ts'
import { readUnknownArguments, runUnknown, UNKNOWN_COMMAND } from './unknown-command.ts'
import { readVersion } from './version.ts'

const WIDEST_HELP = 100

/** Runs a command line. @returns the exit code */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let code = 0
  let output = ''
  await yargs()
    .scriptName('gait')
    .usage('$0 <command>\n\nRecognises what network flows do by how they move.')
    .command(
      // Not `<captures..>`: yargs would ask for captures first, where an unknown option took the name as its value.
      'replay [captures..]',
      'Match signatures against capture files',
      (command) => replayCommand(command),
      async (parsed) => {
        const args = readReplayArguments(parsed as RawReplayArguments)
        if (args.captures.length === 0) throw usage('name a capture, or `-` for standard input')
        code = await runReplay(args)
      },
    )
    .command(
      'sensor',
      'Watch interfaces, for months',
      (command) => sensorCommand(command),
      async (parsed) => {
        const { runSensor } = await import('./run-sensor.ts')
        code = await runSensor(readSensorArguments(parsed))
      },
    )
    .command(
      'interfaces',
      'List the interfaces that a sensor can watch',
      (command) =>
        command.option('format', {
          choices: ['text', 'json'] as const,
          default: 'text' as const,
          describe: 'A table, or JSON',
        }),
      async ({ format }) => {
        const { runInterfaces } = await import('./run-interfaces.ts')
        code = await runInterfaces({ format })
      },
    )
    .command('ctl', 'Ask a running sensor', (command) =>
      ctlCommand(command, async (asked) => {
        const { runCtl } = await import('./run-ctl.ts')
        code = await runCtl(asked)
      }),
    )
    .command(TEST_COMMAND.command, TEST_COMMAND.describe, TEST_COMMAND.builder, async (parsed) => {
      code = await runTest(readTestArguments(parsed))
    })
    .command(EXPLAIN_COMMAND.command, EXPLAIN_COMMAND.describe, EXPLAIN_COMMAND.builder, async (parsed) => {
      code = await runExplain(readExplainArguments(parsed))
    })
    .command(
      'check [files..]',
      'Look over signature files: mistakes, overlaps, house rules',
      (command) => checkCommand(command),
      async (parsed) => {
        const { runCheck } = await import('./check-command.ts')
        code = runCheck(readCheckArguments(parsed))
      },
    )
    .command(
      'fmt [files..]',
      'Bring signature files into canonical form',
      (command) => fmtCommand(command),
      async (parsed) => {
        const { runFmt } = await import('./fmt-command.ts')
        code = runFmt(readFmtArguments(parsed))
      },
    )
    .command(LSP_COMMAND.command, LSP_COMMAND.describe, LSP_COMMAND.builder, async (parsed) => {
      const { runLsp } = await import('./run-lsp.ts')
      code = await runLsp(readLspArguments(parsed))
    })
    .command(LEARN_COMMAND.command, LEARN_COMMAND.describe, LEARN_COMMAND.builder, async (parsed) => {
      code = await runLearn(readLearnArguments(parsed))
    })
    .command(UNKNOWN_COMMAND.command, UNKNOWN_COMMAND.describe, UNKNOWN_COMMAND.builder, async (parsed) => {
      code = await runUnknown(readUnknownArguments(parsed))
    })
    .command(DIFF_COMMAND.command, DIFF_COMMAND.describe, DIFF_COMMAND.builder, async (parsed) => {
      code = await runDiff(readDiffArguments(parsed))
    })
    .command(PROFILE_COMMAND.command, PROFILE_COMMAND.describe, PROFILE_COMMAND.builder, async (parsed) => {
      code = await runProfile(readProfileArguments(parsed))
    })
    .command(EXTRACT_COMMAND.command, EXTRACT_COMMAND.describe, EXTRACT_COMMAND.builder, async (parsed) => {
      code = await runExtract(readExtractArguments(parsed))
    })
    .completion('completion', 'Print a completion script for bash or zsh')
    .parserConfiguration({ 'greedy-arrays': false })
    .middleware(restoreHyphens)
    .demandCommand(1, 'name a command')
    .strict()
    .version(readVersion())
    .help()
    .alias('help', 'h')
    .wrap(Math.min(process.stdout.columns ?? WIDEST_HELP, WIDEST_HELP))
    .epilogue(
      'Documentation: docs/ in the package. Exit codes: 0 done, 1 findings, or nothing matched\n(--exit-match), 2 usage, 3 input unreadable or malformed, 4 no permission, 70 a bug of ours.',
    )
    .fail((message, error) => {
      // yargs throws some of its own complaints and hands over the others; what is neither is not the user's.
      if (error !== undefined && error !== null && error.name !== 'YError') throw error
      const complaint = showHyphens(error?.message ?? message)
      throw usage(complaint.replace(/^Unknown (?:arguments?|commands?): /, 'unknown option or command: '))
    })
    // With a callback yargs neither prints nor exits: it would take a full disk for success.
    .parseAsync(
      args[0] === 'sensor' ? separateValues(args, SENSOR_OPTIONS) : hideHyphens(args),
      {},
      (_error, _parsed, text) => {
        output = text
      },
    )
  if (output !== '') print(output)
  return code
}

function print(text: string): void {
  const sink = LineSink.stdout()
  sink.line(text)
  sink.close()
}

function usage(message: string): OperatorError {
  return new OperatorError('usage', message, 'gait --help and gait <command> --help list what there is')
}

function checkCommand(command: Argv) {
  return command
    .usage(
      '$0 check [files..]\n\nSays what is wrong with signature files, or may be: mistakes, statements that never match\nor that another one shadows, with an exchange as proof, and what house rules ask for.\nWithout files: the shipped signatures. docs/diagnostics.md explains every code.',
    )
    .positional('files', { array: true, string: true, describe: 'Signature files, folders of them, or -' })
    .options(CHECK_OPTIONS)
    .example(CHECK_EXAMPLES.map(([example, what]) => [example, what]))
}

function fmtCommand(command: Argv) {
  return command
    .usage(
      '$0 fmt [files..]\n\nRewrites signature files in canonical form. A file with errors is left alone.',
    )
    .positional('files', { array: true, string: true, describe: 'Signature files, folders of them, or -' })
    .options(FMT_OPTIONS)
    .example(FMT_EXAMPLES.map(([example, what]) => [example, what]))
}

function replayCommand(command: Argv) {
  return command
    .usage(
      '$0 replay <captures..>\n\nReads pcap and pcapng captures, plain or compressed with gzip or zstd, resequences\nevery flow and prints each signature that hits. `-` is standard input; a folder stands\nfor the captures in it.',
    )
    .positional('captures', { array: true, string: true, describe: 'Capture files, folders, or -' })
    .options(REPLAY_OPTIONS)
    .example(REPLAY_EXAMPLES.map(([example, what]) => [example, what]))
}

function sensorCommand(command: Argv) {
  return command
    .usage(
      '$0 sensor -i <interface>\n\nWatches interfaces and writes what it finds as EVE JSON lines, one event a line. The options\nare those of the configuration file, and win over it: docs/gait.yaml explains each.',
    )
    .options(SENSOR_OPTIONS)
    .example(SENSOR_EXAMPLES.map(([example, what]) => [example, what]))
    .epilogue(
      'Signals: USR2 loads the signatures anew, HUP opens the outputs anew, USR1 writes a stats event, TERM and INT end in order; a second one at once.',
    )
}
