// What an SSH handshake says in the clear (RFC 4253): plain values, made once a flow.

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

/** Told of SSH flows. */
export interface SshSink {
  /** Once a flow, when both sides' algorithms are known. */
  negotiated(flow: number, handshake: SshHandshake): void
}
