// Names the messages of user authentication (RFC 4252, RFC 4256), which are encrypted, from their lengths and from
// whose turn it is. A request is held until it is answered, since the answer may tell what it was; an answer that
// can be read in two ways is held until the next message.

import type { MessageName } from '../../model/messages.ts'
import type { Direction } from '../../model/program.ts'
import { Answers, MOST_EXTRA, PAM_DELAY } from './auth-answers.ts'
import { type AnyRequest, type ClientHabits, Requests } from './auth-requests.ts'
import { Ignores } from './ignores.ts'
import { couldBe } from './message-cutter.ts'
import { NO_MORE_SESSIONS, OPEN_SESSION, SERVICE } from './payloads.ts'
import type { NamedPiece, Piece } from './piece.ts'
import { type Suite, shortestWireLength, wireLength } from './suite.ts'

/** A key is looked up in less, a password is hashed for longer, µs. */
const HASHING = 30_000
/** A server that takes this long over a request checks a password, µs. */
const SLOW = 200_000
/** So much a server says unasked only when authentication is over. */
const MOST_UNASKED = 3
/** Messages of a kind that are held for an answer. */
const MOST_HELD = 16

export interface DialogueOptions {
  readonly toServer: Suite
  readonly toClient: Suite
  /** Each may send EXT_INFO, since the other asked for it (RFC 8308 §2.1). */
  readonly clientExtends: boolean
  readonly serverExtends: boolean
  readonly habits: ClientHabits
}

export class AuthDialogue {
  readonly #options: DialogueOptions
  readonly #requests: Requests
  readonly #answers: Answers
  readonly #ignores: readonly [Ignores, Ignores]
  #isRequested = false
  #isAccepted = false
  /** A side's bytes are missing: by side. */
  readonly #isTorn: [boolean, boolean] = [false, false]
  /** SUCCESS was seen, or is known to be missing. */
  isOver = false
  /** The first channel was opened among what is missing, too. */
  isWithin = false
  /** Requests that were not answered, oldest first. */
  readonly #open: Piece[] = []
  #lastAnswer: MessageName = ''
  /** Messages of the server since the client's last. */
  #unaskedCount = 0
  /** What comes out behind the request that is held. */
  readonly #padding: NamedPiece[] = []
  readonly #banners: NamedPiece[] = []
  /** What came with SERVICE_REQUEST: EXT_INFO, or the first request. */
  #early: Piece | undefined
  /** An answer that the next piece explains: a BANNER alone or before a FAILURE; a FAILURE or a prompt. */
  #doubt: { readonly piece: Piece; readonly of: 'banner' | 'prompt' } | undefined

  constructor(options: DialogueOptions) {
    const { toServer, toClient, habits } = options
    this.#options = options
    this.#requests = new Requests(toServer, habits)
    this.#answers = new Answers(toClient, this.#requests)
    this.#ignores = [new Ignores(toServer), new Ignores(toClient)]
  }

  /**
   * Names a piece; what was held may come out before it, and the piece itself may be held. A piece of the client that
   * shows that authentication was over already is not named.
   */
  take(piece: Piece): readonly NamedPiece[] {
    const out: NamedPiece[] = []
    if (piece.side === 0) this.#fromClient(piece, out)
    else this.#fromServer(piece, out)
    return out
  }

  /** The client sends an IGNORE before each message. */
  get hasIgnores(): boolean {
    return this.#ignores[0].isUsual
  }

  get hasSucceeded(): boolean {
    return this.#lastAnswer === 'SUCCESS'
  }

  /** Messages that are held. */
  get held(): number {
    return this.#open.length + this.#padding.length + this.#banners.length
  }

