// The running figures of one SSH connection, under their names in SSH_FIGURES (model/figures.ts).

import type { SshFigureName } from '../../model/figures.ts'
import type { SshMessage } from '../../model/ssh.ts'
import type { HandshakeFigures } from './handshake-figures.ts'
import { BARE_BASE, LEAST_PASSWORD, OPEN_SESSION } from './payloads.ts'
import type { Suite } from './suite.ts'
import { Typing } from './typing.ts'

/** What holds a credential: the answer to it counts. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'PASSWORD',
  'INFO_RESPONSE',
  'PUBLICKEY_QUERY',
  'PUBLICKEY',
  'KEYBOARD_INTERACTIVE',
])
/** Names of methods as RFC 4252 and RFC 4256 have them. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['NONE', 'none'],
  ['PASSWORD', 'password'],
  ['INFO_RESPONSE', 'keyboard-interactive'],
  ['KEYBOARD_INTERACTIVE', 'keyboard-interactive'],
  ['PUBLICKEY_QUERY', 'publickey'],
  ['PUBLICKEY', 'publickey'],
])
const SECRETS: ReadonlySet<string> = new Set(['PASSWORD', 'INFO_RESPONSE'])
const ANSWERS: ReadonlySet<string> = new Set([
  'FAILURE',
  'PARTIAL',
  'SUCCESS',
  'DISCONNECT',
  'PK_OK',
  'INFO_REQUEST',
])
/** Payload of a request with a password, less user and password. */
const BARE_PASSWORD = BARE_BASE + LEAST_PASSWORD
/** A message of this many bytes on the wire carries a part of something long. */
const BULK = 1024

export class SshFigures {
  /** Of the client, of the server. */
  readonly #typing: readonly Typing[]
  readonly #handshake: HandshakeFigures
  #lastRequest: SshMessage | undefined
  #method = ''
  #isOpen = false
  #isForward = false
  readonly #messages: [number, number] = [0, 0]
  readonly #bytes: [number, number] = [0, 0]
  readonly #bulk: [number, number] = [0, 0]
  readonly #forwards: [number, number] = [0, 0]
  #failures = 0
  #passwords = 0
  #think = 0
  #slowestThink = 0
  #quickest = Infinity
  #wait = 0
  #latency = -1
  #loginLength = ''
  readonly #leaksLengths: boolean

  /**
   * @param suites - undefined when messages cannot be told apart
   * @param leaksLengths - the client sends passwords as long as they are
   */
  constructor(
    suites: readonly [toServer: Suite, toClient: Suite] | undefined,
    handshake: HandshakeFigures,
    leaksLengths: boolean,
  ) {
    this.#leaksLengths = leaksLengths
    this.#typing = suites === undefined ? [] : [new Typing(suites[0], 0), new Typing(suites[1], 1)]
    this.#handshake = handshake
  }

