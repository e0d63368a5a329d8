// Both directions of one SSH connection: reads them in the clear, tells once what they agree on, and goes on with the
// messages behind NEWKEYS, whose lengths can be computed.

import type { Direction } from '../../model/program.ts'
import {
  labelOf,
  type SshAlgorithms,
  type SshHandshake,
  type SshMessage,
  type SshSide,
} from '../../model/ssh.ts'
import { AuthDialogue } from './auth-dialogue.ts'
import { beginsWithKexInit, type ClearMessage, ClearReader, isSsh2, Phase } from './clear-reader.ts'
import { habitsOf } from './habits.ts'
import { handshakeFigures } from './handshake-figures.ts'
import { extendsWith, isStrict, negotiate, roleOf } from './kexinit.ts'
import { MessageCutter } from './message-cutter.ts'
import { SshPhases } from './phases.ts'
import type { Moment, NamedPiece, Piece } from './piece.ts'
import { SessionDialogue } from './session-dialogue.ts'
import { SshFigures } from './ssh-figures.ts'
import { payloadsOf, type Suite, suiteOf } from './suite.ts'
import { Turns } from './turns.ts'

/** Segments after which a connection that was never understood is given up. */
const MOST_SEGMENTS = 256

/** Segments of this size and more that are as large as the largest so far are full, bytes. */
const LEAST_FULL = 1000

/** Messages that are kept: the last, and names of the first. */
const RECENT = 64
const FIRST = 96
const MOST_IGNORED = 6
const MOST_DOUBTS = 4
/** About what the conversation itself, a message, a label and the figures take in memory, bytes. */
const OWN_WEIGHT = 4096
const LABEL_WEIGHT = 24
const MESSAGE_WEIGHT = 160
const FIGURES_WEIGHT = 2048
const UNKNOWN: readonly [number, number] = [0, 0]
const NO_BYTES = new Uint8Array(0)
const CUT = 'the capture holds only a part of the handshake'

export class SshConversation {
  readonly #readers: readonly [ClearReader, ClearReader] = [new ClearReader(), new ClearReader()]
  /** By TCP's direction, once the suites are known. */
  #cutters: readonly [MessageCutter, MessageCutter] | undefined
  #dialogue: AuthDialogue | undefined
  #session: SessionDialogue | undefined
  readonly #recent: SshMessage[] = []
  readonly #unsure: string[] = []
  /** Bytes are missing before the next segment. */
  #isTorn = false
  readonly #first: string[] = []
  /** Kept from the handshake on. */
  figures: SshFigures | undefined
  /** Its `weight` when it was last asked. */
  weighed = 0
  #ordinal = 0
  /** The last IGNOREs, the latest first. */
  readonly #ignored: Piece[] = []
  readonly #phases = new SshPhases()
  #isTold = false
  #isReversed = false
  #segments = 0
  /** What is known of a direction's last segment. */
  readonly #lately: [Moment | undefined, Moment | undefined] = [undefined, undefined]
  /** Largest segment of each direction. */
  readonly #largest: [number, number] = [0, 0]
  readonly #turns = new Turns()
  readonly #clear: ClearMessage[] = []
  readonly #pieces: number[] = []

