// One direction of an SSH connection while it is in the clear: the version line with what may stand before it
// (RFC 4253 §4.2), then binary packets (§6) up to NEWKEYS. Bytes come in stream order and may be missing: then
// the reader waits for a segment that begins with a KEXINIT, the only message that can be told by itself.

import { i32 } from '../../core/bytes.ts'
import type { MessageName } from '../../model/messages.ts'
import type { KexInit } from '../../model/ssh.ts'
import { parseKexInit } from './kexinit.ts'

/** Message numbers (RFC 4253 §12, RFC 4419 §5, RFC 5656 §7.1). */
const Message = { kexInit: 20, newKeys: 21, kexFirst: 30, kexLast: 34, kexEnd: 49 } as const

const NAMES: ReadonlyMap<number, MessageName> = new Map([
  [1, 'DISCONNECT'],
  [2, 'IGNORE'],
  [Message.kexInit, 'KEXINIT'],
  [Message.newKeys, 'NEWKEYS'],
])

/** A message in the clear. */
export interface ClearMessage {
  readonly name: MessageName
  /** Length on the wire. */
  readonly wire: number
}

/** Longest line (RFC 4253 §4.2 says 255 for the version), all before it, and longest packet in the clear (§6.1). */
const MOST_LINE = 8192
const MOST_LINES = 16_384
const MOST_PACKET = 35_000

const VERSION_LINE = /^SSH-(\d+\.\d+)-(.*)$/s
const CARRIAGE_RETURN = 13

const NONE = new Uint8Array(0)

/** RFC 4253 §6. */
const LEAST_PADDING = 4

/** Packet length, padding length, and the message number behind them. */
const HEAD = 6

/** A parsed KEXINIT in memory, at most about. */
const KEXINIT_WEIGHT = 32_768

export const Phase = {
  /** The version line has not come. */
  version: 0,
  /** Binary packets in the clear. */
  packets: 1,
  /** After NEWKEYS; or SSH 1, whose packets are of another form. */
  over: 2,
  /** Bytes are missing. */
  lost: 3,
  /** These are no SSH bytes. */
  alien: 4,
} as const

export class ClearReader {
  phase: number = Phase.version
  protocolVersion: string | undefined
  softwareVersion: string | undefined
  kexInit: KexInit | undefined
  /** First message of the key exchange itself; 0 before. */
  firstKexMessage = 0
  /** Bytes that wait for the rest of their line or packet. */
  #waiting: Uint8Array = NONE
  #skippedLines = 0

  /** About what is kept: bytes that wait, and names. */
  get weight(): number {
    const version = this.softwareVersion?.length ?? 0
    return version + this.#waiting.length + (this.kexInit === undefined ? 0 : KEXINIT_WEIGHT)
  }

  /**
   * Takes bytes, the next in the stream; they are borrowed.
   *
   * @param messages - takes the messages that they complete
   * @returns how many bytes stand behind NEWKEYS
   */
  take(bytes: Uint8Array, messages: ClearMessage[]): number {
    if (this.phase === Phase.over) return 0
    if (this.phase !== Phase.packets && beginsWithKexInit(bytes, 0, bytes.length)) {
      this.phase = Phase.packets
      this.#waiting = NONE
    }
    if (this.phase >= Phase.lost) return 0
    this.#waiting = this.#waiting.length === 0 ? bytes : joined(this.#waiting, bytes)
    while (this.#step(messages));
    const behind = this.phase === Phase.over ? this.#waiting.length : 0
    // A copy: the bytes are borrowed, and what is taken off is not to be kept with the rest.
    this.#waiting = this.phase >= Phase.over || this.#waiting.length === 0 ? NONE : this.#waiting.slice()
    return behind
  }

  /** Bytes are missing here. */
  tear(): void {
    if (this.phase === Phase.over || this.phase === Phase.alien) return
    this.phase = Phase.lost
    this.#waiting = NONE
  }

  /** Takes one line or packet off what waits. @returns false when there is no whole one */
  #step(messages: ClearMessage[]): boolean {
    if (this.phase === Phase.version) return this.#line(messages)
    return this.phase === Phase.packets && this.#packet(messages)
  }

  #line(messages: ClearMessage[]): boolean {
    const end = this.#waiting.indexOf(10)
    if ((end < 0 ? this.#waiting.length : end) > MOST_LINE) this.phase = Phase.alien
    if (end < 0 || this.phase === Phase.alien) return false
    const line = textOf(this.#waiting, end)
    this.#waiting = this.#waiting.subarray(end + 1)
    const version = VERSION_LINE.exec(line)
    if (version === null) {
      this.#skippedLines += line.length + 1
      if (this.#skippedLines > MOST_LINES) this.phase = Phase.alien
      return this.phase === Phase.version
    }
    this.protocolVersion = version[1]
    this.softwareVersion = version[2]
    messages.push({ name: 'VERSION', wire: end + 1 })
    this.phase = isSsh2(this.protocolVersion) ? Phase.packets : Phase.over
    return true
  }

  #packet(messages: ClearMessage[]): boolean {
    const waiting = this.#waiting
    if (waiting.length < HEAD) return false
    const length = i32(waiting, 0) >>> 0
    const padding = waiting[4]!
    if (length > MOST_PACKET || padding < LEAST_PADDING || padding + 2 > length) {
      this.phase = Phase.alien
      return false
    }
    if (waiting.length < 4 + length) return false
    const payload = waiting.subarray(5, 4 + length - padding)
    this.#waiting = waiting.subarray(4 + length)
    const number = payload[0] ?? 0
    const isKex = number >= Message.kexFirst && number <= Message.kexEnd
    messages.push({ name: NAMES.get(number) ?? (isKex ? 'KEX' : ''), wire: 4 + length })
    if (number === Message.kexInit) this.kexInit ??= parseKexInit(payload)
    else if (number === Message.newKeys) this.phase = Phase.over
    else if (number >= Message.kexFirst && number <= Message.kexLast && this.firstKexMessage === 0)
      this.firstKexMessage = number
    return true
  }
}

/** 1.99 is a server that speaks 2.0 as well as 1.5 (RFC 4253 §5.1). */
export function isSsh2(protocolVersion: string | undefined): boolean {
  return protocolVersion === undefined || protocolVersion === '1.99' || protocolVersion.startsWith('2')
}

/** True when the bytes from `at`, `length` many, can only be the beginning of a KEXINIT. */
export function beginsWithKexInit(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < HEAD || bytes[at + 5]! !== Message.kexInit) return false
  const packet = i32(bytes, at) >>> 0
  return packet > 64 && packet <= 0xffff && bytes[at + 4]! >= LEAST_PADDING
}

/** The first `end` bytes as Latin-1, without the carriage returns at their end. */
function textOf(bytes: Uint8Array, end: number): string {
  let length = end
  while (length > 0 && bytes[length - 1]! === CARRIAGE_RETURN) length--
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1')
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + two.length)
  both.set(one)
  both.set(two, one.length)
  return both
}