  /** Authentication was over before this piece, which can be no request: SUCCESS is among what is missing. */
  isOverBefore(piece: Piece): boolean {
    const { side, wire } = piece
    if (this.isOver || side === 1 || !this.#isTorn[1] || !this.#isAccepted) return this.isOver
    const opens = wire === wireLength(this.#options.toServer, OPEN_SESSION) && !this.#requests.mayBe(wire)
    this.isOver = this.#opensForGood(piece) || (opens && !this.#answers.isAsked)
    return this.isOver
  }

  /** Bytes of a side are missing: what was asked is not known any more. */
  tear(side: Direction): void {
    this.#isTorn[side] = true
    const [first] = this.#open
    const isNone = this.#requests.count === 0 && first !== undefined && this.#kindOf(first, first) === 'NONE'
    // Its answer is lost: whoever goes on was refused.
    if (isNone && side === 1) this.#requests.learn(first.wire, 'NONE', 'FAILURE')
    this.#open.length = 0
    this.#doubt = undefined
    this.#early = undefined
    this.#padding.length = 0
    this.#banners.length = 0
  }

  /** Nothing more comes: what is held. */
  flush(): readonly NamedPiece[] {
    const out: NamedPiece[] = []
    this.#resolveDoubt(out, undefined)
    out.push(...this.#banners.splice(0))
    const { isAsked } = this.#answers
    for (const piece of this.#open.splice(0))
      out.push({ ...piece, name: this.#requests.guess(piece, isAsked) })
    return out
  }

  #fromClient(piece: Piece, out: NamedPiece[]): void {
    this.#unaskedCount = 0
    const isAsked = this.#answers.isAsked || this.#doubt !== undefined
    const mayFollow = isAsked && !this.#options.habits.pairsPasswords
    const rest = this.#ignores[0].strip(piece, !this.#isRequested, mayFollow, out)
    if (rest === undefined) return
    if (!this.#isRequested) {
      this.#request(rest, out)
      return
    }
    if (this.#early !== undefined) out.push({ ...this.#early, name: 'EXT_INFO' })
    this.#early = undefined
    this.#resolveDoubt(out, rest)
    if (this.isOver) return
    // What comes with a request in one segment is the IGNORE that hides its length.
    const isPadding = this.#open.at(-1)?.packet === rest.packet
    if (this.held >= MOST_HELD) out.push({ ...rest, name: isPadding ? 'IGNORE' : '' })
    else if (isPadding) this.#padding.push({ ...rest, name: 'IGNORE' })
    else this.#open.push(rest)
  }

  /** Before SERVICE_REQUEST was seen. */
  #request(piece: Piece, out: NamedPiece[]): void {
    const { toServer: suite, clientExtends } = this.#options
    const service = wireLength(suite, SERVICE)
    const behind = piece.wire - service
    const isTwo = !suite.hasClearLength && behind > 0 && couldBe(suite, behind)
    this.#isRequested = behind === 0 || isTwo
    if (!this.#isRequested && this.#isTorn[0] && this.#isAccepted) {
      this.#isRequested = true
      this.#open.push(piece)
      return
    }
    if (!this.#isRequested) {
      out.push({ ...piece, name: behind > 0 ? 'EXT_INFO' : '' })
      return
    }
    const [ignores] = this.#ignores
    if (isTwo && behind === ignores.wire) {
      ignores.expect()
      out.push({ ...piece, wire: behind, name: 'IGNORE' })
    } else if (isTwo && clientExtends) {
      // EXT_INFO before it, or the first request behind it: the answer tells.
      this.#early = { ...piece, wire: behind }
    } else if (isTwo) this.#open.push({ ...piece, wire: behind })
    out.push({ ...piece, wire: service, name: 'SERVICE_REQUEST' })
  }

  #fromServer(piece: Piece, out: NamedPiece[]): void {
    const rest = this.#ignores[1].strip(piece, !this.#isAccepted, true, out)
    if (rest === undefined) return
    if (this.#isAccepted) this.#answer(rest, out)
    else this.#accept(rest, out)
  }

  /** Before SERVICE_ACCEPT was seen. */
  #accept(piece: Piece, out: NamedPiece[]): void {
    const { toClient: suite, serverExtends } = this.#options
    const accept = wireLength(suite, SERVICE)
    const behind = piece.wire - accept
    if (!this.#isRequested && behind !== 0) {
      out.push({ ...piece, name: 'EXT_INFO' })
      return
    }
    if (this.#isTorn[1] && this.#open.length > 0) {
      // Nobody asks for more before the service is granted.
      this.#isAccepted = true
      this.#answer(piece, out)
      return
    }
    const isRandom = behind > 0 && behind <= MOST_EXTRA && behind % suite.block === 0
    const isTwo = !suite.hasClearLength && behind > 0 && couldBe(suite, behind)
    this.#isAccepted = behind === 0 || isRandom || isTwo
    if (!this.#isAccepted) {
      out.push({ ...piece, name: serverExtends ? 'EXT_INFO' : '' })
      return
    }
    this.#answers.isRandom = isRandom
    if (behind === 0 || isRandom) {
      out.push({ ...piece, name: 'SERVICE_ACCEPT' })
      return
    }
    const [, ignores] = this.#ignores
    if (behind === ignores.wire) {
      ignores.expect()
      out.push({ ...piece, wire: behind, name: 'IGNORE' }, { ...piece, wire: accept, name: 'SERVICE_ACCEPT' })
      return
    }
    if (serverExtends && behind === shortestWireLength(suite)) {
      // The rest of an EXT_INFO that began in the segment before, rather than SUCCESS.
      out.push({ ...piece, wire: behind, name: '' }, { ...piece, wire: accept, name: 'SERVICE_ACCEPT' })
      return
    }
    out.push({ ...piece, wire: accept, name: 'SERVICE_ACCEPT' })
    if (this.#open.length > 0 || this.#early !== undefined) this.#answer({ ...piece, wire: behind }, out)
    else out.push({ ...piece, wire: behind, name: 'EXT_INFO' })
  }

  /** What comes in answer to a request, or behind an answer. */
  #answer(piece: Piece, out: NamedPiece[]): void {
    if (this.#open.length === 0 && this.#early !== undefined) this.#open.push(this.#early)
    this.#early = undefined
    this.#resolveDoubt(out, piece)
    const request = this.#open[0]
    if (request === undefined) {
      this.#unasked(piece, out)
      return
    }
    const mayAskForOne = this.#requests.mayBeInteractive(request) || this.#requests.isDoubtful(request.wire)
    if (this.#answers.mayPrompt(piece, mayAskForOne)) {
      this.#doubt = { piece, of: 'prompt' }
      return
    }
    const kind = this.#kindOf(request, piece)
    const name = this.#answers.nameOf(piece, request, kind)
    if (name !== undefined) this.#conclude(piece, kind, name, out)
    else this.#several(piece, kind, out)
  }

  /** EXT_INFO or BANNER before the answer, or something behind it, in one segment. */
  #several(piece: Piece, kind: AnyRequest, out: NamedPiece[]): void {
    const { toClient: suite } = this.#options
    const { failure } = this.#answers
    if (suite.hasClearLength) {
      this.#banner(piece, out)
      return
    }
    const maySucceed = couldBe(suite, piece.wire - shortestWireLength(suite))
    if (failure === 0 || (maySucceed && couldBe(suite, piece.wire - failure)))
      this.#doubt = { piece, of: 'banner' }
    else if (maySucceed) this.#succeed(piece, kind, out)
    else this.#refuse(piece, kind, out)
  }

  #banner(piece: Piece, out: NamedPiece[]): void {
    const banner: NamedPiece = { ...piece, name: 'BANNER' }
    if (this.held >= MOST_HELD) out.push(banner)
    else this.#banners.push(banner)
  }

  /** BANNER and FAILURE in one segment. */
  #refuse(piece: Piece, kind: AnyRequest, out: NamedPiece[]): void {
    const { failure } = this.#answers
    this.#banners.push({ ...piece, wire: piece.wire - failure, name: 'BANNER' })
    this.#conclude({ ...piece, wire: failure }, kind, 'FAILURE', out)
  }

  /** SUCCESS and the server's host keys in one segment. */
  #succeed(piece: Piece, kind: AnyRequest, out: NamedPiece[]): void {
    const success = shortestWireLength(this.#options.toClient)
    this.#conclude({ ...piece, wire: success }, kind, 'SUCCESS', out)
    out.push({ ...piece, wire: piece.wire - success, name: 'GLOBAL_REQUEST' })
  }

  /** @param next - what the client said next, if that is known already */
  #kindOf(request: Piece, answer: Piece, next?: Piece): AnyRequest {
    const kind = this.#requests.kindOf(request, this.#answers.isAsked)
    if (this.#requests.isDoubtful(request.wire))
      return answer.latency <= SLOW && next !== undefined ? 'NONE' : 'PASSWORD'
    if (kind === 'NONE' && this.#requests.count > 0 && answer.latency > PAM_DELAY) return 'PASSWORD'
    if (kind === 'INFO') return kind
    if (
      kind === 'PUBLICKEY' &&
      answer.latency > HASHING + answer.roundTrip &&
      this.#requests.mayHidePassword(request.wire)
    )
      return 'PASSWORD'
    if (this.#padding.length > 0) return 'PASSWORD'
    return kind === 'PASSWORD' && this.#requests.isAlone(request.wire) ? 'PUBLICKEY' : kind
  }

  #conclude(piece: Piece, kind: AnyRequest, name: MessageName, out: NamedPiece[]): void {
    const request = this.#open.shift()
    if (request !== undefined) {
      const requestName = this.#requests.nameOf(kind, name)
      this.#requests.learn(request.wire, requestName, name)
      out.push({ ...request, name: requestName }, ...this.#padding.splice(0))
    }
    out.push(...this.#banners.splice(0), { ...piece, name })
    this.#answers.learn(name, piece.wire)
    this.#lastAnswer = name
    this.isOver = name === 'SUCCESS'
  }

  /** The server speaks though nothing was asked. */
  #unasked(piece: Piece, out: NamedPiece[]): void {
    if (this.#lastAnswer === 'FAILURE' && this.#requests.count === 1) this.#answers.failure = piece.wire
    out.push({ ...piece, name: '' })
    this.#unaskedCount++
    if (!this.#isTorn.includes(true) || this.#unaskedCount < MOST_UNASKED) return
    this.isOver = true
    this.isWithin = true
  }

  /** Reads an answer that was held, now that `next` has come, or nothing does. */
  #resolveDoubt(out: NamedPiece[], next: Piece | undefined): void {
    const doubt = this.#doubt
    const request = this.#open[0]
    this.#doubt = undefined
    if (doubt === undefined || request === undefined) return
    const { piece } = doubt
    const kind = this.#kindOf(request, piece, next)
    // The server goes on: that was no answer.
    if (next?.side === 1 && (doubt.of === 'banner' || this.#requests.count === 0)) {
      this.#banner(piece, out)
      return
    }
    if (doubt.of === 'prompt') {
      const isPrompt = this.#answers.wasPrompt(piece, request, next)
      this.#conclude(piece, kind, isPrompt ? 'INFO_REQUEST' : 'FAILURE', out)
      return
    }
    if (this.#answers.failure !== 0) {
      if (this.#opensForGood(next)) this.#succeed(piece, kind, out)
      else this.#refuse(piece, kind, out)
      return
    }
    // A DISCONNECT may be as long as CHANNEL_OPEN.
    const opens = next?.wire === wireLength(this.#options.toServer, OPEN_SESSION) && kind !== 'NONE'
    const isSuccess = opens || this.#opensForGood(next)
    this.#banners.push({ ...piece, name: 'BANNER' })
    this.#conclude({ ...piece, wire: 0 }, kind, isSuccess ? 'SUCCESS' : 'FAILURE', out)
  }

  /** OpenSSH opens a session and says no-more-sessions@openssh.com in one segment. */
  #opensForGood(next: Piece | undefined): boolean {
    const { toServer: suite, habits } = this.#options
    if (next === undefined || !habits.hidesPasswords || this.#requests.mayHide(next.wire)) return false
    return next.wire === wireLength(suite, OPEN_SESSION) + wireLength(suite, NO_MORE_SESSIONS)
  }
}