  /** There is nothing to be read any more. */
  get isOver(): boolean {
    if (this.#cutters !== undefined) return false
    if (this.#segments >= MOST_SEGMENTS) return true
    const one = this.#readers[0].phase
    const two = this.#readers[1].phase
    return one === Phase.alien || two === Phase.alien || (one === Phase.over && two === Phase.over)
  }

  /**
   * Takes `size` bytes from TCP's client (0) or server (1), of which `bytes` were captured.
   *
   * @param time - of their arrival, µs
   * @param packet - ordinal of the flow's element
   * @param messages - takes the messages that they end
   * @param isLate - the other side has closed: nobody reads these bytes
   * @returns the handshake when these bytes made it known
   */
  take(
    direction: Direction,
    bytes: Uint8Array,
    size: number,
    time: number,
    packet: number,
    messages: SshMessage[],
    isLate = false,
  ): SshHandshake | undefined {
    const lastTime = this.#turns.lastTime
    const isFull = size >= LEAST_FULL && size >= this.#largest[direction]
    this.#count(direction, size)
    const sender = this.#sideOf(direction)
    const latency = this.#turns.latency(sender, time)
    const delay = lastTime === 0 || this.#isTorn ? -1 : Math.max(time - lastTime, 0)
    this.#isTorn = false
    const moment: Moment = { time, packet, latency, delay, roundTrip: this.#turns.roundTrip(sender) }
    this.#turns.take(sender, time)
    const reader = this.#readers[direction]
    if (isLate && reader.phase === Phase.over) {
      this.#tell({ ...moment, side: sender, wire: size, name: '' }, messages)
      return undefined
    }
    if (reader.phase === Phase.over) {
      this.#encrypted(direction, bytes, size, isFull, moment, messages)
      return undefined
    }
    this.#clear.length = 0
    const behind = reader.take(bytes, this.#clear)
    const missing = size - bytes.length
    if (missing > 0) {
      reader.tear()
      if (!this.#isTold) this.#doubt(CUT)
    }
    const handshake = this.#isTold ? undefined : this.#handshake()
    if (handshake !== undefined) this.#begin(handshake)
    const side = this.#sideOf(direction)
    for (let i = 0; i < this.#clear.length; i++) {
      const { name, wire } = this.#clear[i]!
      this.#tell({ ...moment, delay: i === 0 ? delay : 0, side, wire, name }, messages)
    }
    if (behind + missing > 0 && reader.phase === Phase.over) {
      const rest = behind === 0 ? NO_BYTES : bytes.subarray(bytes.length - behind)
      this.#encrypted(direction, rest, behind + missing, isFull, moment, messages)
    }
    return handshake
  }

  /**
   * Takes a segment that can tell nothing: a part of the handshake is missing before it, most often because the capture
   * holds only the first bytes of each packet. As take(), but without looking at more than the first bytes.
   *
   * @param captured - bytes that stand in `data` from `at` on
   * @returns false when it may tell something: take() must have it
   */
  pass(
    direction: Direction,
    data: Uint8Array,
    at: number,
    captured: number,
    size: number,
    time: number,
  ): boolean {
    const [one, two] = this.#readers
    if (this.#isTold || (one.kexInit !== undefined && two.kexInit !== undefined)) return false
    if (this.#readers[direction].phase !== Phase.lost || beginsWithKexInit(data, at, captured)) return false
    this.#count(direction, size)
    this.#isTorn = false
    this.#turns.take(direction, time)
    if (captured < size) this.#doubt(CUT)
    return true
  }

  #count(direction: Direction, size: number): void {
    this.#segments++
    if (size > this.#largest[direction]) this.#largest[direction] = size
  }

  /** About what is kept, bytes. */
  get weight(): number {
    const read = this.#readers[0].weight + this.#readers[1].weight
    const messages = this.#recent.length + (this.#dialogue?.held ?? 0)
    const own = OWN_WEIGHT + this.#first.length * LABEL_WEIGHT
    return own + read + messages * MESSAGE_WEIGHT + (this.figures === undefined ? 0 : FIGURES_WEIGHT)
  }

  #doubt(why: string): void {
    if (this.#unsure.length < MOST_DOUBTS) this.#unsure.push(`ssh: ${why}`)
  }

  /** Bytes of a direction are missing. */
  tear(direction: Direction): void {
    this.#doubt(`bytes are missing after message ${this.#ordinal}`)
    this.#isTorn = true
    this.#readers[direction].tear()
    this.#cutters?.[direction].tear()
    this.#dialogue?.tear(this.#sideOf(direction))
  }

  /** The connection is over: messages that were held. */
  flush(messages: SshMessage[]): void {
    const dialogue = this.#dialogue?.isOver === true ? this.#session : this.#dialogue
    for (const piece of dialogue?.flush() ?? []) this.#tell(piece, messages)
  }

  /** A message is told: what is kept of it. */
  keep(message: SshMessage): void {
    this.figures?.take(message)
    if (this.#first.length < FIRST) this.#first.push(labelOf(message))
    this.#recent.push(message)
    if (this.#recent.length > RECENT) this.#recent.shift()
  }

  /** The messages from one ordinal to another, as far as they are kept. */
  messages(from: number, to: number): readonly SshMessage[] {
    return this.#recent.filter(({ ordinal }) => ordinal >= from && ordinal <= to)
  }

  /** What can be told besides figures, by name. */
  get facts(): Readonly<Record<string, string | number>> {
    return this.figures?.facts ?? {}
  }

  /** What could not be told, and why. */
  get unsure(): readonly string[] {
    return this.#unsure
  }

  /** The first messages, as signatures write them: `c:PASSWORD`, `s52`. */
  get opening(): readonly string[] {
    return this.#first
  }

  #sideOf(direction: Direction): Direction {
    return (this.#isReversed ? 1 - direction : direction) as Direction
  }

  #encrypted(
    direction: Direction,
    bytes: Uint8Array,
    size: number,
    isFull: boolean,
    moment: Moment,
    messages: SshMessage[],
  ): void {
    const cutter = this.#cutters?.[direction]
    if (cutter === undefined) return
    const side = this.#sideOf(direction)
    this.#pieces.length = 0
    cutter.take(bytes, size, isFull, this.#pieces)
    this.#answer(direction, messages)
    this.#lately[direction] = moment
    for (const [i, wire] of this.#pieces.entries())
      this.#name({ ...moment, delay: i === 0 ? moment.delay : 0, side, wire }, messages)
  }

  /** A side spoke: what the other had begun is whole, as long as they speak in turns. */
  #answer(direction: Direction, messages: SshMessage[]): void {
    const other = direction === 0 ? 1 : 0
    if (this.#dialogue === undefined || this.#dialogue.isOver) return
    const wire = this.#cutters?.[other].answered() ?? 0
    const lately = this.#lately[other]
    if (wire > 0 && lately !== undefined) this.#name({ ...lately, side: this.#sideOf(other), wire }, messages)
  }

  #name(piece: Piece, messages: SshMessage[]): void {
    if (this.#dialogue === undefined) return
    if (!this.#dialogue.isOverBefore(piece)) {
      for (const named of this.#dialogue.take(piece)) this.#tell(named, messages)
      if (this.#dialogue.isOver) this.#open(this.#dialogue)
      if (!this.#dialogue.isOver || piece.side === 1) return
    }
    this.#open(this.#dialogue)
    for (const named of this.#session?.take(piece) ?? []) this.#tell(named, messages)
  }

  /** What is known at the end of authentication goes on to the session, perhaps without a SUCCESS that was seen. */
  #open({ hasSucceeded, isWithin, hasIgnores }: AuthDialogue): void {
    if (this.#session !== undefined) this.#session.hasIgnores = hasIgnores
    if (hasSucceeded) return
    this.figures?.open()
    if (isWithin) this.#session?.skip()
  }

  #tell(piece: NamedPiece, messages: SshMessage[]): void {
    const { side, name, wire, time, roundTrip, latency, packet } = piece
    // What stands behind an IGNORE, in its segment or the next, was waited for as long as the IGNORE.
    const ignored = this.#ignoredBefore(side, packet)
    const waited = ignored?.delay ?? 0
    const delay = ignored?.packet === packet ? waited : piece.delay + waited
    if (name === 'IGNORE') this.#ignored.unshift({ ...piece, delay })
    if (this.#ignored.length > MOST_IGNORED) this.#ignored.pop()
    const isClear = !this.#phases.hasKeys[side]
    const suite = isClear ? undefined : this.#cutters?.[this.#sideOf(side)].suite
    const payload = (suite && payloadsOf(suite, wire)) ?? UNKNOWN
    const ordinal = ++this.#ordinal
    const phases = this.#phases.take(side, name)
    if (name === 'SUCCESS' && this.figures?.value('compressed') === 1)
      this.#doubt('messages are compressed after SUCCESS')
    messages.push({ side, name, wire, payload, time, delay, roundTrip, latency, packet, ordinal, phases })
  }

  #ignoredBefore(side: Direction, packet: number): Piece | undefined {
    if (this.#ignored.length === 0) return undefined
    return this.#ignored.find((one) => one.side === side && packet - one.packet <= 1 && packet >= one.packet)
  }

  #begin(handshake: SshHandshake): void {
    const { algorithms, client, server, isReversed } = handshake
    this.#isTold = true
    this.#isReversed = isReversed
    for (const reader of this.#readers) reader.kexInit = undefined
    const suites = algorithms && suitesOf(algorithms)
    const habits = habitsOf(client.softwareVersion ?? '', extendsWith(client.kexInit, 'c'))
    const leaksLengths = !habits.hidesPasswords && !habits.pairsPasswords
    this.figures = new SshFigures(suites, handshakeFigures(handshake), leaksLengths)
    if (suites === undefined) {
      if (algorithms !== undefined) this.#doubt('nothing is known of its cipher or MAC')
      return
    }
    const [toServer, toClient] = suites
    this.#session = new SessionDialogue(toServer, toClient)
    const [one, two] = isReversed ? [toClient, toServer] : [toServer, toClient]
    this.#cutters = [new MessageCutter(one), new MessageCutter(two)]
    this.#dialogue = new AuthDialogue({
      toServer,
      toClient,
      clientExtends: extendsWith(server.kexInit, 's'),
      serverExtends: extendsWith(client.kexInit, 'c'),
      habits,
    })
  }

  #handshake(): SshHandshake | undefined {
    const [one, two] = this.#readers
    if (!isSsh2(one.protocolVersion) || !isSsh2(two.protocolVersion)) {
      if (one.protocolVersion === undefined || two.protocolVersion === undefined) return undefined
      return {
        client: sideOf(one),
        server: sideOf(two),
        isReversed: false,
        algorithms: undefined,
        isStrict: false,
      }
    }
    if (one.kexInit === undefined || two.kexInit === undefined) return undefined
    const isReversed = rolesAreReversed(one, two)
    if (isReversed === undefined) return undefined
    const [client, server] = isReversed ? [two, one] : [one, two]
    const clientInit = isReversed ? two.kexInit : one.kexInit
    const serverInit = isReversed ? one.kexInit : two.kexInit
    return {
      client: sideOf(client),
      server: sideOf(server),
      isReversed,
      algorithms: negotiate(clientInit, serverInit),
      isStrict: isStrict(clientInit, serverInit),
    }
  }
}

function suitesOf(algorithms: SshAlgorithms): readonly [toServer: Suite, toClient: Suite] | undefined {
  const toServer = suiteOf(algorithms.cipherToServer, algorithms.macToServer)
  const toClient = suiteOf(algorithms.cipherToClient, algorithms.macToClient)
  return toServer && toClient && [toServer, toClient]
}

function sideOf(reader: ClearReader): SshSide {
  const { protocolVersion, softwareVersion, kexInit } = reader
  return { protocolVersion, softwareVersion, kexInit }
}

/**
 * True when TCP's server is SSH's client. Extensions tell; else who begins the key exchange: the client, with 30,
 * 32 or 34. undefined before either is known.
 */
function rolesAreReversed(one: ClearReader, two: ClearReader): boolean | undefined {
  const role = one.kexInit && roleOf(one.kexInit)
  if (role !== undefined) return role === 'server'
  const other = two.kexInit && roleOf(two.kexInit)
  if (other !== undefined) return other === 'client'
  if (begins(one)) return false
  if (begins(two)) return true
  return one.phase >= Phase.over || two.phase >= Phase.over ? false : undefined
}

function begins({ firstKexMessage }: ClearReader): boolean {
  return firstKexMessage !== 0 && firstKexMessage % 2 === 0
}
