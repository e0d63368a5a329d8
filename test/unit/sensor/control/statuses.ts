// A status for tests to print, serve and change.

import type { FlowTop, SensorStatus } from '../../../../src/sensor/control/status.ts'

export const STATUS: SensorStatus = {
  version: '0.1.0',
  pid: 4711,
  started: '2026-11-21T02:43:00.000Z',
  uptimeSeconds: 93_784,
  programHash: '5f2a90c1',
  signatures: 812,
  generations: 2,
  interfaces: [
    {
      device: 'eth0',
      method: 'pipe',
      clock: 'kernel',
      state: 'running',
      received: 1_200_000,
      dropped: 3000,
      lossPercent: 0.25,
    },
    {
      device: 'eth1',
      method: 'cap',
      clock: 'arrival',
      state: 'running',
      received: undefined,
      dropped: undefined,
      lossPercent: undefined,
    },
  ],
  flows: { active: 17, total: 4000, evicted: 5, shed: 6 },
  events: { alerts: 31, flows: 3983 },
  outputs: [
    {
      name: '/var/log/gait/eve.json',
      connected: true,
      queuedBytes: 0,
      queuedEvents: 0,
      written: 4014,
      dropped: 0,
      lastError: undefined,
    },
    {
      name: 'tcp://10.0.0.9:5044',
      connected: false,
      queuedBytes: 2900,
      queuedEvents: 7,
      written: 12,
      dropped: 2,
      lastError: 'connect ECONNREFUSED',
    },
  ],
  memory: { rss: 123_456_789, heapUsed: 31_000_000 },
  loop: { longestStallMs: 12.4 },
  counters: { 'decode.truncated_frames': 9, 'flow.evicted_flows': 0 },
}

export const FLOWS: FlowTop = {
  active: 17,
  by: 'bytes',
  flows: [
    {
      flow_id: 7,
      proto: 'TCP',
      client: '10.1.0.2:40022',
      server: '10.1.0.1:22',
      app: 'ssh',
      packets: 18,
      bytes: 2900,
      payload: 820,
      age_s: 9.2,
      idle_s: 0,
      classes: { 'ssh.auth.failure': 2, 'actor.human': 1 },
    },
    {
      flow_id: 12,
      proto: 'UDP',
      client: '[fd00::1]:5353',
      server: '[ff02::fb]:5353',
      app: 'failed',
      packets: 1,
      bytes: 90,
      payload: 48,
      age_s: 120,
      idle_s: 120,
      classes: {},
    },
  ],
}
