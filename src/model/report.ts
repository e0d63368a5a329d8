// What leaves the packet path: plain values, made for a hit or a flow's end, and written out by output/.

import type { CaptureTotals } from './live.ts'
import type { SignatureHead } from './program.ts'
import type { SshHandshake, SshMessage } from './ssh.ts'

export interface Endpoint {
  readonly address: string
  /** undefined for ICMP. */
  readonly port: number | undefined
}

/** What is known of a flow at some moment. Times are µs since the epoch, sizes bytes. */
export interface FlowFacts {
  /** Unique in this run, from 1. */
  readonly id: number
  readonly protocol: 'TCP' | 'UDP' | 'ICMP' | 'IPv6-ICMP'
  readonly client: Endpoint
  readonly server: Endpoint
  readonly icmp: { readonly type: number; readonly code: number } | undefined
  /** Outermost first. */
  readonly vlan: readonly number[]
  /** Index of the capture or interface that the first packet came from. */
  readonly source: number
  /** EVE's word, `failed` when nothing was recognised. */
  readonly appProtocol: string
  readonly start: number
  readonly last: number
  /** Elements: packets that brought payload; datagrams. */
  readonly elements: number
  readonly toServer: Volume
  readonly toClient: Volume
}

export interface Volume {
  readonly packets: number
  /** Whole frames. */
  readonly bytes: number
  /** Layer-7 bytes, each once. */
  readonly payload: number
}

/** A signature hit. */
export interface Hit {
  /** Packet time of the completing element, µs. */
  readonly time: number
  readonly flow: FlowFacts
  readonly signature: SignatureHead
  /** Of this signature in this flow, from 1. */
  readonly count: number
  /** Ordinals of the first and last matched packet, from 1. */
  readonly first: number
  readonly last: number
  /** The matched elements, packed (model/element.ts), as far as they were kept. */
  readonly elements: readonly number[]
  /** The SSH messages that made it, as far as they were kept. */
  readonly why: readonly SshMessage[]
  /** Of a hit that was counted over flows; `flow` is the one that made it known. */
  readonly campaign: CampaignFacts | undefined
  /** What the signature tells besides, by name. */
  readonly facts: Readonly<Record<string, string | number>>
}

/** What was counted over flows. */
export interface CampaignFacts {
  /** The same for all hits of one client, server or pair. */
  readonly id: string
  readonly by: 'client' | 'server' | 'pair'
  readonly hits: number
  readonly flows: number
  readonly clients: number
  readonly servers: number
  /** Times of the first and the last, µs. */
  readonly first: number
  readonly last: number
}

/** A flow was given up: it ended, timed out, or the input or the room ran out. */
export interface FlowEnd {
  /** Packet time at which it was noticed, µs. */
  readonly time: number
  readonly flow: FlowFacts
  readonly state: 'new' | 'established' | 'closed'
  readonly reason: 'timeout' | 'forced' | 'shutdown' | 'tcp_reuse'
  /** TCP control bits seen of each side. */
  readonly flagsToServer: number
  readonly flagsToClient: number
  /** The first elements, packed; gaps as complements. Empty when nobody asked for them. */
  readonly sequence: readonly number[]
  /** The flow had more elements than `sequence` holds. */
  readonly truncated: boolean
  readonly hits: readonly { readonly signature: SignatureHead; readonly count: number }[]
  /** What was read of an SSH connection; undefined when it was none, or nobody asked. */
  readonly ssh: SshSummary | undefined
  readonly retransmits: number
  readonly reordered: number
  readonly missingBytes: number
  readonly startSeen: boolean
  readonly endSeen: boolean
  readonly handshakeSeen: boolean
}

/** An SSH connection at its end. */
export interface SshSummary {
  /** The first messages, as signatures write them. */
  readonly messages: readonly string[]
  /** Messages as long as a keystroke, of the side that typed more. */
  readonly keystrokes: number
  /** What could not be told, and why. */
  readonly unsure: readonly string[]
}

/** An SSH flow's handshake is known. */
export interface SshReport {
  /** Packet time of what made it known, µs. */
  readonly time: number
  readonly flow: FlowFacts
  readonly handshake: SshHandshake
}

/** Totals at the end of a run. */
export interface RunTotals {
  /** Packet time of the last packet, µs. */
  readonly time: number
  /** Seconds since the run began, on the wall. */
  readonly uptimeSeconds: number
  readonly frames: number
  readonly bytes: number
  /** What the kernel tells of a live capture; absent in a replay, whose frames are all there. */
  readonly capture?: CaptureTotals
  /** Of a live capture, since the last totals. */
  readonly losses?: Losses
  /** Frames that carried no packet for the flow table, and why. */
  readonly skipped: readonly (readonly [name: string, count: number])[]
  readonly counters: readonly (readonly [name: string, count: number])[]
  readonly flows: number
  readonly liveFlows: number
  readonly evictedFlows: number
  readonly signatures: number
  /** Hits reported. */
  readonly alerts: number
  readonly hits: readonly { readonly signature: SignatureHead; readonly count: number }[]
}

/** What the program did, or was told to do. */
export interface EngineReport {
  /** On the wall, µs. */
  readonly time: number
  /** Such as `signatures reloaded`. */
  readonly message: string
  /** Of a change of signatures. */
  readonly reload: ReloadFacts | undefined
}

/** What a change of signatures changed, by their ids. */
export interface ReloadFacts {
  readonly oldHash: string
  readonly newHash: string
  readonly added: readonly number[]
  readonly removed: readonly number[]
  readonly changed: readonly number[]
}

/** What of the traffic was not seen, percent; undefined when nothing came or nothing counts it. */
export interface Losses {
  /** Packets that the kernel dropped. */
  readonly kernel: number | undefined
  /** Bytes of TCP streams that their receivers acknowledged, but no packet brought. */
  readonly streams: number | undefined
}

/** Where reports go. */
export interface ReportSink {
  hit(hit: Hit): void
  ssh(report: SshReport): void
  /** Called only when `wantsFlows`. */
  flowEnd(end: FlowEnd): void
  totals(totals: RunTotals): void
}
