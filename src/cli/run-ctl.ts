// The ctl command: asks a running sensor through its control socket, and prints what it answers.

import { OperatorError } from '../model/operator-error.ts'
import { findConfigFile, loadConfig } from '../sensor/config/load-config.ts'
import { askSensor } from './ask-sensor.ts'
import type { CtlArguments } from './ctl-command.ts'

/** @returns the exit code */
export async function runCtl(args: CtlArguments): Promise<number> {
  const { request, format } = args
  return askSensor({
    socket: findSocket(args),
    command: request.command,
    argument: request.command === 'log-level' ? request.level : undefined,
    format,
    top: request.command === 'flows' ? request.top : undefined,
    by: request.command === 'flows' ? request.by : undefined,
  })
}

/** That of the sensor which has this configuration. */
function findSocket({ control, config }: CtlArguments): string {
  // Which interfaces it watches may have been said by flags of its own.
  const { control: socket } = loadConfig(config ?? findConfigFile(), { interfaces: ['any'], control })
  if (socket !== undefined) return socket
  throw new OperatorError('usage', 'this sensor has no control socket', 'name one as `control` in gait.yaml')
}
