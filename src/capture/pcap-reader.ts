// hot path
// The classic pcap format (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, and the longer
// record headers of Kuznetzov's patch. A record that cannot be right ends the capture: nothing tells
// where the next one would start.

import { i32, i32le, u16, u16le } from '../core/bytes.ts'
import { type Frame, ReadStatus } from '../model/frame.ts'
import { type CaptureInput, CaptureReader, MAX_CAPTURED_BYTES } from './capture-reader.ts'

/** The file header: magic, version, two unused words, snapshot length, link type (§4). */
export const PCAP_HEADER = 24
const MAJOR_AT = 4
const LINK_AT = 20

/** A record header: seconds, fraction, captured length, length on the wire (§5). */
const RECORD_HEADER = 16
/** The same, then interface index, protocol, packet type and a pad byte. */
const KUZNETZOV_HEADER = 24

/** The first word of the file, read in its own byte order. */
const PcapMagic = { micros: 0xa1b2c3d4 | 0, nanos: 0xa1b23c4d | 0, kuznetzov: 0xa1b2cd34 | 0 } as const

/** In the link type word: an FCS length follows in the top 4 bits, in units of 2 bytes. */
const FCS_KNOWN = 0x04000000

/** The captured length of a record follows its time. */
const CAPTURED_AT = 8

export class PcapReader extends CaptureReader {
  readonly #little: boolean
  readonly #headerBytes: number
  readonly #fractions: number
  readonly #nanos: boolean
  readonly #link: number
  readonly #fcsBytes: number

  /** @param input - its window holds the whole file header, whose magic was checked */
  constructor(input: CaptureInput) {
    super(input)
    const { bytes, start } = input.window
    const little = isPcapMagic(i32le(bytes, start))
    const magic = little ? i32le(bytes, start) : i32(bytes, start)
    const linkWord = little ? i32le(bytes, start + LINK_AT) : i32(bytes, start + LINK_AT)
    const major = little ? u16le(bytes, start + MAJOR_AT) : u16(bytes, start + MAJOR_AT)
    this.#little = little
    this.#headerBytes = magic === PcapMagic.kuznetzov ? KUZNETZOV_HEADER : RECORD_HEADER
    this.#nanos = magic === PcapMagic.nanos
    this.#fractions = this.#nanos ? 1_000_000_000 : 1_000_000
    this.#link = linkWord & 0xffff
    this.#fcsBytes = (linkWord & FCS_KNOWN) === 0 ? 0 : (linkWord >>> 28) * 2
    if (major === 2) input.window.start = start + PCAP_HEADER
    else this.stop('error', `found pcap version ${major}, expected 2`, MAJOR_AT)
  }

  next(frame: Frame): ReadStatus {
    const window = this.window
    const wide = window.wide
    const at = window.start
    const data = at + this.#headerBytes
    if (data > window.end) return this.unfinished('packet record header', this.#headerBytes)
    const little = this.#little
    const seconds = wide.getInt32(at, little)
    const fraction = wide.getInt32(at + 4, little)
    const captured = wide.getInt32(at + CAPTURED_AT, little)
    const wire = wide.getInt32(at + 12, little)
    if (captured >>> 0 > MAX_CAPTURED_BYTES) return this.#tooLong(captured >>> 0)
    if (fraction >>> 0 >= this.#fractions) return this.#badTime(fraction >>> 0)
    const after = data + captured
    if (after > window.end) return this.unfinished('packet record', this.#headerBytes + captured)
    window.start = after
    frame.data = window.bytes
    frame.wide = wide
    frame.start = data
    frame.end = after
    // Longer captured than on the wire, or negative: not credible, so the captured length is all we know.
    frame.wireLength = Math.max(wire, captured)
    frame.link = this.#link
    frame.source = this.index
    frame.time[0] = (seconds >>> 0) * 1_000_000 + (this.#nanos ? (fraction / 1000) | 0 : fraction)
    if (this.#fcsBytes > 0) trimFcs(frame, this.#fcsBytes)
    return ReadStatus.frame
  }

  #tooLong(captured: number): ReadStatus {
    return this.stop(
      'error',
      `found a packet record of ${captured} bytes, expected at most ${MAX_CAPTURED_BYTES}`,
    )
  }

  #badTime(fraction: number): ReadStatus {
    const unit = this.#nanos ? 'nanoseconds' : 'microseconds'
    return this.stop(
      'error',
      `found a packet record at ${fraction} ${unit} of its second, expected fewer than ${this.#fractions}`,
    )
  }
}

/** Whether a first word, read in one byte order, starts a pcap file of that order. */
export function isPcapMagic(word: number): boolean {
  return word === PcapMagic.micros || word === PcapMagic.nanos || word === PcapMagic.kuznetzov
}

/** Takes the frame check sequence off a frame: it is neither payload nor part of any length that we compare. */
export function trimFcs(frame: Frame, fcsBytes: number): void {
  if (frame.wireLength < fcsBytes) return
  frame.wireLength -= fcsBytes
  if (frame.end - frame.start > frame.wireLength) frame.end = frame.start + frame.wireLength
}
