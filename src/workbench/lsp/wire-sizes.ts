// What the suites that are used most make of a message's length, as tables for an author.

import { hiddenWireLength, payloadsOf, type Suite, suiteOf, wireLength } from '../../exchange/ssh/suite.ts'
import type { MessageName } from '../../model/messages.ts'
import type { Direction } from '../../model/program.ts'
import { isClear, isHidden, lengthsOf, usualPayload } from '../usual-lengths.ts'

const COMMON: readonly (readonly [cipher: string, mac: string])[] = [
  ['chacha20-poly1305', 'its own'],
  ['aes256-gcm', 'its own'],
  ['aes256-ctr', 'hmac-sha2-256-etm'],
  ['aes256-ctr', 'hmac-sha2-512-etm'],
  ['aes256-ctr', 'umac-64-etm'],
  ['aes256-ctr', 'hmac-sha2-256'],
  ['aes256-cbc', 'hmac-sha1'],
]

/** What a message with this name usually has. */
export function usualSizes(direction: Direction, name: MessageName): readonly string[] {
  if (isClear(name))
    return [`It is in the clear: usually ${lengthsOf(direction, name, undefined).wire} bytes.`]
  const payload = usualPayload(direction, name)
  if (payload === undefined || payload === 0) return []
  const filled = isHidden(name) ? ', filled up as OpenSSH does' : ''
  const length = isHidden(name) ? hiddenWireLength : wireLength
  return [
    `Usually ${count(payload)} of payload${filled}:`,
    '',
    ...table('bytes on the wire', (suite) => String(length(suite, payload))),
  ]
}

/** What a message has on the wire whose payload has so many bytes. */
export function sizesOfPayload(low: number, high: number): readonly string[] {
  return table('bytes on the wire', (suite) => range(wireLength(suite, low), wireLength(suite, high)))
}

/** What the payload can have of messages with so many bytes on the wire. */
export function payloadsOfSizes(low: number, high: number): readonly string[] {
  return table('bytes of payload', (suite) => {
    const found: number[] = []
    // Lengths of a suite come in steps of its block: each first one has the shortest payload, each last one the longest.
    for (let wire = low; wire <= Math.min(high, low + 2 * suite.block); wire++)
      found.push(...(payloadsOf(suite, wire) ?? []))
    for (let wire = Math.max(low, high - 2 * suite.block); wire <= high; wire++)
      found.push(...(payloadsOf(suite, wire) ?? []))
    return found.length === 0 ? 'none' : range(Math.min(...found), Math.max(...found))
  })
}

function table(title: string, cell: (suite: Suite) => string): readonly string[] {
  const rows = COMMON.flatMap(([cipher, mac]) => {
    const suite = suiteOf(cipher, mac)
    return suite === undefined ? [] : [`| ${cipher} | ${mac} | ${cell(suite)} |`]
  })
  return [`| cipher | MAC | ${title} |`, '| --- | --- | --- |', ...rows]
}

export function count(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}

function range(low: number, high: number): string {
  return low === high ? String(low) : `${low} to ${high}`
}
