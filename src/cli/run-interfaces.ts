// The interfaces command: lists what there is to watch.

import { LineSink } from '../output/line-sink.ts'
import { interfacesToWatch } from '../sensor/interfaces-to-watch.ts'
import { alignTable } from '../workbench/align-table.ts'
import { ExitCode } from './exit-code.ts'

export interface InterfacesArguments {
  readonly format: 'text' | 'json'
}

/** @returns the exit code */
export async function runInterfaces({ format }: InterfacesArguments): Promise<number> {
  const interfaces = interfacesToWatch()
  const rows = interfaces.map(({ name, state, kind, addresses }) => [name, state, kind, addresses.join(' ')])
  const lines =
    format === 'json'
      ? [JSON.stringify(interfaces)]
      : alignTable(['interface', 'state', 'kind', 'addresses'], rows)
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.close()
  return ExitCode.done
}
