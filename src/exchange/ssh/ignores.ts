// Empty IGNORE messages (RFC 4253 §11.2) that some programs send before every other message once they encrypt:
// AsyncSSH always, PuTTY under CBC.

import { couldBe } from './message-cutter.ts'
import { EMPTY_IGNORE } from './payloads.ts'
import type { NamedPiece, Piece } from './piece.ts'
import { type Suite, wireLength } from './suite.ts'

export class Ignores {
  readonly #suite: Suite
  #isUsual = false
  /** The last piece was one. */
  #wasIgnore = false

  constructor(suite: Suite) {
    this.#suite = suite
  }

  get isUsual(): boolean {
    return this.#isUsual
  }

  get wire(): number {
    return wireLength(this.#suite, EMPTY_IGNORE)
  }

  /** The side was seen to send them. */
  expect(): void {
    this.#isUsual = true
  }

  /**
   * Takes an IGNORE off.
   *
   * @param isFirst - nothing as short can come yet
   * @param mayFollow - what follows can be as short: then it is the second of two
   * @param out - takes the IGNORE
   * @returns what is left
   */
  strip(piece: Piece, isFirst: boolean, mayFollow: boolean, out: NamedPiece[]): Piece | undefined {
    const { wire } = this
    const wasIgnore = this.#wasIgnore
    this.#wasIgnore = piece.wire === wire && (isFirst || (this.#isUsual && !(wasIgnore && mayFollow)))
    if (this.#wasIgnore) {
      this.#isUsual = true
      out.push({ ...piece, name: 'IGNORE' })
      return undefined
    }
    const rest = piece.wire - wire
    if (!this.#isUsual || wasIgnore || this.#suite.hasClearLength || !couldBe(this.#suite, rest)) return piece
    out.push({ ...piece, wire, name: 'IGNORE' })
    return { ...piece, wire: rest }
  }
}
