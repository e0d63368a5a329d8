// What a client asks for during authentication, told from lengths (RFC 4252 §5, §7, §8; RFC 4256 §3.1). All requests
// of a connection begin alike, with user and service: the length of that part, the base, is learnt from the first.

import type { MessageName } from '../../model/messages.ts'
import { BARE_BASE, LEAST_PASSWORD } from './payloads.ts'
import { payloadsOf, type Suite, wireLength } from './suite.ts'

type Range = readonly [low: number, high: number]

/** PUBLICKEY: a query or a signed request. INFO: the response to a prompt. */
export type AnyRequest = 'NONE' | 'PASSWORD' | 'KEYBOARD_INTERACTIVE' | 'PUBLICKEY' | 'INFO'

const LONGEST_USER = 64
/** What methods add to the base: name with its length, and their fields. */
const NONE = 4 + 'none'.length
const LONGEST_PASSWORD = LEAST_PASSWORD + 44
const KEYBOARD_INTERACTIVE = 4 + 'keyboard-interactive'.length + 4 + 4
/** A long password, hidden. */
const MOST_HIDDEN = LEAST_PASSWORD + 127
const PUBLICKEY = 4 + 'publickey'.length + 1
/** Smallest key in use, Ed25519: algorithm and blob with their lengths; a DSA or RSA name may be shorter. */
const LEAST_PUBLICKEY = PUBLICKEY + 15 + 55
/** Number, algorithm and blob of the smallest key. */
const LEAST_PK_OK = 1 + 15 + 55
/** What a first request may be: shorter ones ask for `none`, longer ones hold a password; between, both are likely. */
const SURELY_NONE = 41
const SURELY_PASSWORD = 44
const HIDING_UNIT = 64
/** Nobody types a password in less, and no program waits as long to ask for keyboard-interactive, µs. */
const TYPING = 400_000
/** PuTTY sends a password with an IGNORE so that both have about this length (ssh/userauth2-client.c). */
const PAIRED: Range = [250, 280]

/** A request, as far as it is seen. */
export interface Asked {
  readonly wire: number
  /** The client took this long to send it, µs, round trip taken off. */
  readonly latency: number
}

/** How a client's program goes about it. */
export interface ClientHabits {
  /** Hides how long passwords are, as OpenSSH does. */
  readonly hidesPasswords: boolean
  /** Sends an IGNORE with each password, in one segment, as PuTTY does. */
  readonly pairsPasswords: boolean
  /** Asks for EXT_INFO, as OpenSSH does since 7.2. */
  readonly isModern: boolean
  /** Begins with a request for `none`; undefined when programs that name themselves so differ. */
  readonly beginsWithNone: boolean | undefined
}

export class Requests {
  readonly #suite: Suite
  readonly #habits: ClientHabits
  #base: Range = [BARE_BASE + 1, BARE_BASE + LONGEST_USER]
  #isBaseKnown = false
  #none = 0
  #nones = 0
  #hasPassword = false
  #isKeyAccepted = false
  #query = 0
  count = 0

  constructor(suite: Suite, habits: ClientHabits) {
    this.#suite = suite
    this.#habits = habits
  }

