// How an author's tools name a flow: as `--flow` takes it.

import type { Endpoint, FlowFacts } from '../model/report.ts'

/** `tcp 10.0.0.1:4711>10.0.0.2:22`; ICMP has no ports. */
export function nameFlow({
  protocol,
  client,
  server,
}: Pick<FlowFacts, 'protocol' | 'client' | 'server'>): string {
  const name = protocol === 'IPv6-ICMP' ? 'icmp' : protocol.toLowerCase()
  return `${name} ${nameEnd(client)}>${nameEnd(server)}`
}

/** `10.0.0.1:4711`, `[fd00::1]:22`, `10.0.0.1`. */
export function nameEnd({ address, port }: Endpoint): string {
  if (port === undefined) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
