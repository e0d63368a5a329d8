// The sensor command: reads the configuration, then tests it or runs the sensor.

import { formatCount } from '../output/human-units.ts'
import { LineSink } from '../output/line-sink.ts'
import { checkStart } from '../sensor/check-start.ts'
import { ConfigError } from '../sensor/config/config-problem.ts'
import { findConfigFile, loadConfig } from '../sensor/config/load-config.ts'
import type { SensorConfig } from '../sensor/config/sensor-config.ts'
import { daemonize, isDaemon } from '../sensor/control/daemonize.ts'
import { runSensor as live } from '../sensor/run-sensor.ts'
import { ExitCode, exitCodeOf } from './exit-code.ts'
import { loadProgram, signaturePaths } from './load-program.ts'
import { complain, complainOf } from './messages.ts'
import type { SensorArguments } from './sensor-arguments.ts'
import { readVersion } from './version.ts'

/** @returns the exit code */
export async function runSensor(args: SensorArguments): Promise<number> {
  const file = args.config === false ? undefined : (args.config ?? findConfigFile())
  try {
    const config = loadConfig(file, args.flags)
    return args.testConfig ? await testConfig(config, file ?? 'command line') : await startSensor(config)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    // Without `gait:` in front: places in files are for editors to jump to.
    complain(error.message)
    return exitCodeOf(error.code)
  }
}

/** @param name - what to call the configuration */
async function testConfig(config: SensorConfig, name: string): Promise<number> {
  const { program, isSound } = await loadProgram({ ...config, quiet: false, isOptional: config.flows })
  const { errors, here } = checkStart(config)
  for (const error of errors) complainOf(error)
  for (const { message } of here) complain(`gait: warning: here it would not start: ${message}`)
  if (!isSound) return ExitCode.input
  if (errors[0] !== undefined) return exitCodeOf(errors[0].code)
  const { signatures, sequences, campaigns } = program
  const counts = [
    formatCount(config.interfaces.length, 'interface'),
    formatCount(signatures.length + sequences.length + campaigns.length, 'signature'),
    formatCount(config.outputs.length, 'output'),
  ]
  const sink = LineSink.stdout()
  sink.line(`${name}: sound: ${counts.join(', ')}`)
  sink.close()
  return ExitCode.done
}

async function startSensor(config: SensorConfig): Promise<number> {
  if (config.daemon && !isDaemon()) return daemonize()
  const { program, isSound } = await loadProgram({ ...config, quiet: false, isOptional: config.flows })
  if (!isSound) return ExitCode.input
  await live({
    config,
    program,
    signaturePaths: signaturePaths(config),
    version: readVersion(),
    abort: () => process.exit(ExitCode.terminated),
  })
  return ExitCode.done
}
