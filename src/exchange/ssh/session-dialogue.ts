// Names what follows SUCCESS (RFC 4254) as far as lengths and turns tell: requests before the first channel, channels
// that are opened and confirmed, and what is asked of a session's channel. All else is data, and has no name.

import { EMPTY_IGNORE, KEY, NO_MORE_SESSIONS, OPEN_SESSION } from './payloads.ts'
import type { NamedPiece, Piece } from './piece.ts'
import { payloadsOf, type Suite, wireLength } from './suite.ts'

type Range = readonly [low: number, high: number]

/** Payloads, bytes. */
const CONFIRMATION = 17
const REPLY = 5
const MOST_KEYS = 6
/** CHANNEL_OPEN `direct-tcpip` and `forwarded-tcpip`, with two addresses. */
const FORWARD: Range = [50, 140]
/** CHANNEL_OPEN by the server: `x11`, `auth-agent@openssh.com`, `forwarded-tcpip`. */
const SERVER_OPEN: Range = [30, 140]
/** `tcpip-forward`, with an address. */
const ASK_FORWARD: Range = [27, 90]
/** REQUEST_SUCCESS, perhaps with a port. */
const GRANTED: Range = [1, 5]
/** `x11-req` with a cookie of 32 digits (RFC 4254 §6.3.1) has 80; compressed a little less. */
const X11_REQUEST: Range = [66, 86]
/** Requests that come one upon the other after SUCCESS; later ones are keep-alives, µs. */
const AT_ONCE = 2_000_000
/** A terminal is asked for with its modes: nothing shorter is, bytes on the wire. */
const LEAST_TERMINAL = 300
/** Channels that are opened do not answer anything: they come this long after what came before, µs. */
const UNASKED = 20_000

export class SessionDialogue {
  readonly #toServer: Suite
  readonly #toClient: Suite
  /** `forwards`: no session was opened, but another channel. */
  #kind: 'none' | 'session' | 'forwards' = 'none'
  /** The session's program was asked for, and granted. */
  #hasAsked = false
  #isGranted = false
  #isTerminal = false
  /** The client asked for something before any channel, and it was granted. */
  #asked: Piece | undefined
  /** The client asked for what lets the server open channels: X11, or a port. */
  #mayServerOpen = false
  /** The client opened a session, which was not confirmed so far. */
  #mayOpen = false
  /** The server has spoken since. */
  #isAnswered = false
  /** What may have opened another channel: the other side's next message tells. */
  #held: Piece | undefined
  /** When SUCCESS was followed by something. */
  #start = 0

  constructor(toServer: Suite, toClient: Suite) {
    this.#toServer = toServer
    this.#toClient = toClient
  }

  /** The client sends an empty IGNORE before each message. */
  hasIgnores = false

  /** What opened the first channel is missing: all that comes is data, or opens further ones. */
  skip(): void {
    this.#kind = 'session'
    this.#hasAsked = true
    this.#isGranted = true
  }

