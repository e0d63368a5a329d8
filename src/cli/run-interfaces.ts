// The interfaces command: lists what there is to watch.

import { OperatorError } from '../model/operator-error.ts'

export interface InterfacesArguments {
  /** JSON instead of text. */
  readonly json: boolean
}

/** @returns the exit code */
export async function runInterfaces(_args: InterfacesArguments): Promise<number> {
  throw new OperatorError('usage', 'not built yet')
}
