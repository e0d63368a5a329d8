// Reports as Suricata EVE JSON plus a `gait` object: docs/events.md, docs/events.schema.json.

import { directionOf } from '../model/element.ts'
import type { EventSink, OutgoingEvent } from '../model/event.ts'
import type { SignatureHead } from '../model/program.ts'
import type {
  CampaignFacts,
  EngineReport,
  FlowEnd,
  FlowFacts,
  Hit,
  Losses,
  ReloadFacts,
  ReportSink,
  RunTotals,
  SshReport,
} from '../model/report.ts'
import { labelOf, type SshMessage } from '../model/ssh.ts'
import { formatCommunityId } from './community-id.ts'
import { sshGait, sshObject } from './eve-ssh.ts'
import { formatTime } from './human-units.ts'
import { printable } from './printable.ts'
import { formatElements, formatSequence } from './raw-signature.ts'

/** Skipped frames that are broken. The others are sound, but not TCP, UDP or ICMP, or wait for reassembly. */
const INVALID: ReadonlySet<string> = new Set([
  'decode.truncated_frames',
  'decode.malformed_frames',
  'decode.bad_length_frames',
  'decode.refused_fragments',
  'decode.too_deep_frames',
  'decode.bad_checksum_frames',
])

const FLAGS = [
  ['fin', 1],
  ['syn', 2],
  ['rst', 4],
  ['psh', 8],
  ['ack', 16],
  ['urg', 32],
  ['ece', 64],
  ['cwr', 128],
] as const

/** EVE's field for where packets came from. */
export type SourceField = 'pcap_filename' | 'in_iface'

/** What outputs choose by, of an event that concerns no alert and no flow. */
const NOTHING = {
  class: undefined,
  severity: undefined,
  sid: undefined,
  client: undefined,
  server: undefined,
} as const

export class EveReport implements ReportSink {
  readonly #sink: EventSink
  readonly #sources: readonly string[]
  readonly #sourceField: SourceField

  /** @param sources - names of the captures or interfaces, by the flows' source index */
  constructor(sink: EventSink, sources: readonly string[], sourceField: SourceField = 'pcap_filename') {
    this.#sink = sink
    this.#sources = sources
    this.#sourceField = sourceField
  }

  hit(hit: Hit): void {
    const { class: name, details } = hit.signature
    this.#alert(hit, name)
    // What else the flow is by this is said once.
    if (hit.count === 1) for (const also of details.also) this.#alert(hit, also)
  }

  #alert(hit: Hit, name: string | undefined): void {
    const { flow, signature } = hit
    const line = lineOf({
      ...this.#common('alert', hit.time, flow),
      alert: {
        action: 'allowed',
        gid: 1,
        signature_id: signature.sid,
        rev: signature.rev,
        signature: signature.description,
        category: name ?? '',
        severity: signature.severity,
        ...metadataOf(signature),
      },
      gait: {
        ...(name === undefined ? {} : { class: name }),
        hit: hit.count,
        matched: formatElements(hit.elements),
        ...(hit.why.length === 0 ? {} : { why: hit.why.map(explain) }),
        ...(signature.details.confidence === undefined ? {} : { confidence: signature.details.confidence }),
        ...(hit.campaign === undefined ? {} : { campaign: campaignObject(hit.campaign) }),
        first_packet: hit.first,
        last_packet: hit.last,
        packets: flow.elements,
        bytes: flow.toServer.payload + flow.toClient.payload,
        span_ms: Math.floor((flow.last - flow.start) / 1000),
        ...hit.facts,
      },
    })
    this.#sink.event({
      type: 'alert',
      line,
      time: hit.time,
      class: name,
      severity: signature.severity,
      sid: signature.sid,
      client: flow.client.address,
      server: flow.server.address,
    })
  }

  ssh({ time, flow, handshake }: SshReport): void {
    const common = this.#common('ssh', time, flow)
    const line = lineOf({ ...common, ssh: sshObject(handshake), gait: sshGait(handshake) })
    this.#ofFlow('ssh', line, time, flow)
  }

  flowEnd(end: FlowEnd): void {
    const { flow } = end
    const line = lineOf({
      ...this.#common('flow', end.time, flow),
      flow: {
        pkts_toserver: flow.toServer.packets,
        pkts_toclient: flow.toClient.packets,
        bytes_toserver: flow.toServer.bytes,
        bytes_toclient: flow.toClient.bytes,
        start: formatTime(flow.start),
        end: formatTime(flow.last),
        age: Math.floor((flow.last - flow.start) / 1e6),
        state: end.state,
        reason: end.reason,
        alerted: end.hits.length > 0,
      },
      ...(flow.protocol === 'TCP' ? { tcp: tcpObject(end) } : {}),
      gait: {
        payload_toserver: flow.toServer.payload,
        payload_toclient: flow.toClient.payload,
        sequence: formatSequence(end),
        truncated: end.truncated,
        classes: countClasses(end),
        retransmits: end.retransmits,
        reordered: end.reordered,
        missing_bytes: end.missingBytes,
        ...(end.ssh === undefined
          ? {}
          : { keystrokes: end.ssh.keystrokes, messages: end.ssh.messages.join(' ') }),
        complete: {
          start: end.startSeen,
          end: end.endSeen,
          both_ways: flow.toServer.packets > 0 && flow.toClient.packets > 0,
          handshake: end.handshakeSeen,
        },
        unsure: doubts(end),
      },
    })
    this.#ofFlow('flow', line, end.time, flow)
  }

  totals(totals: RunTotals): void {
    const invalid = totals.skipped.reduce((sum, [name, count]) => sum + (INVALID.has(name) ? count : 0), 0)
    const line = lineOf({
      timestamp: formatTime(totals.time),
      event_type: 'stats',
      stats: {
        uptime: Math.floor(totals.uptimeSeconds),
        capture: captureObject(totals),
        decoder: { pkts: totals.frames, bytes: totals.bytes, invalid },
        flow: { active: totals.liveFlows, total: totals.flows, evicted: totals.evictedFlows },
        detect: {
          signatures: totals.signatures,
          alerts: totals.alerts,
        },
      },
      gait: {
        counters: Object.fromEntries([...totals.skipped, ...totals.counters]),
        ...lossObject(totals.losses),
      },
    })
    this.#sink.event({ type: 'stats', line, time: totals.time, ...NOTHING })
  }

  /** What the program did itself; of the live sensor only. */
  engine({ time, message, reload }: EngineReport): void {
    const line = lineOf({
      timestamp: formatTime(time),
      event_type: 'engine',
      engine: { message },
      gait: reload === undefined ? {} : { reload: reloadObject(reload) },
    })
    this.#sink.event({ type: 'engine', line, time, ...NOTHING })
  }

  #common(type: string, time: number, flow: FlowFacts): object {
    const { client, server, icmp } = flow
    return {
      timestamp: formatTime(time),
      flow_id: flow.id,
      [this.#sourceField]: this.#sources[flow.source] ?? '-',
      event_type: type,
      ...(flow.vlan.length > 0 ? { vlan: flow.vlan } : {}),
      src_ip: client.address,
      ...(client.port === undefined ? {} : { src_port: client.port }),
      dest_ip: server.address,
      ...(server.port === undefined ? {} : { dest_port: server.port }),
      proto: flow.protocol,
      ...(icmp === undefined ? {} : { icmp_type: icmp.type, icmp_code: icmp.code }),
      app_proto: flow.appProtocol,
      community_id: formatCommunityId(flow),
    }
  }

  #ofFlow(type: OutgoingEvent['type'], line: string, time: number, { client, server }: FlowFacts): void {
    this.#sink.event({
      type,
      line,
      time,
      class: undefined,
      severity: undefined,
      sid: undefined,
      client: client.address,
      server: server.address,
    })
  }
}

