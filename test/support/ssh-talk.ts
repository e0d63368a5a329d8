// A whole SSH connection as the segments that a capture has of it: the handshake in the clear, then what a story
// (ssh-story.ts) tells, as bytes that look random but for length fields that a suite leaves in the clear.

import type { Suite } from '../../src/exchange/ssh/suite.ts'
import type { Direction } from '../../src/model/program.ts'
import { kexInit, message, newKeys, packet, versionLine } from './ssh-bytes.ts'
import { ROUND_TRIPS, type Said, SUITES, type SuiteName, suiteNamed, tell } from './ssh-story.ts'

/** What TCP brought in order. */
export interface Bytes {
  readonly side: Direction
  /** µs. */
  readonly time: number
  /** What was captured of it. */
  readonly bytes: Uint8Array
  readonly size: number
  readonly isLost: boolean
}

export interface TalkOptions {
  readonly suite?: SuiteName
  /** Of what the server says, where it differs. */
  readonly toClient?: SuiteName
  /** Software of either side: `OpenSSH_9.2p1`. */
  readonly client?: string
  readonly server?: string
  /** Key exchanges that a side names behind the one they agree on: `ext-info-c`. */
  readonly clientKex?: string
  readonly serverKex?: string
  readonly hostKeys?: string
  readonly compression?: string
  /** When the first segment comes, s. */
  readonly start?: number
}

/** What else is offered: a KEXINIT is more than a kilobyte. */
const OTHER_KEX = Array.from({ length: 40 }, (_, i) => `diffie-hellman-group${i}-sha256`)

export class SshTalk {
  readonly segments: Bytes[] = []
  readonly suites: readonly [toServer: Suite, toClient: Suite]
  readonly client: string
  readonly server: string
  readonly #options: TalkOptions
  #time: number
  #side: Direction | undefined
  #noise = 1

  constructor(options: TalkOptions = {}) {
    const {
      suite = 'chacha20',
      toClient = suite,
      client = 'OpenSSH_9.2p1',
      server = 'OpenSSH_9.2p1',
    } = options
    this.#options = options
    this.#time = (options.start ?? 1) * 1e6
    this.suites = [suiteNamed(suite), suiteNamed(toClient)]
    this.client = client
    this.server = server
  }

  /** Times of the first and the last segment, s. */
  get start(): number {
    return (this.segments[0]?.time ?? 0) / 1e6
  }

  get end(): number {
    return this.#time / 1e6
  }

  /** Version lines, KEXINIT, key exchange and NEWKEYS, each in a segment of its own. */
  handshake(): this {
    const { clientKex = 'ext-info-c', serverKex = 'ext-info-s' } = this.#options
    return this.send(1, versionLine(this.server))
      .send(0, versionLine(this.client))
      .send(0, this.#kexInit(clientKex))
      .send(1, this.#kexInit(serverKex))
      .send(0, message(30))
      .send(1, message(31))
      .send(1, newKeys)
      .send(0, newKeys)
  }

  /** What a story tells: ssh-story.ts. */
  say(story: string): this {
    for (const { side, thought, messages, isLost } of tell(story, this))
      this.send(side, this.encrypted(messages, side), thought, isLost)
    return this
  }

  /** A segment. */
  send(side: Direction, bytes: Uint8Array, thought = 0, isLost = false): this {
    if (this.#side !== undefined && this.#side !== side) this.#time += ROUND_TRIPS[side]
    this.#time += thought
    this.#side = side
    this.segments.push({ side, time: this.#time, bytes, size: bytes.length, isLost })
    return this
  }

  /** Messages, one behind the other. */
  encrypted(messages: readonly Pick<Said, 'wire'>[], side: Direction = 0): Buffer {
    return Buffer.concat(messages.map(({ wire }) => this.#message(wire, this.suites[side])))
  }

  #message(wire: number, { hasClearLength, macBytes }: Suite): Buffer {
    const bytes = Buffer.alloc(wire)
    for (let i = 0; i < wire; i++) {
      this.#noise = (Math.imul(this.#noise, 1_664_525) + 1_013_904_223) >>> 0
      bytes[i] = this.#noise >>> 24
    }
    if (hasClearLength) bytes.writeUInt32BE(wire - 4 - macBytes)
    return bytes
  }

  #kexInit(extension: string): Buffer {
    const {
      suite = 'chacha20',
      toClient = suite,
      hostKeys = 'ssh-ed25519,rsa-sha2-256',
      compression = 'none',
    } = this.#options
    const ciphers = `${SUITES[suite][0]}|${SUITES[toClient][0]}`
    const macs = `${SUITES[suite][1]}|${SUITES[toClient][1]}`
    const kex = ['curve25519-sha256', extension, ...OTHER_KEX].filter((name) => name !== '').join(',')
    return packet(kexInit({ kex, hostKeys, ciphers, macs, compression }))
  }
}

/** A segment as several, cut behind so many bytes of it. */
export function splitAt(segments: readonly Bytes[], which: number, ...offsets: readonly number[]): Bytes[] {
  return segments.flatMap((segment, i) => {
    if (i !== which && i !== segments.length + which) return [segment]
    const ends = [...offsets, segment.size]
    return ends.map((end, part) => withBytes(segment, segment.bytes.subarray(ends[part - 1] ?? 0, end)))
  })
}

/** Segments of which a capture kept `length` bytes at most. */
export function keptUpTo(segments: readonly Bytes[], length: number): Bytes[] {
  return segments.map((segment) => ({ ...segment, bytes: segment.bytes.subarray(0, length) }))
}

function withBytes(segment: Bytes, bytes: Uint8Array): Bytes {
  return { ...segment, bytes, size: bytes.length }
}