  /** Names a piece; it may be held until the next. */
  take(piece: Piece): readonly NamedPiece[] {
    if (this.#start === 0) this.#start = piece.time
    const out: NamedPiece[] = []
    for (const part of this.#parts(piece)) this.#take(part, out)
    return out
  }

  /** Nothing more comes. */
  flush(): readonly NamedPiece[] {
    const held = this.#held
    this.#held = undefined
    return held === undefined ? [] : [{ ...held, name: '' }]
  }

  #take(piece: Piece, out: NamedPiece[]): void {
    const held = this.#held
    this.#held = undefined
    const isConfirmed = held !== undefined && held.side !== piece.side && this.#holds(piece, CONFIRMATION)
    if (held !== undefined && !isConfirmed && this.#mayOpen && this.#kind === 'none') {
      this.#goOn()
      this.#request(held, out)
    } else if (held !== undefined) out.push({ ...held, name: isConfirmed ? 'CHANNEL_OPEN' : '' })
    if (isConfirmed) {
      this.#mayOpen = false
      if (this.#kind === 'none') this.#kind = 'forwards'
      out.push({ ...piece, name: 'CHANNEL_CONFIRMATION' })
      return
    }
    if (piece.side === 0) this.#fromClient(piece, out)
    else this.#fromServer(piece, out)
  }

  #fromClient(piece: Piece, out: NamedPiece[]): void {
    if (this.#kind === 'none' && this.#isWithin(piece, FORWARD)) {
      this.#held = piece
      return
    }
    if (this.#mayOpen && this.#isAnswered && !this.#holds(piece, NO_MORE_SESSIONS)) this.#goOn()
    if (this.#kind === 'none') this.#beforeChannels(piece, out)
    else if (this.#kind === 'session' && !this.#isGranted) this.#request(piece, out)
    else if (this.#isWithin(piece, FORWARD) && this.#mayForward(piece)) this.#held = piece
    else out.push({ ...piece, name: '' })
  }

  /** The client goes on: its session was confirmed together with something else. */
  #goOn(): void {
    this.#mayOpen = false
    this.#kind = 'session'
  }

  #request(piece: Piece, out: NamedPiece[]): void {
    this.#hasAsked = true
    this.#isTerminal ||= piece.wire >= LEAST_TERMINAL
    this.#mayServerOpen ||= this.#isWithin(piece, X11_REQUEST)
    out.push({ ...piece, name: 'CHANNEL_REQUEST' })
  }

  #beforeChannels(piece: Piece, out: NamedPiece[]): void {
    const opens = !this.#isOpening && this.#holds(piece, OPEN_SESSION) && piece.time - this.#start < AT_ONCE
    if (opens) {
      this.#mayOpen = true
      this.#isAnswered = false
    } else if (this.#isWithin(piece, ASK_FORWARD) && piece.time - this.#start < AT_ONCE) {
      // Two requests at once: one of them is no-more-sessions@openssh.com, the other asks for a port.
      if (this.#asked !== undefined) this.#mayServerOpen = true
      this.#asked = piece
    }
    out.push({ ...piece, name: opens ? 'CHANNEL_OPEN' : 'GLOBAL_REQUEST' })
  }

  #fromServer(piece: Piece, out: NamedPiece[]): void {
    if (this.#mayOpen && this.#holds(piece, CONFIRMATION)) {
      this.#mayOpen = false
      this.#kind = 'session'
      out.push({ ...piece, name: 'CHANNEL_CONFIRMATION' })
      return
    }
    const mayGrant = this.#kind === 'none' && (this.#mayOpen || this.#asked !== undefined)
    const isGrant = mayGrant && this.#isWithin(piece, GRANTED)
    this.#mayServerOpen ||= isGrant
    // What looked like CHANNEL_OPEN may have asked for a port.
    this.#isAnswered = !isGrant
    if (this.#kind === 'session' && this.#hasAsked && !this.#isGranted) {
      // A reply, or data: some programs do not ask for a reply.
      this.#isGranted = true
      out.push({ ...piece, name: this.#holds(piece, REPLY) ? 'CHANNEL_REPLY' : '' })
      return
    }
    const mayOpen = this.#mayServerOpen && !this.#mayOpen && this.#isWithin(piece, SERVER_OPEN)
    if (mayOpen) this.#held = piece
    else out.push({ ...piece, name: this.#kind === 'none' ? 'GLOBAL_REQUEST' : '' })
  }

  /** The client has opened a session, unless it was a port that it asked for. */
  get #isOpening(): boolean {
    return this.#mayOpen && !this.#mayServerOpen
  }

  /** A forwarded channel may be opened now. */
  #mayForward(piece: Piece): boolean {
    if (this.#kind === 'forwards') return !this.#mayServerOpen
    return this.#isTerminal && piece.latency > UNASKED
  }

  /** What OpenSSH sends in one segment about the first channel. */
  #parts(piece: Piece): readonly Piece[] {
    if (this.#kind !== 'none') return this.#keys(piece)
    const suite = piece.side === 0 ? this.#toServer : this.#toClient
    if (suite.hasClearLength) return [piece]
    return piece.side === 0 ? this.#opening(piece, suite) : this.#confirming(piece, suite)
  }

  /** Keystrokes that share a segment, where it can be nothing else. */
  #keys(piece: Piece): readonly Piece[] {
    const suite = piece.side === 0 ? this.#toServer : this.#toClient
    const key = wireLength(suite, KEY)
    const count = piece.wire / key
    if (suite.hasClearLength || !Number.isInteger(count) || count > MOST_KEYS) return [piece]
    if (payloadsOf(suite, piece.wire) !== undefined) return [piece]
    return Array.from({ length: count }, () => ({ ...piece, wire: key }))
  }

  /** CHANNEL_OPEN and no-more-sessions@openssh.com. */
  #opening(piece: Piece, suite: Suite): readonly Piece[] {
    const ignore = wireLength(suite, EMPTY_IGNORE)
    if (this.hasIgnores && piece.wire === ignore + wireLength(suite, OPEN_SESSION))
      return [
        { ...piece, wire: ignore },
        { ...piece, wire: piece.wire - ignore },
      ]
    const behind = wireLength(suite, NO_MORE_SESSIONS)
    const open = piece.wire - behind
    const payload = payloadsOf(suite, open)
    if (this.#isOpening || payload === undefined || open < wireLength(suite, OPEN_SESSION)) return [piece]
    const isSession = open === wireLength(suite, OPEN_SESSION)
    const isForward = payload[1] >= FORWARD[0] && payload[0] <= FORWARD[1]
    const isOne = payloadsOf(suite, piece.wire) !== undefined
    if (!isSession && (isOne || !isForward)) return [piece]
    return [
      { ...piece, wire: open },
      { ...piece, wire: behind },
    ]
  }

  /** Something, and the confirmation behind it. */
  #confirming(piece: Piece, suite: Suite): readonly Piece[] {
    const confirmation = wireLength(suite, CONFIRMATION)
    const before = piece.wire - confirmation
    if (!this.#mayOpen || payloadsOf(suite, piece.wire) !== undefined) return [piece]
    if (payloadsOf(suite, before) === undefined) return [piece]
    return [
      { ...piece, wire: before },
      { ...piece, wire: confirmation },
    ]
  }

  #holds(piece: Piece, payload: number): boolean {
    return this.#isWithin(piece, [payload, payload])
  }

  #isWithin(piece: Piece, [low, high]: Range): boolean {
    const payload = payloadsOf(piece.side === 0 ? this.#toServer : this.#toClient, piece.wire)
    return payload !== undefined && payload[1] >= low && payload[0] <= high
  }
}
