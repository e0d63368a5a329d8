// What a running sensor says of itself: answers of the control socket, and what /metrics is made from. Plain data
// that survives JSON; what cannot be known is undefined, and then missing in JSON.

import type { CaptureMethod, CaptureState } from '../../model/live.ts'

export interface InterfaceStatus {
  readonly device: string
  readonly method: CaptureMethod
  /** Whose stamps the packets bear. */
  readonly clock: 'kernel' | 'arrival'
  readonly state: CaptureState
  readonly received: number | undefined
  /** Packets that the kernel dropped, where it says. */
  readonly dropped: number | undefined
  /** Share of packets lost, known or estimated, in percent. */
  readonly lossPercent: number | undefined
}

export interface FlowTotals {
  readonly active: number
  /** Since the start. */
  readonly total: number
  /** Of these, those that gave way to newer ones. */
  readonly evicted: number
  /** Flows that were left aside as a whole under overload. */
  readonly shed: number
}

export interface OutputState {
  readonly name: string
  readonly connected: boolean
  readonly queuedBytes: number
  readonly queuedEvents: number
  /** Events handed to the receiver. */
  readonly written: number
  /** Events that did not fit into the queue. */
  readonly dropped: number
  readonly lastError: string | undefined
}

export interface SensorStatus {
  readonly version: string
  readonly pid: number
  /** ISO 8601, UTC. */
  readonly started: string
  readonly uptimeSeconds: number
  /** Of the program that new flows begin with. */
  readonly programHash: string
  readonly signatures: number
  /** Programs in use: the newest, and those that flows still finish on. */
  readonly generations: number
  readonly interfaces: readonly InterfaceStatus[]
  readonly flows: FlowTotals
  /** Events by name: `alerts`, `flows`, … */
  readonly events: Readonly<Record<string, number>>
  readonly outputs: readonly OutputState[]
  /** Bytes. */
  readonly memory: { readonly rss: number; readonly heapUsed: number }
  readonly loop: { readonly longestStallMs: number }
  /** By dotted name: `decode.truncated_frames`. */
  readonly counters: Readonly<Record<string, number>>
}

/** What flows can be listed by, greatest first. */
export const FLOW_ORDERS = ['bytes', 'packets', 'payload', 'age', 'idle'] as const

export type FlowOrder = (typeof FLOW_ORDERS)[number]

/** One flow in progress. Names are those of events. */
export interface FlowRow {
  readonly flow_id: number
  readonly proto: string
  /** Address with port: `10.1.0.2:40022`, `[fd00::1]:22`. */
  readonly client: string
  readonly server: string
  readonly app: string
  readonly packets: number
  readonly bytes: number
  readonly payload: number
  readonly age_s: number
  readonly idle_s: number
  /** Hits by class. */
  readonly classes: Readonly<Record<string, number>>
}

export interface FlowTop {
  /** Flows in progress, of which `flows` are the first. */
  readonly active: number
  readonly by: FlowOrder
  readonly flows: readonly FlowRow[]
}

/** Why packets are not being captured; undefined when every interface is. */
export function unreadyReason({ interfaces }: SensorStatus): string | undefined {
  const idle = interfaces.filter(({ state }) => state !== 'running')
  if (interfaces.length === 0) return 'no interface is open'
  return idle.length === 0 ? undefined : idle.map(({ device, state }) => `${device}: ${state}`).join('; ')
}
