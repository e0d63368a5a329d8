// `host:port` of a receiver, `[2001:db8::1]:514` for an IPv6 address.

import { isIPv6 } from 'node:net'

export interface ReceiverAddress {
  /** A name or an address, without brackets. */
  readonly host: string
  readonly port: number
}

/** @returns undefined when it is none */
export function parseAddress(text: string): ReceiverAddress | undefined {
  const [, bracketed, name, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]/@]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? name
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65_535) return undefined
  return bracketed !== undefined && !isIPv6(bracketed) ? undefined : { host, port }
}

export function formatAddress({ host, port }: ReceiverAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}
