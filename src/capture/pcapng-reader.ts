// hot path
// The pcapng format (draft-ietf-opsawg-pcapng): sections of either byte order, each with interfaces of its
// own. Packets are delivered, everything else is stepped over. Block lengths are checked at both ends: a
// block that contradicts itself ends the capture.

import { i32, i32le, real, u16, u16le } from '../core/bytes.ts'
import { type Frame, ReadStatus } from '../model/frame.ts'
import { CaptureReader, MAX_CAPTURED_BYTES } from './capture-reader.ts'
import { trimFcs } from './pcap-reader.ts'
import { type PcapngInterface, readInterface } from './pcapng-interface.ts'

/** Block types (§4). A section header reads the same in both byte orders. */
export const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const OBSOLETE_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6

const BYTE_ORDER_MAGIC = 0x1a2b3c4d

/** Type and length before a block's body, and the length again after it. */
const HEAD = 8
const TAIL = 4
/** Where a section header tells its byte order and version. */
const ORDER_AT = 8
const MAJOR_AT = 12

/** The shortest block of each kind that the reader looks into. */
const SECTION_MIN = 28
const INTERFACE_MIN = 20
const SIMPLE_MIN = 16
const PACKET_MIN = 32

/** libpcap's bound; it limits the window too. */
const MAX_BLOCK_BYTES = 16 * 1024 * 1024

/** No machine has more; a file that declares more would only eat memory. */
const MAX_INTERFACES = 65_536

export class PcapngReader extends CaptureReader {
  #little = true
  #inSection = false
  #interfaces: PcapngInterface[] = []
  readonly #lastTime = new Float64Array(1)

