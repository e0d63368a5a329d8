// One flow as the workbench has it, be it written in an example or read from a capture: all that a signature can see.

import type { Suite } from '../exchange/ssh/suite.ts'
import type { HandshakeFigureName } from '../model/figures.ts'
import type { Direction, SequenceSignature } from '../model/program.ts'
import type { SshMessage } from '../model/ssh.ts'

export interface PlainExchange {
  /** `ssh`: its elements are messages; else they are packets. */
  readonly protocol: SequenceSignature['protocol']
  readonly serverPort: number
  /** The capture holds the flow's start. */
  readonly startSeen: boolean
  /** When the flow's first packet came, µs. */
  readonly startTime: number
  /** When the flow's end was seen, µs; undefined when it was not. */
  readonly endTime: number | undefined
  readonly events: readonly PlainEvent[]
  /** Figures that elements do not show: `speaks.tls`, `ssh.messages`, and those of the handshake. */
  readonly figures: ReadonlyMap<string, number>
  /** What wraps the messages of an SSH connection; undefined when that is not known. */
  readonly suites: readonly [toServer: Suite, toClient: Suite] | undefined
}

export type PlainEvent = PlainElement | PlainGap

export interface PlainElement {
  readonly kind: 'element'
  readonly direction: Direction
  /** Bytes. */
  readonly size: number
  /** µs. */
  readonly time: number
  /** Of an SSH connection; undefined for a packet. */
  readonly message: SshMessage | undefined
}

/** Something is missing here. */
export interface PlainGap {
  readonly kind: 'gap'
}

/** A connection between a present-day OpenSSH client and server. */
export const USUAL_HANDSHAKE: Readonly<Record<HandshakeFigureName, number>> = {
  version: 2,
  'weak.kex': 0,
  'weak.hostkey': 0,
  'weak.cipher': 0,
  'weak.mac': 0,
  terrapin: 0,
  compressed: 0,
  'c.openssh': 9.2,
  's.openssh': 9.2,
  'c.library': 0,
  'c.hostkeys': 3,
}