  take(message: SshMessage): void {
    const { side, name, wire } = message
    this.#messages[side]++
    if (this.#isOpen) this.#session(message)
    else if (side === 0) this.#fromClient(message)
    else if (ANSWERS.has(name)) {
      this.#latency = message.latency
      if (name === 'FAILURE' || name === 'DISCONNECT') this.#refuse()
      if (name === 'SUCCESS') this.#isOpen = true
    }
    if (this.#isOpen) this.#bytes[side] += wire
  }

  /** Authentication is over, though SUCCESS was not seen. */
  open(): void {
    this.#isOpen = true
  }

  /** Of both sides. */
  get messages(): number {
    return this.#messages[0] + this.#messages[1]
  }

  /** Facts that are no figures: how the client authenticated last. Times are ms. */
  get facts(): Readonly<Record<string, string | number>> {
    const method = METHODS.get(this.#method)
    return {
      ...(method === undefined ? {} : { method }),
      attempts: this.#passwords,
      wait_ms: Math.round(this.#wait / 1000),
      bytes: Math.max(this.#bulk[0], this.#bulk[1]),
      depth: Math.max(...this.#typing.map((typing) => typing.depth), 1),
      think_ms: Math.round(this.#think / 1000),
      ...(this.#latency < 0 ? {} : { latency_ms: Math.round(this.#latency / 1000) }),
      ...(this.#loginLength === '' ? {} : { login_length: this.#loginLength }),
    }
  }

  value(name: SshFigureName): number {
    const [c, s] = this.#typing
    switch (name) {
      case 'failures':
        return this.#failures
      case 'passwords':
        return this.#passwords
      case 'think':
        return this.#think
      case 'think.longest':
        return this.#slowestThink
      case 'think.shortest':
        return this.#quickest === Infinity ? 0 : this.#quickest
      case 'wait':
        return this.#wait
      case 'c.messages':
        return this.#messages[0]
      case 's.messages':
        return this.#messages[1]
      case 'c.data':
        return this.#bytes[0]
      case 's.data':
        return this.#bytes[1]
      case 'c.bulk':
        return this.#bulk[0]
      case 's.bulk':
        return this.#bulk[1]
      case 'c.forwards':
        return this.#forwards[0]
      case 's.forwards':
        return this.#forwards[1]
      case 'c.keys':
        return c?.keys ?? 0
      case 's.keys':
        return s?.keys ?? 0
      case 'c.keys.inner':
        return c?.innerKeys ?? 0
      case 's.keys.inner':
        return s?.innerKeys ?? 0
      case 'c.keys.echoed':
        return c?.echoes ?? 0
      case 's.keys.echoed':
        return s?.echoes ?? 0
      case 'c.keys.p10':
        return c?.quantile(0.1) ?? 0
      case 'c.keys.p50':
        return c?.quantile(0.5) ?? 0
      case 'c.keys.p90':
        return c?.quantile(0.9) ?? 0
      case 's.keys.p10':
        return s?.quantile(0.1) ?? 0
      case 's.keys.p50':
        return s?.quantile(0.5) ?? 0
      case 's.keys.p90':
        return s?.quantile(0.9) ?? 0
      case 'c.keys.longest':
        return c?.longest ?? 0
      case 's.keys.longest':
        return s?.longest ?? 0
      case 'c.keys.ticks':
        return c?.ticks ?? 0
      default:
        return this.#handshake[name]
    }
  }

  #fromClient(message: SshMessage): void {
    const { name, delay, roundTrip } = message
    if (CREDENTIALS.has(name) || name === 'NONE') {
      this.#lastRequest = message
      this.#method = name
    }
    if (name === 'NEWKEYS') this.#wait = Math.max(delay - roundTrip, 0)
    if (!SECRETS.has(name)) return
    this.#passwords++
    if (name === 'PASSWORD' && this.#leaksLengths) this.#loginLength = loginLength(message)
    this.#think = Math.max(delay - roundTrip, 0)
    this.#slowestThink = Math.max(this.#slowestThink, this.#think)
    this.#quickest = Math.min(this.#quickest, this.#think)
  }

  #refuse(): void {
    if (this.#lastRequest !== undefined && CREDENTIALS.has(this.#lastRequest.name)) this.#failures++
    this.#lastRequest = undefined
  }

  #session(message: SshMessage): void {
    const { side, name, wire, payload } = message
    if (name === 'CHANNEL_OPEN') this.#isForward = payload[0] > OPEN_SESSION || payload[1] < OPEN_SESSION
    if (name === 'CHANNEL_CONFIRMATION' && this.#isForward) this.#forwards[side === 0 ? 1 : 0]++
    if (wire >= BULK) this.#bulk[side] += wire
    for (const typing of this.#typing) typing.take(message)
  }
}

/** Bytes of the user's name and the password together, from least to most; '' when it holds neither. */
function loginLength({ payload: [low, high] }: SshMessage): string {
  if (high < BARE_PASSWORD) return ''
  return `${Math.max(low - BARE_PASSWORD, 0)}-${high - BARE_PASSWORD}`
}