  next(frame: Frame): ReadStatus {
    const window = this.window
    for (;;) {
      const at = window.start
      const bytes = window.bytes
      if (at + HEAD + TAIL > window.end) return this.#cut(HEAD + TAIL)
      const type = this.#word(bytes, at)
      if (type === SECTION_HEADER && !this.#readOrder(bytes, at)) return ReadStatus.end
      const length = this.#word(bytes, at + 4)
      if (length < HEAD + TAIL || length > MAX_BLOCK_BYTES || (length & 3) !== 0)
        return this.#badLength(length)
      const after = at + length
      if (after > window.end) return this.#cut(length)
      if (this.#word(bytes, after - TAIL) !== length) return this.#badTail(length)
      if (type === ENHANCED_PACKET || type === OBSOLETE_PACKET) {
        if (!this.#readPacket(bytes, at, length, type, frame)) return ReadStatus.end
        window.start = after
        return ReadStatus.frame
      }
      if (type === SIMPLE_PACKET) {
        if (!this.#readSimplePacket(bytes, at, length, frame)) return ReadStatus.end
        window.start = after
        return ReadStatus.frame
      }
      if (type === SECTION_HEADER && !this.#readSection(bytes, at, length)) return ReadStatus.end
      if (type === INTERFACE_DESCRIPTION && !this.#readInterface(bytes, at, length)) return ReadStatus.end
      window.start = after
    }
  }

  /** Body: interface, (drops,) time high, time low, captured length, length on the wire, data (§4.3, appendix A). */
  #readPacket(bytes: Uint8Array, at: number, length: number, type: number, frame: Frame): boolean {
    if (length < PACKET_MIN) return this.#tooShort(length, PACKET_MIN)
    const id = type === ENHANCED_PACKET ? this.#word(bytes, at + 8) : this.#half(bytes, at + 8)
    const from = this.#interfaces[id]
    if (from === undefined) return this.#unknownInterface(id)
    const captured = this.#word(bytes, at + 20)
    if (captured >>> 0 > Math.min(length - PACKET_MIN, MAX_CAPTURED_BYTES))
      return this.#tooMuch(captured >>> 0, length - PACKET_MIN)
    from.clock.stamp(this.#word(bytes, at + 12), this.#word(bytes, at + 16), this.#lastTime)
    this.#fill(frame, from, at + 28, captured, this.#word(bytes, at + 24))
    return true
  }

  /** Body: length on the wire, data; from the first interface, with no time of its own (§4.4). */
  #readSimplePacket(bytes: Uint8Array, at: number, length: number, frame: Frame): boolean {
    const from = this.#interfaces[0]
    if (length < SIMPLE_MIN) return this.#tooShort(length, SIMPLE_MIN)
    if (from === undefined) return this.#unknownInterface(0)
    const wire = this.#word(bytes, at + 8) >>> 0
    const captured = from.snapLength === 0 ? wire : Math.min(wire, from.snapLength)
    if (captured > Math.min(length - SIMPLE_MIN, MAX_CAPTURED_BYTES))
      return this.#tooMuch(captured, length - SIMPLE_MIN)
    this.#fill(frame, from, at + 12, captured, wire | 0)
    return true
  }

  #fill(frame: Frame, from: PcapngInterface, start: number, captured: number, wire: number): void {
    frame.data = this.window.bytes
    frame.wide = this.window.wide
    frame.start = start
    frame.end = start + captured
    // Longer captured than on the wire, or negative: not credible, so the captured length is all we know.
    frame.wireLength = Math.max(wire, captured)
    frame.link = from.link
    frame.source = this.index
    frame.time[0] = real(this.#lastTime, 0)
    if (from.fcsBytes > 0) trimFcs(frame, from.fcsBytes)
  }

  #readOrder(bytes: Uint8Array, at: number): boolean {
    const little = i32le(bytes, at + ORDER_AT) === BYTE_ORDER_MAGIC
    if (!little && i32(bytes, at + ORDER_AT) !== BYTE_ORDER_MAGIC) {
      const found = hex(i32(bytes, at + ORDER_AT))
      return this.#corrupt(`found byte-order magic ${found}, expected 1a2b3c4d or 4d3c2b1a`, ORDER_AT)
    }
    this.#little = little
    return true
  }

  #readSection(bytes: Uint8Array, at: number, length: number): boolean {
    if (length < SECTION_MIN) return this.#tooShort(length, SECTION_MIN)
    const major = this.#half(bytes, at + MAJOR_AT)
    if (major !== 1) return this.#corrupt(`found pcapng version ${major}, expected 1`, MAJOR_AT)
    this.#interfaces = []
    this.#inSection = true
    return true
  }

  #readInterface(bytes: Uint8Array, at: number, length: number): boolean {
    if (length < INTERFACE_MIN) return this.#tooShort(length, INTERFACE_MIN)
    if (this.#interfaces.length === MAX_INTERFACES)
      return this.#corrupt(`found another interface, expected at most ${MAX_INTERFACES} in a section`)
    const described = readInterface(bytes, at + HEAD, at + length - TAIL, this.#little)
    if (described === undefined)
      return this.#corrupt('found an option longer than its interface description, expected it to fit')
    this.#interfaces.push(described)
    return true
  }

  #word(bytes: Uint8Array, i: number): number {
    return this.#little ? i32le(bytes, i) : i32(bytes, i)
  }

  #half(bytes: Uint8Array, i: number): number {
    return this.#little ? u16le(bytes, i) : u16(bytes, i)
  }

  /** Before the first section is whole there is nothing that counts, so that is worse than a cut end. */
  #cut(needed: number): ReadStatus {
    if (this.#inSection) return this.unfinished('block', needed)
    return this.unfinished('section header', SECTION_MIN, 'error')
  }

  #badLength(length: number): ReadStatus {
    const expected = `a multiple of 4 from ${HEAD + TAIL} to ${MAX_BLOCK_BYTES}`
    return this.stop('error', `found a block of ${length >>> 0} bytes, expected ${expected}`)
  }

  #badTail(length: number): ReadStatus {
    const found = this.#word(this.window.bytes, this.window.start + length - TAIL) >>> 0
    return this.stop('error', `found ${found} as the length after a block, expected ${length} as before it`)
  }

  #tooShort(length: number, expected: number): boolean {
    return this.#corrupt(`found a block of ${length} bytes, expected at least ${expected} for its type`)
  }

  #unknownInterface(id: number): boolean {
    const known = this.#interfaces.length
    return this.#corrupt(`found a packet of interface ${id >>> 0}, expected one of the ${known} described`)
  }

  #tooMuch(captured: number, room: number): boolean {
    const most = Math.min(room, MAX_CAPTURED_BYTES)
    return this.#corrupt(`found a packet of ${captured} captured bytes, expected at most ${most}`)
  }

  /** @returns false, for the callers to return */
  #corrupt(message: string, skip = 0): boolean {
    this.stop('error', message, skip)
    return false
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
