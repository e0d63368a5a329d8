// The programs that are compared, how each is started and ended, and where it says what it saw.

import { once } from 'node:events'
import { askControl } from '../../src/sensor/control/ask-control.ts'
import type { SensorStatus } from '../../src/sensor/control/status.ts'
import { MAIN } from '../support/gait.ts'
import { isInstalled, type LiveBed, type Told, type Watcher, type Watching } from './live-bed.ts'

/** As large as the sensor's: in KiB, and as it is written. */
const RING_KIB = 65_536
const ASK_MS = 10_000

/** The sensor watches. */
export const READY = /"kind":"started"/

export type WatcherName =
  | 'tcpdump -w /dev/null'
  | 'p0f -i'
  | 'gait pipe'
  | 'gait cap'
  | 'gait cap (offload off)'

export const WATCHERS: Readonly<Record<WatcherName, Watcher>> = {
  'tcpdump -w /dev/null': {
    command: ({ device }) => ['tcpdump', '-i', device, '-B', String(RING_KIB), '-w', '/dev/null'],
    ready: /listening on/,
    end: async (_, watching) => {
      await interrupt(watching)
      return {
        seen: numberIn(/^(\d+) packets? captured/m, watching.said()),
        dropped: numberIn(/^(\d+) packets? dropped by kernel/m, watching.said()),
        stallMs: undefined,
      }
    },
  },
  'p0f -i': {
    command: (bed) =>
      isInstalled('p0f') ? ['p0f', '-i', bed.device, '-p', '-o', bed.file('p0f.log')] : undefined,
    ready: /Entered main event loop/,
    end: async (_, watching) => {
      await interrupt(watching)
      return {
        seen: numberIn(/Processed (\d+) packets/, watching.said()),
        dropped: undefined,
        stallMs: undefined,
      }
    },
    seesTcpOnly: true,
  },
  'gait pipe': gait('pipe'),
  'gait cap': gait('cap'),
  'gait cap (offload off)': {
    ...gait('cap'),
    command: (bed) => {
      bed.offload('tso', 'off', 'gso', 'off', 'gro', 'off')
      return gaitCommand(bed, 'cap')
    },
  },
}

function gait(method: 'pipe' | 'cap'): Watcher {
  return {
    command: (bed) => gaitCommand(bed, method),
    ready: READY,
    // Its longest stall until now is not of interest: it ends with being asked.
    begin: async (bed) => void (await ask(bed, 'status')),
    end: endGait,
  }
}

export function gaitCommand(
  bed: LiveBed,
  method: 'pipe' | 'cap',
  ...options: readonly string[]
): readonly string[] {
  const fixed = ['-i', bed.device, '--capture', method, '--allow-root', '--metrics', 'off', '-o', '/dev/null']
  return [process.execPath, MAIN, 'sensor', ...fixed, '--control', bed.file('s.sock'), ...options]
}

async function endGait(bed: LiveBed, watching: Watching): Promise<Told> {
  const status = (await ask(bed, 'status')) as SensorStatus
  const stats = (await ask(bed, 'stats')) as { readonly packets: number }
  watching.child.kill('SIGTERM')
  await once(watching.child, 'exit')
  return {
    seen: stats.packets,
    dropped: status.interfaces[0]?.dropped,
    stallMs: status.loop.longestStallMs,
  }
}

export async function ask(bed: LiveBed, command: 'status' | 'stats'): Promise<unknown> {
  const answer = await askControl(bed.file('s.sock'), { command }, ASK_MS)
  if (!answer.ok) throw new Error(answer.error)
  return answer.result
}

async function interrupt({ child }: Watching): Promise<void> {
  child.kill('SIGINT')
  await once(child, 'exit')
}

function numberIn(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? Number.NaN)
}
