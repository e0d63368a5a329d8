// hot path
// The lists in which the first tests of sequences stand: by direction, and by a message's name, a payload or a size.

import { MESSAGES } from '../model/messages.ts'
import {
  ANY_SIDE,
  DIRECTION,
  HIGH,
  LOW,
  MESSAGE,
  PAYLOAD_HIGH,
  PAYLOAD_LOW,
  REFERENCE,
} from './element-tests.ts'
import { classOf } from './size-class.ts'

/** Sizes below have a list each, unless a test spans more than so many of them. */
export const EXACT_SIZES = 2048
const MOST_EXACT = 64
/** All others stand in classes. */
const CLASSES = 128
/** Payloads stand in lists of 16 bytes, unless a test spans more than so many of them. */
const PAYLOAD_SHIFT = 4
const PAYLOADS = 512
const MOST_PAYLOADS = 8

// Lists of one direction, behind those of exact sizes; those of the other direction follow.
const CLASS_LISTS = EXACT_SIZES
export const MESSAGE_LISTS = CLASS_LISTS + CLASSES
const PAYLOAD_LISTS = MESSAGE_LISTS + MESSAGES.length
export const SIDE_LISTS = PAYLOAD_LISTS + PAYLOADS

/** The lists in which the test at `at` must stand, so that any element which passes it as the first finds it. */
export function listsOf(words: Int32Array, at: number): readonly number[] {
  const places = placesOf(words, at)
  const direction = words[at + DIRECTION]!
  const sides = direction === ANY_SIDE ? [0, 1] : [direction]
  return sides.flatMap((side) => places.map((place) => side * SIDE_LISTS + place))
}

export function classList(size: number): number {
  return CLASS_LISTS + classOf(size)
}

export function payloadList(payload: number): number {
  return PAYLOAD_LISTS + Math.min(payload >> PAYLOAD_SHIFT, PAYLOADS - 1)
}

function placesOf(words: Int32Array, at: number): readonly number[] {
  const low = Math.max(words[at + LOW]!, 0)
  const high = words[at + HIGH]!
  // There is nothing yet to refer to.
  if (words[at + REFERENCE]! !== 0) return []
  if (words[at + MESSAGE]! !== 0) return [MESSAGE_LISTS + words[at + MESSAGE]!]
  if (words[at + PAYLOAD_HIGH]! >= 0) {
    const lists = listed(payloadList(words[at + PAYLOAD_LOW]!), payloadList(words[at + PAYLOAD_HIGH]!))
    if (lists.length <= MOST_PAYLOADS) return lists
  }
  if (high < EXACT_SIZES && high - low < MOST_EXACT) return listed(low, high)
  return listed(classList(low), classList(high))
}

function listed(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i)
}
