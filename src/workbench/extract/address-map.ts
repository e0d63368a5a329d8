// Other addresses for addresses: each the same wherever it stands, told by a key alone, so that extracts made with one
// key fit together and nobody without it finds the way back. Neighbours do not stay neighbours.

import { createHmac } from 'node:crypto'
import { formatIpv4, formatIpv6 } from '../../core/address.ts'

export class AddressMap {
  readonly #key: string
  readonly #found = new Map<string, readonly number[]>()
  readonly #taken = new Set<string>()

  constructor(key: string) {
    this.#key = key
  }

  /** An address of 10.0.0.0/8 for an IPv4 address, as a word. */
  v4(address: number): number {
    return this.#map(formatIpv4(address), 4)[0] ?? 0
  }

  /** An address of fd00::/8 for an IPv6 address, as four words. */
  v6(address: readonly number[]): readonly number[] {
    return this.#map(formatIpv6(address), 6)
  }

  /** The text of what an address was mapped to; undefined for one that was never met. */
  text(address: string): string | undefined {
    const mapped = this.#found.get(address)
    if (mapped === undefined) return undefined
    return mapped.length === 1 ? formatIpv4(mapped[0] ?? 0) : formatIpv6(mapped)
  }

  #map(text: string, version: 4 | 6): readonly number[] {
    const known = this.#found.get(text)
    if (known !== undefined) return known
    // Two addresses may come to the same one: the later moves on.
    let mapped = this.#derive(text, version, 0)
    for (let round = 1; this.#taken.has(mapped.join()); round++) mapped = this.#derive(text, version, round)
    this.#taken.add(mapped.join())
    this.#found.set(text, mapped)
    return mapped
  }

  #derive(text: string, version: 4 | 6, round: number): readonly number[] {
    const digest = createHmac('sha256', this.#key).update(`${version} ${text} ${round}`).digest()
    const first = (version === 4 ? 10 : 0xfd) * 0x1000000 + digest.readUIntBE(0, 3)
    if (version === 4) return [first | 0]
    return [first | 0, digest.readInt32BE(3), digest.readInt32BE(7), digest.readInt32BE(11)]
  }
}
