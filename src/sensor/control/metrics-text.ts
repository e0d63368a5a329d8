// A sensor's status as Prometheus text. Built anew for each scrape from a registry of its own: totals that others
// keep are copied, interfaces and outputs that are gone leave nothing behind, and what is unknown is left out.

import { Counter, Gauge, Registry } from 'prom-client'
import type { SensorStatus } from './status.ts'

/** What the process is asked for, not the sensor. */
export interface ProcessFigures {
  readonly cpuSeconds: number
  /** The longest since the last scrape. */
  readonly stallSeconds: number
}

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number | undefined]

const PREFIX = 'gait_'

/** @returns the text, and the type to announce it with */
export async function formatMetrics(
  status: SensorStatus,
  { cpuSeconds, stallSeconds }: ProcessFigures,
): Promise<{ readonly text: string; readonly contentType: string }> {
  const page = new MetricsPage()
  const { flows, memory, interfaces, outputs } = status
  page.gauge('gait_build_info', 'The version that runs: always 1.', [[{ version: status.version }, 1]])
  page.gauge('gait_program_info', 'The signatures in use, by their hash: always 1.', [
    [{ hash: status.programHash }, 1],
  ])
  page.gauge('gait_signatures', 'Signatures in use.', plain(status.signatures))
  page.gauge('gait_program_generations', 'Programs in use, counting older ones that flows finish on.', [
    [{}, status.generations],
  ])

  const device = ({ device, method }: SensorStatus['interfaces'][number]) => ({ interface: device, method })
  page.gauge(
    'gait_capture_running',
    '1 while packets are captured, 0 while the interface is away.',
    interfaces.map((one) => [device(one), one.state === 'running' ? 1 : 0]),
  )
  page.counter(
    'gait_capture_packets_total',
    'Packets that the kernel gave us or dropped.',
    interfaces.map((one) => [device(one), one.received]),
  )
  page.counter(
    'gait_capture_dropped_packets_total',
    'Packets that the kernel dropped.',
    interfaces.map((one) => [device(one), one.dropped]),
  )
  page.gauge(
    'gait_capture_loss_ratio',
    'Share of packets lost, known or estimated, 0 to 1.',
    interfaces.map((one) => [device(one), one.lossPercent === undefined ? undefined : one.lossPercent / 100]),
  )

  page.gauge('gait_flows_active', 'Flows in progress.', plain(flows.active))
  page.counter('gait_flows_total', 'Flows since the start.', plain(flows.total))
  page.counter('gait_flows_evicted_total', 'Flows that gave way to newer ones.', plain(flows.evicted))
  page.counter('gait_flows_shed_total', 'Flows left aside under overload.', plain(flows.shed))
  page.counter(
    'gait_events_total',
    'Events by type.',
    Object.entries(status.events).map(([type, count]) => [{ type }, count]),
  )

  const ofOutputs = (value: (output: SensorStatus['outputs'][number]) => number): readonly Sample[] =>
    outputs.map((output) => [{ output: output.name }, value(output)])
  page.gauge(
    'gait_output_connected',
    '1 while the receiver takes events.',
    ofOutputs((o) => (o.connected ? 1 : 0)),
  )
  page.gauge(
    'gait_output_queue_bytes',
    'Bytes that wait for the receiver.',
    ofOutputs((o) => o.queuedBytes),
  )
  page.gauge(
    'gait_output_queue_events',
    'Events that wait for the receiver.',
    ofOutputs((o) => o.queuedEvents),
  )
  page.counter(
    'gait_output_events_total',
    'Events handed to the receiver.',
    ofOutputs((o) => o.written),
  )
  page.counter(
    'gait_output_dropped_events_total',
    'Events that did not fit into the queue.',
    ofOutputs((o) => o.dropped),
  )

  page.gauge('gait_event_loop_stall_seconds', 'Longest stall since the last scrape.', plain(stallSeconds))
  page.gauge('gait_heap_used_bytes', "Used part of the JavaScript engine's heap.", plain(memory.heapUsed))
  page.gauge('process_resident_memory_bytes', 'Resident memory.', plain(memory.rss))
  page.counter('process_cpu_seconds_total', 'Time on processors, user and system.', plain(cpuSeconds))
  page.gauge('process_start_time_seconds', 'Start, in seconds since the epoch.', [
    [{}, Date.parse(status.started) / 1000],
  ])
  for (const [name, count] of Object.entries(status.counters))
    page.counter(`${PREFIX}${name.replaceAll(/[^a-zA-Z0-9]+/g, '_')}_total`, `Counter ${name}.`, plain(count))
  return page.text()
}

function plain(value: number | undefined): readonly Sample[] {
  return [[{}, value]]
}

class MetricsPage {
  readonly #registry = new Registry()

  counter(name: string, help: string, samples: readonly Sample[]): void {
    if (this.#isTaken(name)) return
    const known = samples.filter(([, value]) => isKnown(value))
    if (known.length === 0) return
    const counter = new Counter({ name, help, labelNames: labelNames(known), registers: [this.#registry] })
    for (const [labels, value] of known) counter.inc({ ...labels }, value)
  }

  gauge(name: string, help: string, samples: readonly Sample[]): void {
    const known = samples.filter(([, value]) => isKnown(value))
    if (known.length === 0) return
    const gauge = new Gauge({ name, help, labelNames: labelNames(known), registers: [this.#registry] })
    for (const [labels, value] of known) gauge.set({ ...labels }, value ?? 0)
  }

  async text(): Promise<{ readonly text: string; readonly contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType }
  }

  /** A dotted counter may say again what has a metric of its own. */
  #isTaken(name: string): boolean {
    return this.#registry.getSingleMetric(name) !== undefined
  }
}

/** A counter that is below 0 or no number would be refused, and with it the whole page. */
function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0
}

function labelNames(samples: readonly Sample[]): string[] {
  return Object.keys(samples[0]?.[0] ?? {})
}
