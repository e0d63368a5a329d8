// What an SSH handshake says in the clear (RFC 4253), and the messages behind it: plain values.

import type { MessageName } from './messages.ts'
import type { Direction } from './program.ts'

/** The name-lists of a KEXINIT message (RFC 4253 §7.1), in its own order of preference. */
export interface KexInit {
  readonly kex: readonly string[]
  readonly hostKeys: readonly string[]
  readonly ciphersToServer: readonly string[]
  readonly ciphersToClient: readonly string[]
  readonly macsToServer: readonly string[]
  readonly macsToClient: readonly string[]
  readonly compressionToServer: readonly string[]
  readonly compressionToClient: readonly string[]
}

/** One side of the handshake. */
export interface SshSide {
  /** `2.0`, `1.99`, `1.5`; undefined when the version line was not seen. */
  readonly protocolVersion: string | undefined
  /** The rest of the version line, comments included. */
  readonly softwareVersion: string | undefined
  /** undefined in SSH 1. */
  readonly kexInit: KexInit | undefined
}

/** What both sides will use (RFC 4253 §7.1); an empty name where they have nothing in common. */
export interface SshAlgorithms {
  readonly kex: string
  readonly hostKey: string
  readonly cipherToServer: string
  readonly cipherToClient: string
  /** `implicit` when the cipher authenticates by itself. */
  readonly macToServer: string
  readonly macToClient: string
  readonly compressionToServer: string
  readonly compressionToClient: string
}

/** Both sides' handshakes are known. `client` and `server` are SSH's roles, not TCP's. */
export interface SshHandshake {
  readonly client: SshSide
  readonly server: SshSide
  /** The SSH server opened the TCP connection. */
  readonly isReversed: boolean
  /** undefined in SSH 1. */
  readonly algorithms: SshAlgorithms | undefined
  /** Both sides ask for it: sequence numbers start anew with the first keys (the Terrapin countermeasure). */
  readonly isStrict: boolean
}

/** One message of an SSH connection, or what could not be cut further. Times are µs, lengths bytes. */
export interface SshMessage {
  /** Who sent it, by SSH's roles. */
  readonly side: Direction
  readonly name: MessageName
  /** Length on the wire. */
  readonly wire: number
  /** What the payload may have had; both 0 when that is not known. */
  readonly payload: readonly [low: number, high: number]
  readonly time: number
  /** Since the flow's segment before; -1 when bytes are missing there. */
  readonly delay: number
  /** Shortest time that this side ever took to answer the other; 0 when it never did. */
  readonly roundTrip: number
  /** Time since the other side's last word, less `roundTrip`. */
  readonly latency: number
  /** Ordinal of the flow's element that it ended with, from 1. */
  readonly packet: number
  /** Of the message in the connection, from 1. */
  readonly ordinal: number
  /** Bit i: SSH_PHASES[i] (model/program.ts) begins with it. */
  readonly phases: number
}

/** Told of SSH flows. */
export interface SshSink {
  /** Once a flow, when both sides' algorithms are known. */
  negotiated(flow: number, handshake: SshHandshake): void
  /** A message ended; requests for authentication are told with their answer. */
  said(flow: number, message: SshMessage): void
}

/** A message as signatures write it: `c:PASSWORD`; without a name `s52`. */
export function labelOf({ side, name, wire }: Pick<SshMessage, 'side' | 'name' | 'wire'>): string {
  const letter = side === 0 ? 'c' : 's'
  return name === '' ? `${letter}${wire}` : `${letter}:${name}`
}
