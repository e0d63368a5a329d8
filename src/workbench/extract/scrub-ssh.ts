// What stays readable of an SSH connection: the version lines; of each packet in the clear its lengths and its number;
// of KEXINIT the names of algorithms, but neither cookie nor padding; behind NEWKEYS the length fields, where the
// suite sends them in the clear. No host key, no signature, no banner: what stands before a version line is dotted.

import { beginsWithKexInit, isSsh2 } from '../../exchange/ssh/clear-reader.ts'
import { negotiate, parseKexInit, roleOf } from '../../exchange/ssh/kexinit.ts'
import { type Suite, suiteOf } from '../../exchange/ssh/suite.ts'
import type { KexInit } from '../../model/ssh.ts'
import type { SideStream } from './side-stream.ts'

const KEXINIT = 20
const NEWKEYS = 21
const COOKIE_BYTES = 16
/** Packet length, padding length, message number. */
const HEAD = 6
const LENGTH_FIELD = 4
const LEAST_PADDING = 4
/** Longest packet in the clear, and behind NEWKEYS, that is believed. */
const MOST_CLEAR = 35_000
const MOST_PACKET = 262_144
const TAG = 'SSH-'
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const DOT = 46

/** @returns each side's stream with nothing else in it */
export function scrubSsh(toServer: SideStream, toClient: SideStream): readonly [Uint8Array, Uint8Array] {
  const one = new ClearPart(toServer)
  const two = new ClearPart(toClient)
  const suites = suitesOf(one.kexInit, two.kexInit)
  if (suites !== undefined) {
    keepLengths(toServer, one, suites[0])
    keepLengths(toClient, two, suites[1])
  }
  return [one.scrubbed, two.scrubbed]
}

/** The suites of both directions; undefined when they are not known. */
function suitesOf(
  one: KexInit | undefined,
  two: KexInit | undefined,
): readonly [Suite | undefined, Suite | undefined] | undefined {
  if (one === undefined || two === undefined) return undefined
  // Who opened the TCP connection may be the SSH server.
  const isReversed = roleOf(one) === 'server' || roleOf(two) === 'client'
  const agreed = isReversed ? negotiate(two, one) : negotiate(one, two)
  const toServer = suiteOf(agreed.cipherToServer, agreed.macToServer)
  const toClient = suiteOf(agreed.cipherToClient, agreed.macToClient)
  return isReversed ? [toClient, toServer] : [toServer, toClient]
}

/** One side up to NEWKEYS. */
class ClearPart {
  readonly scrubbed: Uint8Array
  kexInit: KexInit | undefined
  /** Where it ends: behind NEWKEYS; undefined when that was not found. */
  end: number | undefined
  readonly #bytes: Uint8Array

  constructor({ bytes, runs, pieces }: SideStream) {
    this.#bytes = bytes
    this.scrubbed = new Uint8Array(bytes.length)
    for (const [i, run] of runs.entries()) {
      const begin = i === 0 ? this.#lines(run.start, run.end) : undefined
      // A segment that begins with KEXINIT can be told by itself, whatever is missing before it.
      const again = pieces.find(
        ({ offset, size }) =>
          offset >= run.start && offset < run.end && beginsWithKexInit(bytes, offset, size),
      )?.offset
      const at = begin ?? again
      if (at !== undefined) this.#packets(at, run.end)
      if (this.end !== undefined) return
    }
  }

  /** @returns where packets begin; undefined when there is no version line, or of SSH 1 */
  #lines(start: number, end: number): number | undefined {
    let at = start
    for (;;) {
      const feed = this.#bytes.indexOf(LINE_FEED, at)
      if (feed < 0 || feed >= end) {
        // The capture cut the line off: what there is of it names the protocol.
        if (this.#isVersion(at)) this.#keep(at, end)
        return undefined
      }
      const line = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + at, feed - at).toString('latin1')
      const version = /^SSH-(\d+\.\d+)-/.exec(line)?.[1]
      if (version !== undefined) {
        this.#keep(at, feed + 1)
        return isSsh2(version) ? feed + 1 : undefined
      }
      if (!/^[\t\r\x20-\xff]*$/.test(line)) return undefined
      for (let i = at; i < feed; i++)
        this.scrubbed[i] = this.#bytes[i] === CARRIAGE_RETURN ? CARRIAGE_RETURN : DOT
      this.scrubbed[feed] = LINE_FEED
      at = feed + 1
    }
  }

  #packets(start: number, end: number): void {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset)
    let at = start
    while (at + HEAD <= end) {
      const length = view.getUint32(at)
      const padding = view.getUint8(at + LENGTH_FIELD)
      if (length > MOST_CLEAR || padding < LEAST_PADDING || padding + 2 > length) return
      this.#keep(at, at + HEAD)
      const next = at + LENGTH_FIELD + length
      const number = view.getUint8(at + HEAD - 1)
      if (number === KEXINIT && next <= end) {
        this.#keep(at + HEAD + COOKIE_BYTES, next - padding)
        this.kexInit ??= parseKexInit(this.#bytes.subarray(at + HEAD - 1, next - padding))
      }
      at = next
      if (number === NEWKEYS) {
        this.end = next
        return
      }
    }
  }

  #isVersion(at: number): boolean {
    return Buffer.from(this.#bytes.subarray(at, at + TAG.length)).toString('latin1') === TAG
  }

  #keep(from: number, to: number): void {
    this.scrubbed.set(this.#bytes.subarray(from, to), from)
  }
}

/** Behind NEWKEYS: keeps the length fields, and four bytes of every segment, in which a reader that is lost looks. */
function keepLengths(
  { bytes, runs, pieces }: SideStream,
  { scrubbed, end }: ClearPart,
  suite: Suite | undefined,
): void {
  if (suite === undefined || !suite.hasClearLength || end === undefined) return
  const keep = (at: number) => scrubbed.set(bytes.subarray(at, at + LENGTH_FIELD), at)
  for (const { offset } of pieces) if (offset >= end) keep(offset)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (const run of runs) {
    // What a hole hides ends with a segment that holds one message, which begins where the segment does.
    const starts = run.start <= end && end < run.end ? [end] : []
    for (const { offset, size } of pieces)
      if (offset >= run.start && offset < run.end && offset > end && holdsOne(view, offset, size, suite))
        starts.push(offset)
    let done = 0
    for (const start of starts) {
      let at = start
      while (at >= done && at + LENGTH_FIELD <= run.end) {
        keep(at)
        done = at + LENGTH_FIELD
        const length = view.getUint32(at)
        if (length < suite.block || length > MOST_PACKET || length % suite.block !== 0) break
        at += LENGTH_FIELD + length + suite.macBytes
      }
    }
  }
}

function holdsOne(view: DataView, offset: number, size: number, suite: Suite): boolean {
  return size >= LENGTH_FIELD && size === LENGTH_FIELD + view.getUint32(offset) + suite.macBytes
}
