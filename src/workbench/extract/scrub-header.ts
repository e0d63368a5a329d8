// What headers may hold besides what a packet needs: IP options and extension headers, TCP options. They are blanked in
// their length. And checksums, made anew.

import { internetChecksum } from '../../decode/checksum.ts'

/** Between whom, for a transport's checksum: the addresses of both ends as words. */
export interface PseudoHeader {
  readonly version: 4 | 6
  readonly words: readonly number[]
}

const NO_OPERATION = 1
const IPV4_BYTES = 20
const IPV6_BYTES = 40
const FRAGMENT = 44
const AUTHENTICATION = 51
/** Hop-by-hop and destination options (RFC 8200 §4.2): one PadN option takes their place. */
const OPTION_HEADERS = [0, 60]
const PAD_N = 1
/** End, no operation, MSS, window scale, SACK permitted, SACK. Timestamps are not: they tell one machine from others. */
const PLAIN_TCP_OPTIONS = [0, 1, 2, 3, 4, 5]

/** Makes all options of an IPv4 header no operations (a recorded route holds addresses), and its checksum right. */
export function scrubIpv4Options(data: Uint8Array, at: number): void {
  const length = ((data[at] ?? 0) & 15) << 2
  data.fill(NO_OPERATION, at + IPV4_BYTES, Math.max(at + length, at + IPV4_BYTES))
  fillChecksum(data, at, at + length, 10, length, 0, undefined)
}

/** Blanks the extension headers of an IPv6 header up to `end`; a fragment header stays. */
export function scrubExtensions(data: Uint8Array, at: number, end: number): void {
  let type = data[at + 6] ?? 0
  let header = at + IPV6_BYTES
  while (header + 8 <= end) {
    const next = data[header] ?? 0
    const units = data[header + 1] ?? 0
    const length = type === FRAGMENT ? 8 : type === AUTHENTICATION ? (units + 2) << 2 : (units + 1) << 3
    const after = Math.min(header + length, end)
    if (OPTION_HEADERS.includes(type)) {
      data.fill(0, header + 2, after)
      // Its length has one byte: longer ones would need several, and zeros are padding, too.
      if (length - 4 <= 255) data.set([PAD_N, length - 4], header + 2)
    } else if (type !== FRAGMENT) data.fill(0, Math.min(header + 4, after), after)
    type = next
    header += length
  }
}

/** Blanks the values of TCP options that may tell who speaks: keys, cookies, addresses. */
export function scrubTcpOptions(data: Uint8Array, from: number, end: number): void {
  let at = from
  while (at < end) {
    const kind = data[at] ?? 0
    if (kind === 0) {
      data.fill(0, at, end)
      return
    }
    const length = kind === NO_OPERATION ? 1 : (data[at + 1] ?? 0)
    if (kind !== NO_OPERATION && (length < 2 || at + length > end)) {
      data.fill(NO_OPERATION, at, end)
      return
    }
    if (!PLAIN_TCP_OPTIONS.includes(kind)) data.fill(0, at + 2, at + length)
    at += length
  }
}

/**
 * Writes the checksum at `field` bytes behind `at`; what was not captured counts as zero.
 *
 * @param end - of what was captured
 * @param length - on the wire
 * @param ends - undefined: there is no pseudo-header
 */
export function fillChecksum(
  data: Uint8Array,
  at: number,
  end: number,
  field: number,
  length: number,
  protocol: number,
  ends: PseudoHeader | undefined,
): void {
  if (at + field + 2 > end) return
  data[at + field] = 0
  data[at + field + 1] = 0
  const seed =
    ends === undefined
      ? 0
      : ends.words.reduce((sum, word) => sum + (word >>> 16) + (word & 0xffff), protocol + length)
  const sum = internetChecksum(data, at, end - at, seed)
  // Zero would say that UDP has none; the other zero of one's complement means the same to all (RFC 768).
  const written = sum === 0 && protocol === 17 ? 0xffff : sum
  data[at + field] = written >> 8
  data[at + field + 1] = written & 255
}
