// What a cipher and a MAC make of a message's length (RFC 4253 §6, RFC 5647, OpenSSH PROTOCOL §1.7 and
// PROTOCOL.chacha20poly1305): how long a payload becomes on the wire, and which payloads a wire length may hide.
// Lengths are bytes; a payload includes its message number and is what is left after compression.

/** How one direction wraps its messages. */
export interface Suite {
  /** Padding fills up to a multiple of this. */
  readonly block: number
  /** Bytes of the MAC or the tag behind the message. */
  readonly macBytes: number
  /** The length field stands before what is padded: 4 bytes, else 0. */
  readonly outside: 0 | 4
  /** The length field can be read. */
  readonly hasClearLength: boolean
}

/** Length field and padding length. */
const HEAD = 5
const LEAST_PADDING = 4
/** OpenSSH fills up messages that hold a password to a multiple of this (packet.c, ssh_packet_send2_wrapped). */
const HIDING_UNIT = 64

const MAC_BYTES: ReadonlyMap<string, number> = new Map([
  ['hmac-md5', 16],
  ['hmac-md5-96', 12],
  ['hmac-sha1', 20],
  ['hmac-sha1-96', 12],
  ['hmac-sha2-256', 32],
  ['hmac-sha2-256-96', 12],
  ['hmac-sha2-512', 64],
  ['hmac-sha2-512-96', 12],
  ['hmac-ripemd160', 20],
  ['umac-64', 8],
  ['umac-128', 16],
  ['none', 0],
])

/** Block ciphers of 16 bytes; all others that SSH knows have 8, stream ciphers included (RFC 4253 §6). */
const WIDE_BLOCKS = /^(aes|rijndael|twofish|serpent|camellia|seed|sm4)/
const NARROW_BLOCKS = /^(3des|blowfish|cast128|idea|arcfour|none$)/

/**
 * The suite of one direction.
 *
 * @param cipher - as negotiated: `aes128-ctr`
 * @param mac - as negotiated; not looked at when the cipher authenticates by itself
 * @returns undefined when either is not known
 */
export function suiteOf(cipher: string, mac: string): Suite | undefined {
  const name = withoutDomain(cipher)
  if (name === 'chacha20-poly1305') return { block: 8, macBytes: 16, outside: 4, hasClearLength: false }
  if (/-gcm$|^AEAD_AES_/.test(name)) return { block: 16, macBytes: 16, outside: 4, hasClearLength: true }
  const block = WIDE_BLOCKS.test(name) ? 16 : NARROW_BLOCKS.test(name) ? 8 : undefined
  const macName = withoutDomain(mac)
  const isAfterwards = macName.endsWith('-etm')
  const macBytes = MAC_BYTES.get(isAfterwards ? macName.slice(0, -'-etm'.length) : macName)
  if (block === undefined || macBytes === undefined) return undefined
  return { block, macBytes, outside: isAfterwards ? 4 : 0, hasClearLength: isAfterwards || name === 'none' }
}

/** Every suite that there can be, clear text included. */
export const EVERY_SUITE: readonly Suite[] = [
  'none',
  '3des-cbc',
  'aes128-ctr',
  'aes128-gcm',
  'chacha20-poly1305',
].flatMap((cipher) => [...MAC_BYTES.keys()].flatMap((mac) => suitesWith(cipher, mac)))

/** With the MAC over the plain message and, if there is one, over the encrypted message. */
function suitesWith(cipher: string, mac: string): readonly Suite[] {
  const macs = mac === 'none' ? [mac] : [mac, `${mac}-etm`]
  return macs.map((name) => suiteOf(cipher, name)).filter((suite) => suite !== undefined)
}

function withoutDomain(name: string): string {
  return name.replace(/@.*$/, '')
}

/** Length on the wire of a payload, padded as little as may be. */
export function wireLength(suite: Suite, payload: number): number {
  return suite.outside + paddedLength(suite, payload) + suite.macBytes
}

/** Length on the wire of a payload that OpenSSH pads so that a password's length is hidden. */
export function hiddenWireLength(suite: Suite, payload: number): number {
  const padded = paddedLength(suite, payload)
  return suite.outside + padded + HIDING_UNIT - (padded % HIDING_UNIT) + suite.macBytes
}

function paddedLength({ block, outside }: Suite, payload: number): number {
  const bare = HEAD + payload - outside
  const padding = block - (bare % block)
  return bare + (padding < LEAST_PADDING ? padding + block : padding)
}

/**
 * The payloads that come to a length on the wire when they are padded as little as may be.
 *
 * @returns the shortest and the longest; undefined when no message has this length
 */
export function payloadsOf(suite: Suite, wire: number): readonly [low: number, high: number] | undefined {
  const padded = wire - suite.outside - suite.macBytes
  if (padded % suite.block !== 0) return undefined
  const high = padded - LEAST_PADDING - HEAD + suite.outside
  const low = Math.max(high - suite.block + 1, 1)
  return high < 1 ? undefined : [low, high]
}

/** Length on the wire of the shortest message there is. */
export function shortestWireLength(suite: Suite): number {
  return wireLength(suite, 1)
}
