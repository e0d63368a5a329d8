// Who types, and how: messages of a side that are as short as a keystroke, the gaps between them, and how the other
// side answers. A keystroke is CHANNEL_DATA of one to three bytes; inside another SSH connection or a tunnel it is as
// long as the messages that the other side answers with one of the same length (the echo).

import { DATA, KEY } from './payloads.ts'
import type { Piece } from './piece.ts'
import { payloadsOf, type Suite, wireLength } from './suite.ts'

/** CHANNEL_DATA of three bytes. */
const ARROW_KEY = DATA + 3
/** Longest keystroke in layers of SSH. */
const MOST_KEY = 220
/** Echoes of another length that make it that of a key. */
const ECHOES = 3
/** Nobody reacts as fast to what was received, µs. */
const REACTION = 2_000
/** Keys that make it so come no faster, µs. */
const LEAST_PACE = 50_000
/** Gaps that are counted, µs: a longer one is no pace. */
const LONGEST_GAP = 60_000_000
/** Two keys this close are no two keys, µs. */
const SHORTEST_GAP = 5_000
/** Steps of the histogram: each is a quarter of an octave, from 1 ms. */
const STEPS = 72
/** ObscureKeystrokeTiming of OpenSSH sends every 20 ms, µs (readconf.h). */
const TICK: readonly [number, number] = [15_000, 26_000]

export class Typing {
  readonly #suite: Suite
  readonly #side: number
  /** Sizes of a key. */
  readonly #key: number
  readonly #arrow: number
  #inner = 0
  #innerEchoes = 0
  #candidate = 0
  keys = 0
  /** Keys that were answered by one message before the next key. */
  echoes = 0
  /** Keys of another length than plain ones: those of an inner connection. */
  innerKeys = 0
  longest = 0
  /** Longest run of ticks. */
  ticks = 0
  #run = 0
  #gaps = 0
  readonly #histogram = new Uint16Array(STEPS)
  #last = 0
  #lastTime = 0
  #answers = 0

  constructor(suite: Suite, side: number) {
    this.#suite = suite
    this.#side = side
    this.#key = wireLength(suite, KEY)
    this.#arrow = wireLength(suite, ARROW_KEY)
  }

  take(piece: Piece): void {
    if (piece.side !== this.#side) {
      this.#answer(piece)
      return
    }
    const { wire, time, latency } = piece
    const isInner = wire === this.#inner && this.#innerEchoes >= ECHOES
    // WINDOW_ADJUST, EOF and CLOSE are as short, but answer at once.
    const isReaction = this.#answers > 0 && latency < REACTION
    const isKey =
      !isReaction && (wire === this.#key || (wire === this.#arrow && this.#answers > 0) || isInner)
    const isSlow = time - this.#lastTime > LEAST_PACE
    this.#lastTime = time
    this.#candidate = wire !== this.#key && isSlow && this.#isShort(wire) ? wire : 0
    if (isKey) {
      if (this.#answers === 1) this.echoes++
      if (this.#last !== 0) this.#gap(time - this.#last)
      this.keys++
      if (isInner && wire > this.#arrow) this.innerKeys++
      this.#last = time
    } else this.#last = 0
    this.#answers = 0
  }

  /** Gap that `part` (0 to 1) of all gaps stay below, µs; 0 when there are none. */
  quantile(part: number): number {
    let left = part * this.#gaps
    for (let step = 0; step < STEPS; step++) {
      left -= this.#histogram[step] ?? 0
      if (left < 0) return 1000 * 2 ** ((step + 0.5) / 4)
    }
    return 0
  }

  /** Layers of SSH that the keys are in: 0 for plain ones. */
  get depth(): number {
    if (this.innerKeys === 0) return 0
    let depth = 0
    for (let wire = this.#key; wire < this.#inner; depth++) wire = wireLength(this.#suite, DATA + wire)
    return depth
  }

  #answer({ wire }: Piece): void {
    this.#answers++
    if (this.#answers !== 1 || this.#candidate === 0 || wire !== this.#candidate) return
    if (this.#candidate === this.#inner) this.#innerEchoes++
    else {
      this.#inner = this.#candidate
      this.#innerEchoes = 1
    }
  }

  #isShort(wire: number): boolean {
    const payload = payloadsOf(this.#suite, wire)
    return payload !== undefined && payload[0] <= MOST_KEY
  }

  #gap(gap: number): void {
    if (gap >= TICK[0] && gap <= TICK[1]) {
      if (++this.#run > this.ticks) this.ticks = this.#run
    } else this.#run = 0
    if (gap < SHORTEST_GAP || gap > LONGEST_GAP) return
    if (gap > this.longest) this.longest = gap
    this.#gaps++
    const step = Math.min(Math.max(Math.floor(4 * Math.log2(gap / 1000)), 0), STEPS - 1)
    this.#histogram[step] = Math.min((this.#histogram[step] ?? 0) + 1, 65_535)
  }
}
