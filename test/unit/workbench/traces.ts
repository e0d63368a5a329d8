// Flows as captures would give them, from exchanges that tests spell out.

import type { FlowTrace } from '../../../src/model/flow-trace.ts'
import type { SignatureHead } from '../../../src/model/program.ts'
import { type Specimen, type Stream, specimenOf } from '../../../src/workbench/learn/specimen.ts'
import type { PlainExchange } from '../../../src/workbench/plain-exchange.ts'
import { exchangeOf, THRESHOLD } from './exchanges.ts'

export interface TraceSpec {
  readonly protocol?: PlainExchange['protocol']
  readonly port?: number
  readonly client?: string
  readonly server?: string
  readonly capture?: string
  readonly hits?: readonly SignatureHead[]
  readonly id?: number
}

/** @param text - an exchange; of protocol `ssh` its messages, each of which is a packet, too */
export function traceOf(text: string, spec: TraceSpec = {}): FlowTrace {
  const { protocol = 'tcp', port = 4000, client = '10.0.0.1', server = '10.0.0.9', id = 1 } = spec
  const exchange = exchangeOf(text, protocol, port)
  const isSsh = protocol === 'ssh'
  const packets = exchange.events.map((event) =>
    event.kind === 'gap' ? event : { ...event, message: undefined },
  )
  const bytes = (side: number) =>
    packets.reduce((sum, e) => sum + (e.kind === 'element' && e.direction === side ? e.size : 0), 0)
  const volume = (side: number) => ({ packets: 1, bytes: bytes(side), payload: bytes(side) })
  const isIcmp = protocol === 'icmp'
  return {
    flow: {
      id,
      protocol: protocol === 'udp' ? 'UDP' : isIcmp ? 'ICMP' : 'TCP',
      client: { address: client, port: isIcmp ? undefined : 40_000 + id },
      server: { address: server, port: isIcmp ? undefined : port },
      icmp: undefined,
      vlan: [],
      source: 0,
      appProtocol: isSsh ? 'ssh' : 'failed',
      start: exchange.startTime,
      last: exchange.startTime,
      elements: packets.length,
      toServer: volume(0),
      toClient: volume(1),
    },
    capture: spec.capture ?? 'some.pcap',
    startSeen: exchange.startSeen,
    startTime: exchange.startTime,
    endTime: exchange.endTime,
    packets,
    messages: isSsh ? exchange.events : undefined,
    truncated: false,
    figures: exchange.figures,
    hits: spec.hits ?? [],
  }
}

export function tracesOf(texts: readonly string[], spec: TraceSpec = {}): readonly FlowTrace[] {
  return texts.map((text, i) => traceOf(text, { id: i + 1, ...spec }))
}

export function specimensOf(
  texts: readonly string[],
  stream: Stream = 'packets',
  spec: TraceSpec = stream === 'messages' ? { protocol: 'ssh' } : {},
): readonly Specimen[] {
  return tracesOf(texts, spec).flatMap((trace) => specimenOf(trace, stream, THRESHOLD) ?? [])
}