  /**
   * What a request of this length is.
   *
   * @param isAsked - the last answer was a prompt
   */
  kindOf({ wire, latency }: Asked, isAsked: boolean): AnyRequest {
    if (isAsked) return 'INFO'
    if (this.#isKeyAccepted && wire > this.#query) return 'PUBLICKEY'
    const { hidesPasswords, pairsPasswords } = this.#habits
    if (pairsPasswords && wire >= PAIRED[0] && wire <= PAIRED[1]) return 'PASSWORD'
    if (wire === this.#none) return 'NONE'
    const payload = payloadsOf(this.#suite, wire)
    if (payload === undefined) return 'PASSWORD'
    const isHidden = hidesPasswords && this.mayHide(wire)
    const behind: Range = [payload[0] - this.#base[1], payload[1] - this.#base[0]]
    if (!this.#isBaseKnown) {
      if (this.#isFirstNone(payload, isHidden)) return 'NONE'
      if (isHidden) return 'PASSWORD'
      return payload[0] >= BARE_BASE + 4 + LEAST_PUBLICKEY ? 'PUBLICKEY' : 'PASSWORD'
    }
    const isInteractive =
      latency < TYPING && behind[0] <= KEYBOARD_INTERACTIVE && KEYBOARD_INTERACTIVE <= behind[1]
    if (hidesPasswords) {
      if (isInteractive) return 'KEYBOARD_INTERACTIVE'
      // OpenSSH offers its keys first, and at once.
      const mayBeKey = behind[0] <= LEAST_PUBLICKEY && LEAST_PUBLICKEY <= behind[1]
      if (mayBeKey && this.#habits.isModern && latency < TYPING && !this.#hasPassword) return 'PUBLICKEY'
      if (isHidden && behind[0] <= MOST_HIDDEN) return 'PASSWORD'
      return behind[1] >= LEAST_PUBLICKEY ? 'PUBLICKEY' : 'PASSWORD'
    }
    if (behind[0] > LONGEST_PASSWORD && behind[1] >= LEAST_PUBLICKEY && latency < TYPING) return 'PUBLICKEY'
    return isInteractive ? 'KEYBOARD_INTERACTIVE' : 'PASSWORD'
  }

  /** Requests for keyboard-interactive can be told from those with a password. */
  get knowsInteractive(): boolean {
    return this.#habits.hidesPasswords || this.#habits.pairsPasswords
  }

  /** A request of this length may be one for keyboard-interactive. */
  mayBeInteractive({ wire, latency }: Asked): boolean {
    const payload = payloadsOf(this.#suite, wire)
    if (payload === undefined || wire === this.#none || latency >= TYPING) return false
    const [low, high] = this.#base
    return payload[0] - high <= KEYBOARD_INTERACTIVE && KEYBOARD_INTERACTIVE <= payload[1] - low
  }

  /** It can be nothing else, unless the password is short and hidden. */
  isSurelyInteractive(request: Asked): boolean {
    if (!this.knowsInteractive || !this.mayBeInteractive(request)) return false
    return this.#habits.pairsPasswords || !this.mayHide(request.wire)
  }

  /** As long as a password that is hidden. */
  mayHide(wire: number): boolean {
    return (wire - this.#suite.outside - this.#suite.macBytes) % HIDING_UNIT === 0
  }

  /** A message of this length is rather a response to a prompt than another request. */
  isResponse(wire: number): boolean {
    const { hidesPasswords, pairsPasswords, beginsWithNone } = this.#habits
    if (pairsPasswords) return this.#suite.hasClearLength || (wire >= PAIRED[0] && wire <= PAIRED[1])
    if (hidesPasswords) return wire - this.#suite.outside - this.#suite.macBytes === HIDING_UNIT
    const payload = payloadsOf(this.#suite, wire)
    // Programs with libssh2 may ask for `none` again before each password.
    if (payload === undefined || (wire === this.#none && beginsWithNone === undefined)) return false
    return payload[1] < this.#base[0] + LEAST_PASSWORD
  }

  /** A message of this length may be a request: it has room for the user and the name of a method. */
  mayBe(wire: number): boolean {
    const payload = payloadsOf(this.#suite, wire)
    return payload === undefined || payload[1] >= this.#base[0] + NONE
  }

  /** A message of this length answers a prompt that asks for nothing. */
  isEmptyResponse(wire: number): boolean {
    if (this.knowsInteractive) return this.isResponse(wire)
    return wire === wireLength(this.#suite, 1 + 4)
  }

  /** A first request that may ask for `none` as well as hold a password. */
  isDoubtful(wire: number): boolean {
    const payload = payloadsOf(this.#suite, wire)
    const { hidesPasswords, pairsPasswords, beginsWithNone } = this.#habits
    if (this.count > 0 || payload === undefined || hidesPasswords || pairsPasswords) return false
    return beginsWithNone === undefined && payload[1] > SURELY_NONE && payload[0] < SURELY_PASSWORD
  }

  #isFirstNone([low, high]: Range, isHidden: boolean): boolean {
    const { hidesPasswords, pairsPasswords, beginsWithNone } = this.#habits
    if (high <= SURELY_NONE) return true
    if (this.count > 0 || low >= BARE_BASE + LONGEST_USER + NONE) return false
    if (hidesPasswords && !this.#habits.isModern && isHidden) return false
    return hidesPasswords || pairsPasswords || beginsWithNone === true
  }

  /** A request for a key may as well be one with a password whose length is hidden. */
  mayHidePassword(wire: number): boolean {
    return this.#habits.hidesPasswords && this.mayHide(wire) && !this.#isKeyAccepted
  }

  /** A program that pairs each password with an IGNORE sent one message. */
  isAlone(wire: number): boolean {
    if (!this.#habits.pairsPasswords) return false
    return this.#suite.hasClearLength || wire < PAIRED[0] || wire > PAIRED[1]
  }

  /** True when an answer is as long as one that repeats the key of such a request (PK_OK). */
  isEchoed(request: number, server: Suite, answer: number, isRandom: boolean): boolean {
    const asked = payloadsOf(this.#suite, request)
    const told = payloadsOf(server, answer)
    if (asked === undefined || told === undefined) return false
    const low = asked[0] - this.#base[1] - PUBLICKEY + 1
    const high = asked[1] - this.#base[0] - PUBLICKEY + 1
    return told[1] >= LEAST_PK_OK && told[1] >= low && told[0] - (isRandom ? 16 : 0) <= high
  }

  /** An answered request: what it was. */
  learn(wire: number, name: MessageName, answer: MessageName): void {
    this.count++
    if (name === 'PASSWORD') this.#hasPassword = true
    this.#isKeyAccepted = answer === 'PK_OK'
    if (this.#isKeyAccepted) this.#query = wire
    const payload = payloadsOf(this.#suite, wire)
    if (name === 'NONE') {
      this.#none = wire
      this.#nones++
    }
    if (payload === undefined || this.#isBaseKnown) return
    if (name === 'NONE') this.#base = [payload[0] - NONE, payload[1] - NONE]
    this.#isBaseKnown = name === 'NONE'
  }

  /** The request's name, now that its answer is known. */
  nameOf(kind: AnyRequest, answer: MessageName): MessageName {
    if (answer === 'PK_OK') return 'PUBLICKEY_QUERY'
    if (kind === 'INFO') return 'INFO_RESPONSE'
    if (answer === 'INFO_REQUEST') return 'KEYBOARD_INTERACTIVE'
    if (kind === 'NONE') return answer === 'DISCONNECT' && this.#nones < 2 ? 'PASSWORD' : 'NONE'
    if (kind === 'KEYBOARD_INTERACTIVE')
      return this.knowsInteractive && answer === 'FAILURE' ? kind : 'PASSWORD'
    // No key is signed for that the server was not asked about.
    if (kind === 'PUBLICKEY' && answer === 'SUCCESS' && !this.#isKeyAccepted && this.#habits.isModern)
      return this.#habits.hidesPasswords ? 'PASSWORD' : kind
    if (kind === 'PUBLICKEY' && answer === 'FAILURE' && !this.#isKeyAccepted) return 'PUBLICKEY_QUERY'
    return kind
  }

  /** A request that was never answered. */
  guess(request: Asked, isAsked: boolean): MessageName {
    const payload = payloadsOf(this.#suite, request.wire)
    if (payload === undefined) return ''
    // Too short for a request: DISCONNECT, or an IGNORE.
    if (!isAsked && payload[1] < this.#base[0] + NONE) return 'DISCONNECT'
    const kind = this.kindOf(request, isAsked)
    return kind === 'INFO' ? 'INFO_RESPONSE' : kind
  }

  /** The last answer accepted a key: a signed request is to come. */
  get isKeyAccepted(): boolean {
    return this.#isKeyAccepted
  }
}
