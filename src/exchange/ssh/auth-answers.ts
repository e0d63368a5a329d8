// What a server answers during authentication, told from lengths (RFC 4252 §5.1, §7; RFC 4256 §3.2): SUCCESS is the
// shortest message there is, FAILURE has one length as long as its list of methods does not change, PK_OK repeats
// the key that was asked about.

import type { MessageName } from '../../model/messages.ts'
import type { AnyRequest, Requests } from './auth-requests.ts'
import { couldBe } from './message-cutter.ts'
import { SERVICE } from './payloads.ts'
import type { Piece } from './piece.ts'
import { payloadsOf, type Suite, shortestWireLength, wireLength } from './suite.ts'

/** Payloads, bytes. */
const LEAST_FAILURE = 12
/** Longest list of methods that servers are known to send, and some. */
const MOST_FAILURE = 84
/** `publickey,password,keyboard-interactive`. */
const USUAL_FAILURE = 45
/** DISCONNECT `Too many authentication failures`. */
const TOO_MANY_FAILURES = 45
const LONGEST_PROMPT = 300
/** Refusals before which no server gives up. */
const LEAST_TRIES = 2
/** TinySSH adds up to this much random padding. */
export const MOST_EXTRA = 16
/** A refusal by PAM takes longer than this, µs (pam_unix waits two seconds, more or less by a quarter). */
export const PAM_DELAY = 1_000_000

export class Answers {
  readonly #suite: Suite
  readonly #requests: Requests
  /** The server pads at random (TinySSH). */
  isRandom = false
  /** Wire length of FAILURE; 0 while it is not known. */
  failure = 0
  /** Refusals so far, that of `none` among them. */
  #failures = 0
  /** A request for keyboard-interactive was answered with a prompt. */
  #isPrompting = false
  /** The last answer was a prompt. */
  isAsked = false

  constructor(suite: Suite, requests: Requests) {
    this.#suite = suite
    this.#requests = requests
  }

  /** An answer was given. @param wire - 0 when its own length is not known */
  learn(name: MessageName, wire: number): void {
    this.isAsked = name === 'INFO_REQUEST'
    this.#isPrompting ||= this.isAsked
    if (name === 'PARTIAL') this.failure = 0
    if (name !== 'FAILURE') return
    this.#failures++
    if (!this.isRandom && wire !== 0) this.failure = wire
  }

  /** The name of an answer; undefined when it is more than one message, or none that is known. */
  nameOf(answer: Piece, request: Piece, kind: AnyRequest): MessageName | undefined {
    const { wire } = answer
    if (this.#isLast(wire)) return 'DISCONNECT'
    if (this.#isSuccess(wire)) return 'SUCCESS'
    const isEmptyPrompt = wire === wireLength(this.#suite, SERVICE)
    if (kind === 'INFO' && isEmptyPrompt) return this.failure === wire ? 'FAILURE' : 'INFO_REQUEST'
    if (this.#isCorrected(wire, kind)) return 'FAILURE'
    const isPartial = !this.isRandom && this.#isPartial(wire, kind)
    const refusal = isPartial ? 'PARTIAL' : 'FAILURE'
    if (wire === this.failure) return refusal
    if (this.#isEchoed(wire, request, kind)) return 'PK_OK'
    if (this.failure !== 0) {
      if (kind === 'KEYBOARD_INTERACTIVE' || kind === 'INFO')
        return wire < wireLength(this.#suite, LONGEST_PROMPT) ? 'INFO_REQUEST' : undefined
      if (!this.#suite.hasClearLength && couldBe(this.#suite, wire - this.failure)) return undefined
    }
    const payload = payloadsOf(this.#suite, wire)
    if (payload === undefined || payload[1] < LEAST_FAILURE || payload[0] > MOST_FAILURE) return undefined
    return this.failure !== 0 && !isPartial && isEmptyPrompt ? 'INFO_REQUEST' : refusal
  }

  /** An answer that may be a prompt as well as a refusal: what comes next tells. */
  mayPrompt({ wire, latency }: Piece, mayAskForOne: boolean): boolean {
    if (this.isAsked && this.failure !== 0)
      return wire === this.failure && wire === wireLength(this.#suite, SERVICE) && latency < PAM_DELAY
    if (!this.isAsked && !mayAskForOne) return false
    if (this.failure !== 0) return wire === this.failure
    return wire >= this.#shortestFailure && wire <= wireLength(this.#suite, MOST_FAILURE)
  }

  /** Such an answer was a prompt, now that `next` has come, or nothing does. */
  wasPrompt(answer: Piece, request: Piece, next: Piece | undefined): boolean {
    const requests = this.#requests
    if (!this.isAsked) {
      const isSure = requests.isSurelyInteractive(request)
      if (next === undefined || (this.#isPrompting && isSure)) return isSure
      return next.side === 0 && requests.isResponse(next.wire)
    }
    if (next?.side !== 0) return false
    if (answer.wire === wireLength(this.#suite, SERVICE)) return requests.isEmptyResponse(next.wire)
    return requests.isResponse(next.wire) && !requests.mayBeInteractive(next)
  }

  get #shortestFailure(): number {
    return wireLength(this.#suite, LEAST_FAILURE)
  }

  #isSuccess(wire: number): boolean {
    const shortest = shortestWireLength(this.#suite)
    if (wire === shortest || (this.isRandom && wire <= shortest + MOST_EXTRA)) return true
    // Dropbear fills every packet up to 16 bytes (packet.c, encrypt_packet).
    return this.#suite.block === 8 && wire === wireLength(this.#suite, 9) && wire < this.#shortestFailure
  }

  /** The first answer held a BANNER before the FAILURE: a second one is shorter by a message. */
  #isCorrected(wire: number, kind: AnyRequest): boolean {
    if (this.#failures !== 1 || (kind !== 'PASSWORD' && kind !== 'PUBLICKEY')) return false
    if (this.#suite.hasClearLength || wire >= this.failure || wire < this.#shortestFailure) return false
    return couldBe(this.#suite, this.failure - wire)
  }

  /** A key that was accepted, or a password whose refusal lists other methods than before: more is demanded. */
  #isPartial(wire: number, kind: AnyRequest): boolean {
    if (kind === 'PUBLICKEY') return this.#requests.isKeyAccepted
    return kind === 'PASSWORD' && this.failure !== 0 && wire !== this.failure && this.#suite.hasClearLength
  }

  /** OpenSSH answers the last request that it allows with DISCONNECT. */
  #isLast(wire: number): boolean {
    if (this.#failures < LEAST_TRIES || wire === this.failure) return false
    return wire === wireLength(this.#suite, TOO_MANY_FAILURES)
  }

  #isEchoed(wire: number, request: Piece, kind: AnyRequest): boolean {
    const isLikely = kind === 'PUBLICKEY' || this.failure !== 0 || this.isRandom
    if (!isLikely && wire <= wireLength(this.#suite, USUAL_FAILURE)) return false
    return this.#requests.isEchoed(request.wire, this.#suite, wire, this.isRandom)
  }
}
