// The order in which messages of SSH come (RFC 4253, RFC 4252, RFC 4254), as far as names are given: a side never goes
// back. So some patterns can never match.

import { MESSAGES, type MessageName } from '../../model/messages.ts'
import type { SequenceStart } from '../../model/program.ts'
import type { Recogniser, Taking } from '../prove/recogniser.ts'

const STAGES: readonly (readonly MessageName[])[] = [
  ['VERSION'],
  ['KEXINIT'],
  ['KEX'],
  ['NEWKEYS'],
  ['SERVICE_REQUEST', 'SERVICE_ACCEPT', 'NONE', 'PASSWORD', 'KEYBOARD_INTERACTIVE', 'INFO_RESPONSE'],
  ['SUCCESS'],
  ['GLOBAL_REQUEST', 'CHANNEL_OPEN', 'CHANNEL_CONFIRMATION', 'CHANNEL_REQUEST', 'CHANNEL_REPLY'],
]
const AUTH = 4
const MORE_AUTH: readonly MessageName[] = [
  'PUBLICKEY_QUERY',
  'PUBLICKEY',
  'BANNER',
  'FAILURE',
  'PARTIAL',
  'PK_OK',
  'INFO_REQUEST',
]
const SUCCEEDED = 5
const CHANNELS = 6
/** What authentication can begin with. */
const REQUESTS: readonly MessageName[] = [
  'NONE',
  'PASSWORD',
  'KEYBOARD_INTERACTIVE',
  'PUBLICKEY_QUERY',
  'PUBLICKEY',
]

/** By index in MESSAGES; -1: comes at any time. */
const STAGE_OF = MESSAGES.map((name) =>
  MORE_AUTH.includes(name) ? AUTH : STAGES.findIndex((names) => names.includes(name)),
)

/** Stages that client and server have come to before the first message. */
const BEGUN: Readonly<Record<SequenceStart, readonly [client: number, server: number]>> = {
  anywhere: [0, 0],
  flow: [0, 0],
  newkeys: [0, 0],
  auth: [AUTH, 0],
  session: [AUTH, SUCCEEDED],
  channel: [SUCCEEDED, SUCCEEDED],
}

/** True when no way through the messages keeps their order. */
export function isOutOfOrder({ protocol, states, start }: Recogniser): boolean {
  if (protocol !== 'ssh' || states.length === 0) return false
  const begin: readonly [number, number, number] = [0, ...BEGUN[start]]
  const seen = new Set<string>()
  const waiting = [begin]
  let isFirst = true
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [state, client, server] = at
    for (const take of states[state]?.takes ?? []) {
      if (isFirst && !mayBegin(take, start)) continue
      for (const side of take.direction === undefined ? [0, 1] : [take.direction]) {
        const stage = STAGE_OF[take.message] ?? -1
        const before = side === 0 ? client : server
        if (stage >= 0 && stage < before) continue
        if (states[take.next]?.isDone === true) return false
        const after = Math.max(before, stage)
        const next = [take.next, side === 0 ? after : client, side === 0 ? server : after] as const
        if (seen.has(next.join())) continue
        seen.add(next.join())
        waiting.push(next)
      }
    }
    isFirst = false
  }
  return true
}

function mayBegin({ direction, message }: Taking, start: SequenceStart): boolean {
  const name = MESSAGES[message] ?? ''
  if (start === 'auth') return direction !== 1 && (name === '' || REQUESTS.includes(name))
  if (start === 'session' || start === 'channel')
    return STAGE_OF[message] === -1 || STAGE_OF[message] === CHANNELS
  return true
}
