// How much memory the sensor takes at the worst, with its default budgets: floods of new flows, a million that stay
// open, SSH connections without end, and all of that together. Each round of a capture comes from new addresses. Nothing
// is shed: a faster machine would not have to.

import type { SensorStatus } from '../../src/sensor/control/status.ts'
import { IdleStall, LiveBed, pause, SETTLE_MS } from './live-bed.ts'
import { ask, gaitCommand, READY } from './live-watchers.ts'
import { familyOf, peakBytesOf } from './process-figures.ts'
import { joinSshCaptures } from './ssh-captures.ts'
import { formatCount, formatMegabytes, formatTable } from './table.ts'

/** Packets a second, all captures of a row together. */
const RATE = 50_000
/** The SSH captures hold frames that receive offload has joined. */
const LONGEST_FRAME = 65_535
/** Beside what one output in order takes: one that takes nothing fills its queue. */
const STUCK_OUTPUT = '/dev/full'

export async function measureMemory(sender: string, seconds: number, only?: string): Promise<void> {
  const rows: string[][] = []
  for (const [name, captures] of worstCaptures()) {
    if (only !== undefined && !only.split(',').includes(name)) continue
    const bed = new LiveBed(sender, LONGEST_FRAME)
    try {
      rows.push(await measure(bed, name, captures, seconds))
    } finally {
      bed.remove()
    }
  }
  const head = [
    'traffic',
    'sent',
    'dropped',
    'flows',
    'evicted',
    'alerts',
    'stall ms',
    'idle ms',
    'heap',
    'peak RSS',
  ]
  console.log(formatTable(head, rows))
}

async function measure(
  bed: LiveBed,
  name: string,
  captures: readonly string[],
  seconds: number,
): Promise<string[]> {
  const watching = await bed.watch(gaitCommand(bed, 'pipe', '--no-shed', '-o', STUCK_OUTPUT), READY)
  await ask(bed, 'status')
  const idle = new IdleStall()
  const rate = RATE / captures.length
  const bursts = await Promise.all(captures.map((capture) => bed.send({ capture, rate, seconds })))
  const sent = bursts.reduce((sum, burst) => sum + burst.sent, 0)
  await pause(SETTLE_MS)
  const idleMs = await idle.end()
  const { flows, events, memory, interfaces, loop } = (await ask(bed, 'status')) as SensorStatus
  const [sensor = 0] = familyOf(watching.child.pid ?? 0)
  return [
    name,
    formatCount(sent),
    formatCount(interfaces[0]?.dropped ?? 0),
    formatCount(flows.total),
    formatCount(flows.evicted),
    formatCount(Number(Object.entries(events).find(([type]) => type === 'alerts')?.[1] ?? 0)),
    loop.longestStallMs.toFixed(0),
    idleMs.toFixed(0),
    formatMegabytes(memory.heapUsed),
    formatMegabytes(peakBytesOf([sensor])),
  ]
}

function worstCaptures(): readonly (readonly [name: string, captures: readonly string[]])[] {
  const open = joinSshCaptures('ssh-open', Number.POSITIVE_INFINITY)
  const begun = joinSshCaptures('ssh-begun', 12)
  const ssh = [open, begun].filter((path) => path !== undefined)
  return [
    ['syn-flood', ['syn-flood']],
    ['many-flows', ['many-flows']],
    ['mix', ['mix']],
    ...(open === undefined ? [] : ([['ssh-open', [open]]] as const)),
    ...(begun === undefined ? [] : ([['ssh-begun', [begun]]] as const)),
    ['all', ['syn-flood', 'many-flows', 'mix', ...ssh]],
  ]
}
