// The ctl command: asks a running sensor through its control socket, and prints what it answers.

import { OperatorError } from '../model/operator-error.ts'
import { findConfigFile, loadConfig } from '../sensor/config/load-config.ts'
import type { CtlArguments } from './ctl-command.ts'

/** @returns the exit code */
export async function runCtl(args: CtlArguments): Promise<number> {
  return askSensor(findSocket(args), args)
}

/** That of the sensor which has this configuration. */
function findSocket({ control, config }: CtlArguments): string {
  // Which interfaces it watches may have been said by flags of its own.
  const { control: socket } = loadConfig(config ?? findConfigFile(), { interfaces: ['any'], control })
  if (socket !== undefined) return socket
  throw new OperatorError('usage', 'this sensor has no control socket', 'name one as `control` in gait.yaml')
}

async function askSensor(_socket: string, _args: CtlArguments): Promise<number> {
  throw new OperatorError('usage', 'not built yet')
}
