// What a sensor with this configuration would refuse to start over, as far as it shows without starting it: who it
// becomes, its outputs, its interfaces, and its filter, which tcpdump compiles without a device.

import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { chooseMethod } from '../capture/live/choose-method.ts'
import { findProgram } from '../capture/live/find-program.ts'
import { listInterfaces } from '../capture/live/interfaces.ts'
import { OperatorError } from '../model/operator-error.ts'
import { EventOutputs } from '../output/sinks/event-outputs.ts'
import type { SensorConfig } from './config/sensor-config.ts'
import { checkPrivileges } from './control/drop-privileges.ts'

const CHECK_MS = 10_000

export interface StartProblems {
  /** What is wrong wherever the sensor is started. */
  readonly errors: readonly OperatorError[]
  /** What is wrong here: on another machine, or for another user, it may be right. */
  readonly here: readonly OperatorError[]
}

export function checkStart(config: SensorConfig): StartProblems {
  return {
    errors: run([
      () => void new EventOutputs(config, { said: () => {}, onGone: () => {} }),
      () => checkFilter(config),
    ]),
    here: run([
      () => void checkPrivileges(config.user, config.group, config.allowRoot),
      () => void chooseMethod(config.capture, config.captureProgram),
      () => checkFolders(config),
      () => checkInterfaces(config),
    ]),
  }
}

function run(checks: readonly (() => void)[]): readonly OperatorError[] {
  return checks.flatMap((check) => {
    try {
      check()
      return []
    } catch (error) {
      if (error instanceof OperatorError) return [error]
      throw error
    }
  })
}

/** Whether the user that it becomes may write there only that user can tell. */
function checkFolders({ outputs }: SensorConfig): void {
  for (const output of outputs) {
    if (output.type !== 'file') continue
    const folder = dirname(output.path)
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new OperatorError(
        'input',
        `cannot write ${output.path}: there is no folder ${folder}`,
        'make it first',
      )
  }
}

function checkInterfaces({ interfaces }: SensorConfig): void {
  const names = new Set(listInterfaces().map(({ name }) => name))
  const missing = interfaces.find((name) => !names.has(name))
  if (missing !== undefined)
    throw new OperatorError(
      'device',
      `there is no interface ${missing}`,
      '`gait interfaces` lists what there is',
    )
}

function checkFilter({ filter }: SensorConfig): void {
  const program = findProgram('tcpdump')
  if (filter === undefined || program === undefined) return
  const { status, stderr } = spawnSync(program, ['-d', '-y', 'EN10MB', '--', filter], {
    encoding: 'utf8',
    timeout: CHECK_MS,
  })
  if (status === 0 || status === null) return
  const reason =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^\S+: /, '') ?? 'it is refused'
  throw new OperatorError(
    'usage',
    `wrong filter \`${filter}\`: ${reason}`,
    'filters are explained in pcap-filter(7)',
  )
}
