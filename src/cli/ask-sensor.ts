// Asks a running sensor through its control socket, and prints its answer.

import { OperatorError } from '../model/operator-error.ts'
import { LineSink } from '../output/line-sink.ts'
import { askControl } from '../sensor/control/ask-control.ts'
import { type ControlCommand, parseControlRequest } from '../sensor/control/control-protocol.ts'
import { LOG_LEVELS } from '../sensor/control/log-levels.ts'
import type { FlowTop, SensorStatus } from '../sensor/control/status.ts'
import { ExitCode } from './exit-code.ts'
import { formatFacts, formatFlows, formatStatus } from './format-status.ts'

/** A sensor under load may take a while to come to it; a reload compiles signatures and runs their examples. */
const TIMEOUT_MS = 10_000
const RELOAD_TIMEOUT_MS = 120_000

export interface SensorQuestion {
  /** Path of the control socket. */
  readonly socket: string
  readonly command: ControlCommand
  /** Of `log-level`: the level. */
  readonly argument: string | undefined
  readonly format: 'text' | 'json'
  /** Of `flows`: how many, and by what; undefined: what the sensor takes by itself. */
  readonly top: number | undefined
  readonly by: string | undefined
}

/**
 * @returns the exit code
 * @throws OperatorError when nobody answers, or the sensor refuses (with `json` the refusal is printed instead)
 */
export async function askSensor({
  socket,
  command,
  argument,
  format,
  top,
  by,
}: SensorQuestion): Promise<number> {
  if (command === 'log-level' && argument === undefined)
    throw new OperatorError('usage', 'name a log level', `levels are ${LOG_LEVELS.join(', ')}`)
  const request = parseControlRequest(JSON.stringify({ command, level: argument, top, by }))
  const answer = await askControl(socket, request, command === 'reload' ? RELOAD_TIMEOUT_MS : TIMEOUT_MS)
  if (format === 'json') {
    print([JSON.stringify(answer)])
    return answer.ok ? ExitCode.done : ExitCode.input
  }
  if (!answer.ok) throw new OperatorError('input', answer.error, answer.hint)
  print(formatResult(command, answer.result))
  return ExitCode.done
}

function formatResult(command: ControlCommand, result: unknown): readonly string[] {
  try {
    if (command === 'status') return formatStatus(result as SensorStatus)
    if (command === 'flows') return formatFlows(result as FlowTop)
    return formatFacts(result)
  } catch (cause) {
    // It lacks what we know: a sensor of another version.
    throw new OperatorError('input', "cannot read the sensor's answer", '--format json shows it as it is', {
      cause,
    })
  }
}

function print(lines: readonly string[]): void {
  const sink = LineSink.stdout()
  for (const line of lines) sink.line(line)
  sink.close()
}
