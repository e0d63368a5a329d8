// hot path
// A pcap stream (draft-ietf-opsawg-pcap) in the making: records are collected in one buffer, and written out when it
// is full or when they have waited.

const FILE_HEADER = 24
const RECORD_HEADER = 16
const MAGIC_MICROS = 0xa1b2c3d4
const VERSION = [2, 4] as const

/** Records are written out when so many bytes wait, or the oldest has waited so long. */
const COLLECTED_BYTES = 256 * 1024
const LONGEST_WAIT_MICROS = 20_000

export class PcapBuffer {
  readonly #write: (bytes: Uint8Array) => void
  readonly #snaplen: number
  readonly #bytes: Buffer
  #used = 0
  /** [0]: stamp of the first record that waits. */
  readonly #first = new Float64Array(1)

  /** @param write - is done with the bytes when it returns */
  constructor(link: number, snaplen: number, write: (bytes: Uint8Array) => void) {
    this.#write = write
    this.#snaplen = snaplen
    this.#bytes = Buffer.allocUnsafeSlow(COLLECTED_BYTES + RECORD_HEADER + snaplen)
    const bytes = this.#bytes
    bytes.fill(0, 0, FILE_HEADER)
    bytes.writeUInt32LE(MAGIC_MICROS, 0)
    bytes.writeUInt16LE(VERSION[0], 4)
    bytes.writeUInt16LE(VERSION[1], 6)
    bytes.writeUInt32LE(snaplen, 16)
    bytes.writeUInt32LE(link, 20)
    this.#used = FILE_HEADER
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#used === 0
  }

  /** Adds the first `length` bytes of `packet`, or the snapshot length of them. @param micros - since the epoch */
  add(packet: Buffer, length: number, micros: number): void {
    const captured = Math.min(length, this.#snaplen)
    const bytes = this.#bytes
    if (this.#used === 0) this.#first[0] = micros
    const at = this.#used
    const seconds = Math.floor(micros / 1_000_000)
    bytes.writeUInt32LE(seconds, at)
    bytes.writeUInt32LE(micros - seconds * 1_000_000, at + 4)
    bytes.writeUInt32LE(captured, at + 8)
    bytes.writeUInt32LE(length, at + 12)
    packet.copy(bytes, at + RECORD_HEADER, 0, captured)
    this.#used = at + RECORD_HEADER + captured
    const waited = micros - (this.#first[0] ?? 0)
    if (this.#used >= COLLECTED_BYTES || waited >= LONGEST_WAIT_MICROS) this.flush()
  }

  flush(): void {
    if (this.#used === 0) return
    this.#write(this.#bytes.subarray(0, this.#used))
    this.#used = 0
  }
}
