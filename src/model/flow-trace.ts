// One flow of a capture as a signature sees it: what the workbench aligns, explains and clusters.

import type { Direction, SignatureHead } from './program.ts'
import type { FlowFacts } from './report.ts'
import type { SshMessage } from './ssh.ts'

export interface FlowTrace {
  readonly flow: FlowFacts
  /** The file that it was read from. */
  readonly capture: string
  /** The capture holds the flow's start. */
  readonly startSeen: boolean
  /** When the flow's first packet came, µs. */
  readonly startTime: number
  /** When its end was seen, µs; undefined when it was not, or lies behind what was kept. */
  readonly endTime: number | undefined
  /** The first packets. */
  readonly packets: readonly TraceEvent[]
  /** Messages, where an SSH connection was read; else undefined. */
  readonly messages: readonly TraceEvent[] | undefined
  /** There was more than was kept. */
  readonly truncated: boolean
  /** `speaks.tls` and its like, and what the SSH handshake gave, as they were at the end. */
  readonly figures: ReadonlyMap<string, number>
  /** What matched it. */
  readonly hits: readonly SignatureHead[]
}

export type TraceEvent = TracedElement | TracedGap

export interface TracedElement {
  readonly kind: 'element'
  readonly direction: Direction
  /** Bytes. */
  readonly size: number
  /** µs. */
  readonly time: number
  /** undefined for a packet. */
  readonly message: SshMessage | undefined
}

/** Something is missing here. */
export interface TracedGap {
  readonly kind: 'gap'
}
