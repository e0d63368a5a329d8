// Reads a flow's record into plain values. For reports: it allocates.

import { formatIpv4, formatIpv6 } from '../core/address.ts'
import { word } from '../core/bytes.ts'
import { APP_PROTOCOLS } from '../exchange/app-protocol.ts'
import {
  ADDRESS_A,
  ADDRESS_B,
  appOf,
  BYTES,
  CLIENT_IS_B,
  ELEMENTS,
  FLOW_ID,
  type FlowRecords,
  IS_V6,
  LAST_TIME,
  ORIGIN,
  PACKETS,
  PAYLOAD,
  PORTS,
  realOf,
  START_TIME,
  STATE,
  VLAN_PROTOCOL,
  volumeOf,
} from '../model/flow-record.ts'
import { Protocol } from '../model/program.ts'
import type { Endpoint, FlowFacts, Volume } from '../model/report.ts'

const PROTOCOL_NAMES: ReadonlyMap<number, FlowFacts['protocol']> = new Map([
  [Protocol.tcp, 'TCP'],
  [Protocol.udp, 'UDP'],
  [Protocol.icmp, 'ICMP'],
  [Protocol.icmpv6, 'IPv6-ICMP'],
])

export function readFlowFacts(records: FlowRecords, flow: number): FlowFacts {
  const { words, reals } = records
  const client = word(words, flow + STATE) & CLIENT_IS_B
  const server = client ^ 1
  const protocol = PROTOCOL_NAMES.get(word(words, flow + VLAN_PROTOCOL) & 255) ?? 'TCP'
  const isIcmp = protocol === 'ICMP' || protocol === 'IPv6-ICMP'
  const origin = word(words, flow + ORIGIN)
  const app = appOf(words, flow)
  return {
    id: realOf(reals, flow, FLOW_ID),
    protocol,
    client: readEndpoint(words, flow, client, isIcmp),
    server: readEndpoint(words, flow, server, isIcmp),
    icmp: isIcmp ? { type: (origin >> 8) & 255, code: origin & 255 } : undefined,
    vlan: readVlans(word(words, flow + VLAN_PROTOCOL) >>> 8),
    source: origin >>> 16,
    appProtocol: APP_PROTOCOLS[app] || 'failed',
    start: realOf(reals, flow, START_TIME),
    last: realOf(reals, flow, LAST_TIME),
    elements: word(words, flow + ELEMENTS),
    toServer: readVolume(words, flow, client),
    toClient: readVolume(words, flow, server),
  }
}

function readEndpoint(words: Int32Array, flow: number, end: number, isIcmp: boolean): Endpoint {
  const at = flow + (end === 0 ? ADDRESS_A : ADDRESS_B)
  const isV6 = (word(words, flow + STATE) & IS_V6) !== 0
  const address = isV6 ? formatIpv6([...words.subarray(at, at + 4)]) : formatIpv4(word(words, at))
  const ports = word(words, flow + PORTS)
  return { address, port: isIcmp ? undefined : end === 0 ? ports >>> 16 : ports & 0xffff }
}

/** One id below 12 bits, or two: outer << 12 | inner. An untagged packet cannot be told from VLAN 0. */
function readVlans(vlan: number): readonly number[] {
  if (vlan === 0) return []
  return vlan > 0xfff ? [vlan >>> 12, vlan & 0xfff] : [vlan]
}

function readVolume(words: Int32Array, flow: number, end: number): Volume {
  return {
    packets: word(words, flow + PACKETS + end),
    bytes: volumeOf(words, flow + BYTES + end),
    payload: volumeOf(words, flow + PAYLOAD + end),
  }
}
