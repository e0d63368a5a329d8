// The open flows that are greatest in some respect, for the operator. It looks at every record, and reads into plain
// values only those that it returns.

import { word } from '../core/bytes.ts'
import {
  BYTES,
  type FlowRecords,
  LAST_TIME,
  PACKETS,
  PAYLOAD,
  realOf,
  START_TIME,
  volumeOf,
} from '../model/flow-record.ts'
import type { SignatureHead } from '../model/program.ts'
import type { Endpoint } from '../model/report.ts'
import type { FlowOrder, FlowRow } from './control/status.ts'
import { readFlowFacts } from './flow-facts.ts'
import type { Pipeline } from './pipeline.ts'

/**
 * @param most - flows to return
 * @returns the greatest first
 */
export function rankFlows(pipeline: Pipeline, most: number, by: FlowOrder): readonly FlowRow[] {
  const now = pipeline.clock.time[0] ?? 0
  const ranked: { readonly flow: number; readonly value: number }[] = []
  pipeline.table.each((flow) => {
    const value = measure(pipeline.records, flow, by, now)
    if (ranked.length >= most && value <= (ranked.at(-1)?.value ?? 0)) return
    const place = ranked.findIndex((other) => other.value < value)
    ranked.splice(place < 0 ? ranked.length : place, 0, { flow, value })
    if (ranked.length > most) ranked.pop()
  })
  return ranked.map(({ flow }) => describe(pipeline, flow, now))
}

function measure({ words, reals }: FlowRecords, flow: number, by: FlowOrder, now: number): number {
  switch (by) {
    case 'bytes':
      return volumeOf(words, flow + BYTES) + volumeOf(words, flow + BYTES + 1)
    case 'packets':
      return word(words, flow + PACKETS) + word(words, flow + PACKETS + 1)
    case 'payload':
      return volumeOf(words, flow + PAYLOAD) + volumeOf(words, flow + PAYLOAD + 1)
    case 'age':
      return now - realOf(reals, flow, START_TIME)
    case 'idle':
      return now - realOf(reals, flow, LAST_TIME)
  }
}

function describe(pipeline: Pipeline, flow: number, now: number): FlowRow {
  const facts = readFlowFacts(pipeline.records, flow)
  const { toServer, toClient } = facts
  return {
    flow_id: facts.id,
    proto: facts.protocol,
    client: formatEndpoint(facts.client),
    server: formatEndpoint(facts.server),
    app: facts.appProtocol,
    packets: toServer.packets + toClient.packets,
    bytes: toServer.bytes + toClient.bytes,
    payload: toServer.payload + toClient.payload,
    age_s: Math.round((now - facts.start) / 1e6),
    idle_s: Math.round((now - facts.last) / 1e6),
    classes: countClasses(pipeline, flow),
  }
}

function formatEndpoint({ address, port }: Endpoint): string {
  if (port === undefined) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function countClasses(pipeline: Pipeline, flow: number): Record<string, number> {
  const { signatures, sequences } = pipeline.generations.programOf(flow)
  const classes: Record<string, number> = {}
  const add = (head: SignatureHead | undefined, count: number) => {
    if (head?.class !== undefined) classes[head.class] = (classes[head.class] ?? 0) + count
  }
  for (const { signature, count } of pipeline.hitsOf(flow)) add(signatures[signature], count)
  for (const { signature, count } of pipeline.sequenceHitsOf(flow)) add(sequences[signature], count)
  return classes
}
