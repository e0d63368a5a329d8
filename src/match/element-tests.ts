// hot path
// What sequences want of one element, as words of whoever holds the test, so that a test lies where it is needed.

import { MAX_SIZE, type Pause, type SequenceTest } from '../model/program.ts'
import type { SequenceElement } from '../model/sequence-element.ts'

// Words of a test.
/** ANY_SIDE, or a direction. */
export const DIRECTION = 0
/** Smallest and largest size; of a size less that of REFERENCE, if there is one. */
export const LOW = 1
export const HIGH = 2
/** 1-based slot; 0 for none. */
export const REFERENCE = 3
/** 0 for any. */
export const MESSAGE = 4
export const PAYLOAD_LOW = 5
/** -1 when nothing is said of the payload. */
export const PAYLOAD_HIGH = 6
const PAUSE = 7
/** Index of the shortest delay; the longest is next to it. */
const DELAY = 8
export const TEST_WORDS = 9

export const ANY_SIDE = 2

// Values of PAUSE. Those below PAUSED are no question for a match's first element.
const UNSAID = 0
const UNPAUSED = 1
const PAUSED = 2
const RANGE = 3
const RANGE_LESS_RTT = 4

/** Stands for the size of an element that was not taken. */
export const NOT_TAKEN = -1

/** The words of a test; `delays`, µs, grows by what it says of them. */
export function testWords(test: SequenceTest, delays: number[]): readonly number[] {
  const { pause, payload } = test
  const delay = pause.kind === 'range' ? delays.push(pause.low, pause.high) - 2 : 0
  const payloads = payload === undefined ? [0, -1] : [payload.low, Math.min(payload.high, MAX_SIZE)]
  const size = [test.low, test.high, test.reference]
  return [test.direction ?? ANY_SIDE, ...size, test.message, ...payloads, pauseWord(pause), delay]
}

function pauseWord(pause: Pause): number {
  switch (pause.kind) {
    case 'any':
      return UNSAID
    case 'none':
      return UNPAUSED
    case 'pause':
      return PAUSED
    case 'range':
      return pause.lessRtt ? RANGE_LESS_RTT : RANGE
  }
}

/** True when the test at `at` tells delays apart by more than the threshold. */
export function asksDelay(words: Int32Array, at: number): boolean {
  return words[at + PAUSE]! >= RANGE
}

/** True when the test at `at` wants a pause of at least the threshold. */
export function asksPause(words: Int32Array, at: number): boolean {
  return words[at + PAUSE]! === PAUSED
}

/** True when an element passes the test at `at` as the first of a match; it has nothing to refer to. */
export function fitsFirst(words: Int32Array, at: number, delays: Float64Array, e: SequenceElement): boolean {
  return (
    words[at + REFERENCE]! === 0 &&
    fitsSize(words, at, e, 0) &&
    (words[at + PAUSE]! < PAUSED || fitsPause(words, at, delays, e)) &&
    fitsPayload(words, at, e)
  )
}

/** True when an element passes the test at `at`; `sizes` holds the size of 1-based slot n at `slots` + n - 1. */
export function fits(
  words: Int32Array,
  at: number,
  delays: Float64Array,
  e: SequenceElement,
  sizes: Int32Array,
  slots: number,
): boolean {
  const reference = words[at + REFERENCE]!
  let base = 0
  if (reference !== 0) {
    base = sizes[slots + reference - 1]!
    if (base === NOT_TAKEN) return false
  }
  return fitsSize(words, at, e, base) && fitsPause(words, at, delays, e) && fitsPayload(words, at, e)
}

function fitsSize(words: Int32Array, at: number, e: SequenceElement, base: number): boolean {
  const direction = words[at]!
  if (direction !== e.direction && direction !== ANY_SIDE) return false
  const message = words[at + MESSAGE]!
  if (message !== 0 && message !== e.message) return false
  const size = e.size - base
  return size >= words[at + LOW]! && size <= words[at + HIGH]!
}

function fitsPause(words: Int32Array, at: number, delays: Float64Array, e: SequenceElement): boolean {
  const pause = words[at + PAUSE]!
  if (pause === UNSAID) return true
  if (pause === UNPAUSED) return e.isPause === 0
  if (pause === PAUSED) return e.isPause !== 0
  if (e.delay < 0) return false
  const delay = pause === RANGE_LESS_RTT ? Math.max(e.delay - e.rtt, 0) : e.delay
  const range = words[at + DELAY]!
  return delay >= delays[range]! && delay <= delays[range + 1]!
}

/** The bytes that are possible and those that are wanted have some in common. */
function fitsPayload(words: Int32Array, at: number, e: SequenceElement): boolean {
  const high = words[at + PAYLOAD_HIGH]!
  if (high < 0) return true
  return e.payloadHigh > 0 && e.payloadLow <= high && e.payloadHigh >= words[at + PAYLOAD_LOW]!
}
