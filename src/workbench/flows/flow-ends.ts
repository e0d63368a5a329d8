// The two ends of a flow as somebody names them, and a cheap look at frames: whether one may be of that flow.

import { isIPv4 } from 'node:net'
import { parseIpv4, parseIpv6 } from '../../filter/address.ts'
import type { Frame } from '../../model/frame.ts'
import { OperatorError } from '../../model/operator-error.ts'

export interface FlowEnd {
  /** One word for IPv4, four for IPv6. */
  readonly words: readonly number[]
  /** undefined: any. */
  readonly port: number | undefined
}

/** In either order. */
export interface FlowEnds {
  readonly one: FlowEnd
  readonly other: FlowEnd
}

/** Headers of a frame, encapsulations included, end before this. */
const HEADERS = 192

/**
 * @param text - `10.0.0.1:40000>10.0.0.2:22`, `[2001:db8::1]:40000>[2001:db8::2]:22`, `10.0.0.1>10.0.0.2`
 * @throws OperatorError when it is nothing of the kind
 */
export function parseFlowEnds(text: string): FlowEnds {
  const [one, other, ...rest] = text.split('>').map((part) => parseEnd(part.trim()))
  if (one === undefined || other === undefined || rest.length > 0)
    throw new OperatorError(
      'usage',
      `${text} names no flow`,
      'write a number as gait explain lists them, or both ends: 10.0.0.1:40000>10.0.0.2:22, [2001:db8::1]:40000>[2001:db8::2]:22',
    )
  return { one, other }
}

function parseEnd(text: string): FlowEnd | undefined {
  const [, bracketed, plain, digits] =
    /^(?:\[([^\]]+)\]|([^:[\]]+|[^[\]]*:[^[\]]*:[^[\]]*))(?::([0-9]{1,5}))?$/.exec(text) ?? []
  const address = bracketed ?? plain ?? ''
  const port = digits === undefined ? undefined : Number(digits)
  if (port !== undefined && port > 65_535) return undefined
  if (isIPv4(address)) return { words: [parseIpv4(address)?.word ?? 0], port }
  const words = parseIpv6(address)
  return words === undefined ? undefined : { words: words.map((word) => word | 0), port }
}

/** True when a frame may belong to the flow: both addresses stand in its headers, one behind the other. */
export function mayBeOf({ one, other }: FlowEnds, { data, start, end }: Frame): boolean {
  const bytes = one.words.length * 4
  const lastOne = one.words.at(-1) ?? 0
  const lastOther = other.words.at(-1) ?? 0
  const stop = Math.min(end, start + HEADERS)
  let word = 0
  for (let at = start; at < stop; at++) {
    word = (word << 8) | (data[at] ?? 0)
    if (
      word === lastOther &&
      standsAt(one.words, data, at + 1 - 2 * bytes, start) &&
      standsAt(other.words, data, at + 1 - bytes, start)
    )
      return true
    if (
      word === lastOne &&
      standsAt(other.words, data, at + 1 - 2 * bytes, start) &&
      standsAt(one.words, data, at + 1 - bytes, start)
    )
      return true
  }
  return false
}

function standsAt(words: readonly number[], data: Uint8Array, at: number, start: number): boolean {
  if (at < start) return false
  return words.every((word, i) => {
    const from = at + i * 4
    const found =
      ((data[from] ?? 0) << 24) |
      ((data[from + 1] ?? 0) << 16) |
      ((data[from + 2] ?? 0) << 8) |
      (data[from + 3] ?? 0)
    return found === word
  })
}
