// What leaves the packet path, made by hand: `flow({ protocol: 'UDP' })`; and what a sink writes of it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packElement } from '../../../src/model/element.ts'
import { NO_DETAILS, type ProgramSignature, type SignatureDetails } from '../../../src/model/program.ts'
import type { FlowEnd, FlowFacts, Hit, RunTotals } from '../../../src/model/report.ts'
import type { SshMessage } from '../../../src/model/ssh.ts'
import { LineSink } from '../../../src/output/line-sink.ts'

/** 2026-11-21T03:00:00 UTC, µs. */
export const START = Date.UTC(2026, 10, 21, 3) * 1000

export function flow(fields: Partial<FlowFacts> = {}): FlowFacts {
  return {
    id: 7,
    protocol: 'TCP',
    client: { address: '10.0.0.1', port: 40000 },
    server: { address: '10.0.0.2', port: 22 },
    icmp: undefined,
    vlan: [],
    source: 0,
    appProtocol: 'ssh',
    start: START,
    last: START + 9_012_345,
    elements: 18,
    toServer: { packets: 10, bytes: 1000, payload: 320 },
    toClient: { packets: 9, bytes: 900, payload: 500 },
    ...fields,
  }
}

export function signature(fields: Partial<ProgramSignature> = {}): ProgramSignature {
  return {
    sid: 1000003,
    rev: 2,
    description: 'SSH1 - invalid password attempt',
    class: 'ssh.auth.failure',
    severity: 2,
    limit: 0,
    details: NO_DETAILS,
    text: 'tcp * = c12 + s52',
    file: 'ssh1.sig',
    line: 3,
    protocol: 'tcp',
    port: -1,
    fuzzy: false,
    atStart: false,
    atEnd: false,
    elements: [],
    ...fields,
  }
}

export function details(fields: Partial<SignatureDetails>): SignatureDetails {
  return { ...NO_DETAILS, ...fields }
}

export function message(fields: Partial<SshMessage> = {}): SshMessage {
  return {
    side: 0,
    name: 'PASSWORD',
    wire: 148,
    payload: [109, 116],
    time: START + 7_000_000,
    delay: 2_020_000,
    roundTrip: 20_000,
    latency: 2_000_000,
    packet: 17,
    ordinal: 14,
    phases: 0,
    ...fields,
  }
}

export function hit(fields: Partial<Hit> = {}): Hit {
  return {
    time: START + 9_012_345,
    flow: flow(),
    signature: signature(),
    count: 2,
    first: 17,
    last: 18,
    elements: packed('c12 + s52'),
    why: [],
    campaign: undefined,
    facts: {},
    ...fields,
  }
}

export function flowEnd(fields: Partial<FlowEnd> = {}): FlowEnd {
  return {
    time: START + 20_000_000,
    flow: flow(),
    state: 'closed',
    reason: 'timeout',
    flagsToServer: 0x1b,
    flagsToClient: 0x12,
    sequence: packed('s21 c32 + s40'),
    truncated: false,
    hits: [],
    ssh: undefined,
    retransmits: 0,
    reordered: 0,
    missingBytes: 0,
    startSeen: true,
    endSeen: true,
    handshakeSeen: true,
    ...fields,
  }
}

export function totals(fields: Partial<RunTotals> = {}): RunTotals {
  return {
    time: START,
    uptimeSeconds: 12.9,
    frames: 262,
    bytes: 23104,
    skipped: [],
    counters: [],
    flows: 3,
    liveFlows: 1,
    evictedFlows: 0,
    alerts: (fields.hits ?? []).reduce((sum, { count }) => sum + count, 0),
    signatures: 23,
    hits: [],
    ...fields,
  }
}

/** Elements as a signature writes them, packed: `c12 + s52`; `c!1448` is a gap. */
export function packed(text: string): readonly number[] {
  return [...text.matchAll(/(\+ )?([cs])(!?)(\d+)/g)].map(([, pause, side, gap, size]) => {
    const element = packElement(side === 'c' ? 0 : 1, Number(size), pause === undefined ? 0 : 1)
    return gap === '!' ? ~element : element
  })
}

/** The lines that a report writes to its sink. */
export function linesOf(write: (sink: LineSink) => void): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'gait-output-'))
  try {
    const path = join(folder, 'lines')
    const sink = LineSink.file(path)
    write(sink)
    sink.close()
    const text = readFileSync(path, 'utf8')
    return text === '' ? [] : text.replace(/\n$/, '').split('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
