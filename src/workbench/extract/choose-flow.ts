// Which flow an author means: `--flow 12`, or `--flow 10.0.0.1:4711>10.0.0.2:22`.

import { isIPv4, isIPv6 } from 'node:net'
import { OperatorError } from '../../model/operator-error.ts'
import type { Endpoint, FlowFacts } from '../../model/report.ts'
import { nameEnd } from '../flow-name.ts'

const FORM = /^(?:(tcp|udp|icmp)\s+)?(\S+?)\s*-?>\s*(\S+)$/i
const HINT = 'a flow_id of `gait replay --format eve`, or both ends: 10.0.0.1:4711>10.0.0.2:22'

/**
 * @returns whether a flow is meant. Ends may be given in either order: a flow has both
 * @throws OperatorError `usage` when the text is neither an id nor two ends
 */
export function chooseFlow(text: string): (flow: FlowFacts) => boolean {
  const trimmed = text.trim()
  if (/^[1-9]\d*$/.test(trimmed)) {
    const id = Number(trimmed)
    return (flow) => flow.id === id
  }
  const [, protocol, one = '', two = ''] = FORM.exec(trimmed) ?? []
  const ends = [readEnd(one), readEnd(two)]
  if (ends.includes(undefined)) throw new OperatorError('usage', `--flow ${text}: no such form`, HINT)
  const wanted = ends.sort().join(' ')
  return (flow) => {
    if (protocol !== undefined && !isOf(flow, protocol.toLowerCase())) return false
    return [nameEnd(flow.client), nameEnd(flow.server)].sort().join(' ') === wanted
  }
}

function isOf(flow: FlowFacts, protocol: string): boolean {
  return protocol === 'icmp' ? flow.icmp !== undefined : flow.protocol.toLowerCase() === protocol
}

/** An end as nameEnd() writes it; undefined when it is none. */
function readEnd(text: string): string | undefined {
  const [, bracketed, plain = text, digits] = /^(?:\[(.*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? []
  const address = canonical(bracketed ?? plain)
  const port = digits === undefined ? undefined : Number(digits)
  if (address === undefined || (port !== undefined && port > 65_535)) return undefined
  const end: Endpoint = { address, port }
  return nameEnd(end)
}

/** An address as reports write it. */
function canonical(address: string): string | undefined {
  if (isIPv4(address)) return address
  if (!isIPv6(address) || address.includes('%')) return undefined
  return new URL(`http://[${address}]`).hostname.slice(1, -1)
}
