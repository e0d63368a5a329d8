// What live capture keeps up with: a sender puts a capture on a cable between two network namespaces, and one watcher
// after the other takes it from there. Lost is what the interface received and the watcher did not tell of.
//
//   npm run build && npm run bench:live -- [--rates 50000,100000,200000,400000] [--seconds 5] [--runs 1] [--only gait-pipe]
//   npm run bench:live -- --memory
//
// --memory replays the worst that there is at the sensor with its defaults, and tells its peak. Needs root, ip, cc
// and tcpdump; p0f is left out where it is not installed. docs/performance.md explains the figures.

import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { lacksForLab } from '../support/live-lab.ts'
import { compileSender, makeCaptures, missing } from './captures.ts'
import { median } from './child-usage.ts'
import { LiveBed, type Shot } from './live-bed.ts'
import { measureMemory } from './live-memory.ts'
import { WATCHERS, type WatcherName } from './live-watchers.ts'
import { formatCount, formatTable } from './table.ts'

const NAMES = Object.keys(WATCHERS) as readonly WatcherName[]

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rates: { type: 'string', default: '50000,100000,200000,400000' },
      seconds: { type: 'string', default: '5' },
      runs: { type: 'string', default: '1' },
      only: { type: 'string' },
      capture: { type: 'string', default: 'mix' },
      memory: { type: 'boolean', default: false },
    },
  })
  const why = lacksForLab('ip', 'cc', 'tcpdump', 'ethtool') ?? missing()
  if (why !== undefined) {
    console.warn(`bench skipped: ${why}`)
    return
  }
  makeCaptures(['mix', 'many-flows', 'syn-flood'])
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`
  console.log(`Node ${process.version}, ${machine}, load before ${loadavg()[0]?.toFixed(1)}\n`)
  const sender = compileSender()
  if (values.memory) {
    await measureMemory(sender, Number(values.seconds), values.only)
    return
  }
  const names = NAMES.filter((name) => values.only === undefined || values.only.split(',').includes(name))
  const runs = Number(values.runs)
  const rows: string[][] = []
  for (const rate of values.rates.split(',').map(Number)) {
    const shots = new Map<WatcherName, Shot[]>(names.map((name) => [name, []]))
    for (let run = 0; run < runs; run++)
      for (const name of names) {
        const bed = new LiveBed(sender)
        try {
          const shot = await bed.shoot(WATCHERS[name], {
            capture: values.capture,
            rate,
            seconds: Number(values.seconds),
          })
          if (shot !== undefined) shots.get(name)?.push(shot)
        } finally {
          bed.remove()
        }
      }
    for (const [name, taken] of shots) if (taken.length > 0) rows.push(rowOf(rate, name, taken))
  }
  console.log(
    formatTable(
      [
        'watcher',
        'wanted/s',
        'sent/s',
        'lost %',
        'from-to',
        'said dropped',
        'CPU s',
        'µs a packet',
        'stall ms',
        'idle ms',
        'peak RSS',
      ],
      rows,
    ),
  )
}

function rowOf(rate: number, name: WatcherName, shots: readonly Shot[]): string[] {
  const of = (pick: (shot: Shot) => number) => median(shots.map(pick))
  const lost = shots.map(({ came, seen }) => (100 * (came - seen)) / Math.max(1, came))
  const stalls = shots.flatMap(({ stallMs }) => (stallMs === undefined ? [] : [stallMs]))
  const peaks = shots.map(({ peakBytes }) => peakBytes)
  return [
    name,
    formatCount(rate),
    formatCount(of(({ sent, seconds }) => sent / seconds)),
    median(lost).toFixed(2),
    `${Math.min(...lost).toFixed(2)}-${Math.max(...lost).toFixed(2)}`,
    formatCount(of(({ dropped }) => dropped ?? Number.NaN)),
    of(({ cpuSeconds }) => cpuSeconds).toFixed(2),
    of(({ cpuSeconds, seen }) => (cpuSeconds * 1e6) / Math.max(1, seen)).toFixed(2),
    stalls.length === 0 ? '' : median(stalls).toFixed(0),
    of(({ idleMs }) => idleMs).toFixed(0),
    `${Math.round(Math.max(...peaks) / 1e6)} MB`,
  ]
}

await main()
