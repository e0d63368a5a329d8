import { describe, expect, it } from 'vitest'
import { formatMetrics } from '../../../../src/sensor/control/metrics-text.ts'
import type { SensorStatus } from '../../../../src/sensor/control/status.ts'
import { STATUS } from './statuses.ts'

const FIGURES = { cpuSeconds: 12.5, stallSeconds: 0.012 }

/** Samples by metric and labels. */
async function samplesOf(status: SensorStatus): Promise<Readonly<Record<string, number>>> {
  const { text } = await formatMetrics(status, FIGURES)
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

describe('formatMetrics', () => {
  it('has every figure of a status, in base units', async () => {
    expect(await samplesOf(STATUS)).toEqual({
      'gait_build_info{version="0.1.0"}': 1,
      'gait_program_info{hash="5f2a90c1"}': 1,
      gait_signatures: 812,
      gait_program_generations: 2,
      'gait_capture_running{interface="eth0",method="pipe"}': 1,
      'gait_capture_running{interface="eth1",method="cap"}': 1,
      'gait_capture_packets_total{interface="eth0",method="pipe"}': 1_200_000,
      'gait_capture_dropped_packets_total{interface="eth0",method="pipe"}': 3000,
      'gait_capture_loss_ratio{interface="eth0",method="pipe"}': 0.0025,
      gait_flows_active: 17,
      gait_flows_total: 4000,
      gait_flows_evicted_total: 5,
      gait_flows_shed_total: 6,
      'gait_events_total{type="alerts"}': 31,
      'gait_events_total{type="flows"}': 3983,
      'gait_output_connected{output="/var/log/gait/eve.json"}': 1,
      'gait_output_connected{output="tcp://10.0.0.9:5044"}': 0,
      'gait_output_queue_bytes{output="/var/log/gait/eve.json"}': 0,
      'gait_output_queue_bytes{output="tcp://10.0.0.9:5044"}': 2900,
      'gait_output_queue_events{output="/var/log/gait/eve.json"}': 0,
      'gait_output_queue_events{output="tcp://10.0.0.9:5044"}': 7,
      'gait_output_events_total{output="/var/log/gait/eve.json"}': 4014,
      'gait_output_events_total{output="tcp://10.0.0.9:5044"}': 12,
      'gait_output_dropped_events_total{output="/var/log/gait/eve.json"}': 0,
      'gait_output_dropped_events_total{output="tcp://10.0.0.9:5044"}': 2,
      gait_event_loop_stall_seconds: 0.012,
      gait_heap_used_bytes: 31_000_000,
      process_resident_memory_bytes: 123_456_789,
      process_cpu_seconds_total: 12.5,
      process_start_time_seconds: 1_795_228_980,
      gait_decode_truncated_frames_total: 9,
      gait_flow_evicted_flows_total: 0,
    })
  })

  it('says of each metric what it is, and nothing twice', async () => {
    const { text, contentType } = await formatMetrics(STATUS, FIGURES)
    expect(text).toContain(
      '# HELP gait_flows_total Flows since the start.\n# TYPE gait_flows_total counter\ngait_flows_total 4000\n',
    )
    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
    const types = text.split('\n').filter((line) => line.startsWith('# TYPE'))
    expect(new Set(types).size).toBe(types.length)
    expect((await formatMetrics(STATUS, FIGURES)).text).toBe(text)
    // Rules of the text format: https://prometheus.io/docs/instrumenting/exposition_formats/
    const sample = /^[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[\d.e+]+$/
    for (const line of text.split('\n').slice(0, -1))
      if (!line.startsWith('#') && line !== '') expect(line).toMatch(sample)
  })

  it('follows interfaces and outputs that come and go', async () => {
    const samples = await samplesOf({ ...STATUS, interfaces: [], outputs: [] })
    expect(
      Object.keys(samples).filter((name) => name.startsWith('gait_capture') || name.includes('output')),
    ).toEqual([])
  })

  it('escapes names, and leaves out what would spoil the page', async () => {
    const output = { ...(STATUS.outputs[0] as SensorStatus['outputs'][number]), name: 'a"b\\c\nd' }
    const samples = await samplesOf({
      ...STATUS,
      outputs: [output],
      counters: { 'flows.total': 1, flows: 2, 'a.b': Number.NaN, 'a.c': -1, 'a-b.c d': 3 },
    })
    expect(samples['gait_output_connected{output="a\\"b\\\\c\\nd"}']).toBe(1)
    expect(samples).toMatchObject({ gait_flows_total: 4000, gait_a_b_c_d_total: 3 })
    expect(Object.keys(samples).filter((name) => name.startsWith('gait_a_'))).toHaveLength(1)
  })
})