/** What JSON leaves as it is but a terminal would obey is escaped, too; a reader gets the same text. */
function lineOf(event: object): string {
  return printable(JSON.stringify(event))
}

/** What a live capture cannot know is not there. */
function captureObject({ capture, frames }: RunTotals): object {
  if (capture === undefined) return { kernel_packets: frames, kernel_drops: 0 }
  const { received, dropped } = capture
  return {
    kernel_packets: received ?? frames,
    ...(dropped === undefined ? {} : { kernel_drops: dropped }),
  }
}

function reloadObject({ oldHash, newHash, added, removed, changed }: ReloadFacts): object {
  return { old_hash: oldHash, new_hash: newHash, added, removed, changed }
}

/** Of a live capture: percent, to the hundredth. What nothing counts is absent. */
function lossObject(losses: Losses | undefined): object {
  if (losses === undefined) return {}
  const rounded = (percent: number | undefined) =>
    percent === undefined ? undefined : Math.round(percent * 100) / 100
  return { loss_percent: { kernel: rounded(losses.kernel), streams: rounded(losses.streams) } }
}

/** Suricata's form: every value is a list. */
function metadataOf({ details }: SignatureHead): object {
  const { mitre, references } = details
  if (mitre.length + references.length === 0) return {}
  return {
    metadata: {
      ...(mitre.length === 0 ? {} : { mitre_technique_id: mitre }),
      ...(references.length === 0 ? {} : { reference: references }),
    },
  }
}

function campaignObject({ id, by, hits, flows, clients, servers, first, last }: CampaignFacts): object {
  return { id, by, flows, attempts: hits, clients, servers, first: formatTime(first), last: formatTime(last) }
}

function explain(message: SshMessage): object {
  const { wire, packet, time } = message
  return { message: labelOf(message), size: wire, packet, time: formatTime(time) }
}

function tcpObject(end: FlowEnd): object {
  const all = end.flagsToServer | end.flagsToClient
  const hex = (flags: number) => flags.toString(16).padStart(2, '0')
  return {
    tcp_flags: hex(all),
    tcp_flags_ts: hex(end.flagsToServer),
    tcp_flags_tc: hex(end.flagsToClient),
    ...Object.fromEntries(FLAGS.filter(([, bit]) => (all & bit) !== 0).map(([name]) => [name, true])),
    state: end.state,
  }
}

function classesOf({ class: name, details }: SignatureHead, count: number): readonly [string, number][] {
  const also = details.also.map((other): [string, number] => [other, 1])
  return name === undefined ? also : [[name, count], ...also]
}

function countClasses(end: FlowEnd): Record<string, number> {
  const classes: Record<string, number> = {}
  for (const { signature, count } of end.hits)
    for (const [name, times] of classesOf(signature, count)) classes[name] = (classes[name] ?? 0) + times
  return classes
}

/** What could not be told of the flow, and why. */
function doubts(end: FlowEnd): readonly string[] {
  const list: string[] = []
  if (end.flow.protocol === 'TCP' && !end.startSeen) list.push('start: the capture began in mid-stream')
  const gap = end.sequence.findIndex((packed) => packed < 0)
  if (gap >= 0) {
    const side = directionOf(~(end.sequence[gap] ?? 0)) === 0 ? 'client' : 'server'
    const before = end.sequence.slice(0, gap).length
    list.push(`match: bytes of the ${side} are missing after packet ${before}`)
  } else if (end.missingBytes > 0) list.push(`match: ${end.missingBytes} bytes are missing`)
  return [...list, ...(end.ssh?.unsure ?? [])]
}
