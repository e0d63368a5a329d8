// Networks as operators write them: `10.0.0.0/8`, `fd00::/8`, or one address.

import { isIP } from 'node:net'
import { parseIpv4, parseIpv6, prefixMask } from '../../filter/address.ts'

/**
 * The network in full, an address with its whole length as prefix.
 *
 * @returns undefined when it is none, also when bits are set behind the prefix: whoever writes 10.0.0.7/8 may mean
 * one host, and what is suppressed beyond that would be missed by nobody
 */
export function parseNetwork(text: string): string | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  const most = family === 4 ? 32 : 128
  if (family === 0 || rest.length > 0 || address.includes('%')) return undefined
  if (prefix !== undefined && !/^[0-9]{1,3}$/.test(prefix)) return undefined
  const length = prefix === undefined ? most : Number(prefix)
  const words = family === 4 ? [parseIpv4(address)?.word ?? 0] : (parseIpv6(address) ?? [])
  const isClean = words.every((word, i) => (word & ~prefixMask(length, i)) === 0)
  return length <= most && isClean ? `${address}/${length}` : undefined
}
