// Flows and their elements as the workbench shows them to people.

import type { Endpoint, FlowFacts } from '../model/report.ts'
import type { Token } from './learn/specimen.ts'

/** `10.0.0.1:4711`, `[fd00::1]:22`; without a port of ICMP. */
export function endText({ address, port }: Endpoint): string {
  if (port === undefined) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** `10.0.0.1:4711 -> 10.0.0.9:22` */
export function endsText({ client, server }: Pick<FlowFacts, 'client' | 'server'>): string {
  return `${endText(client)} -> ${endText(server)}`
}

/** `+1.2s c52`, `s:FAILURE (52)`: the number is that of bytes on the wire. */
export function tokenText({ direction, size, name, delay, isPause, isTorn }: Token): string {
  const letter = 'cs'[direction] ?? ''
  const before = isTorn ? '! ' : isPause ? `+${((delay ?? 0) / 1e6).toFixed(1)}s ` : ''
  return name === '' ? `${before}${letter}${size}` : `${before}${letter}:${name} (${size})`
}
