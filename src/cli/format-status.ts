// Answers of a running sensor for people: small tables, no control characters.

import { formatBytes, formatCount } from '../output/human-units.ts'
import { printable } from '../output/printable.ts'
import type { FlowTop, SensorStatus } from '../sensor/control/status.ts'
import { alignTable } from '../workbench/align-table.ts'

const UNKNOWN = '-'
const DEEPEST = 8

export function formatStatus(status: SensorStatus): readonly string[] {
  const { flows, memory, interfaces, outputs } = status
  const counters = Object.entries(status.counters).filter(([, count]) => count > 0)
  return [
    printable(`gait ${status.version}, process ${status.pid}, up ${formatUptime(status.uptimeSeconds)}`),
    ...alignPairs([
      ['started', status.started],
      [
        'program',
        `${formatCount(status.signatures, 'signature')}, ${status.programHash}${status.generations > 1 ? `, ${status.generations - 1} older in use` : ''}`,
      ],
      [
        'flows',
        `${flows.active} active, ${flows.total} in all, ${flows.evicted} evicted, ${flows.shed} shed`,
      ],
      ['events', formatCounts(status.events)],
      ['memory', `${formatBytes(memory.rss)} resident, ${formatBytes(memory.heapUsed)} heap`],
      ['stall', `${Math.round(status.loop.longestStallMs)} ms at the longest`],
    ]),
    '',
    ...alignTable(
      ['interface', 'state', 'method', 'clock', 'received', 'dropped', 'loss'],
      interfaces.map((one) => [
        one.device,
        one.state,
        one.method,
        one.clock,
        `${one.received ?? UNKNOWN}`,
        `${one.dropped ?? UNKNOWN}`,
        one.lossPercent === undefined ? UNKNOWN : `${formatPercent(one.lossPercent)}%`,
      ]),
    ),
    '',
    ...alignTable(
      ['output', 'connected', 'written', 'dropped', 'queued', 'in bytes', 'last error'],
      outputs.map((one) => [
        one.name,
        one.connected ? 'yes' : 'no',
        `${one.written}`,
        `${one.dropped}`,
        `${one.queuedEvents}`,
        formatBytes(one.queuedBytes),
        one.lastError ?? '',
      ]),
    ),
    ...(counters.length > 0 ? ['', ...alignTable(['counter', 'count'], counters.map(toCells))] : []),
  ]
}

export function formatFlows({ active, by, flows }: FlowTop): readonly string[] {
  return [
    `${formatCount(active, 'flow')} in progress; ${flows.length} by ${by}`,
    ...alignTable(
      [
        'flow',
        'proto',
        'client',
        'server',
        'app',
        'packets',
        'bytes',
        'payload',
        'age',
        'idle',
        'hits by class',
      ],
      flows.map((flow) => [
        `${flow.flow_id}`,
        flow.proto,
        flow.client,
        flow.server,
        flow.app,
        `${flow.packets}`,
        formatBytes(flow.bytes),
        formatBytes(flow.payload),
        `${Math.floor(flow.age_s)}s`,
        `${Math.floor(flow.idle_s)}s`,
        formatCounts(flow.classes),
      ]),
    ),
  ]
}

/** Any answer, a line for each of its values: `decoder.pkts  1200`. */
export function formatFacts(facts: unknown): readonly string[] {
  return alignPairs(flatten('', facts, 0))
}

function flatten(name: string, value: unknown, depth: number): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object')
  if (isList) return [[name, value.join(', ')]]
  if (depth === DEEPEST) return [[name, '…']]
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(name === '' ? key : `${name}.${key}`, inner, depth + 1),
  )
}

function alignPairs(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${printable(name).padEnd(width)}  ${printable(value)}`.trimEnd())
}

function toCells([name, count]: readonly [string, number]): readonly string[] {
  return [name, `${count}`]
}

function formatCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

function formatPercent(percent: number): string {
  return percent === 0 ? '0' : percent.toFixed(2)
}

/** `3d 4h 5m`, `12m 5s`, `9s`. */
export function formatUptime(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [Math.floor(seconds) % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0s'
  return parts
    .slice(first, first + 3)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}
