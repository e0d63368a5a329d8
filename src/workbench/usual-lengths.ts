// How long the messages of SSH are when nobody says so: those of a login with a user of four letters, a password of
// eight and a key for Ed25519, under chacha20-poly1305.

import { hiddenWireLength, payloadsOf, suiteOf, wireLength } from '../exchange/ssh/suite.ts'
import type { MessageName } from '../model/messages.ts'
import type { Direction } from '../model/program.ts'

/** Bytes on the wire of messages in the clear. */
const CLEAR: Partial<Readonly<Record<MessageName, number>>> = {
  VERSION: 23,
  KEXINIT: 1136,
  KEX: 48,
  NEWKEYS: 16,
}

/** Bytes of payloads; of the client, of the server. */
const PAYLOADS: Partial<Readonly<Record<MessageName, readonly [number, number]>>> = {
  DISCONNECT: [33, 45],
  IGNORE: [5, 5],
  EXT_INFO: [42, 260],
  SERVICE_REQUEST: [17, 17],
  SERVICE_ACCEPT: [17, 17],
  NONE: [35, 35],
  PASSWORD: [52, 52],
  KEYBOARD_INTERACTIVE: [59, 59],
  INFO_RESPONSE: [17, 17],
  PUBLICKEY_QUERY: [111, 111],
  PUBLICKEY: [198, 198],
  BANNER: [70, 70],
  FAILURE: [24, 24],
  PARTIAL: [24, 24],
  SUCCESS: [1, 1],
  PK_OK: [71, 71],
  INFO_REQUEST: [32, 32],
  GLOBAL_REQUEST: [34, 372],
  CHANNEL_OPEN: [24, 76],
  CHANNEL_CONFIRMATION: [17, 17],
  CHANNEL_REQUEST: [380, 380],
  CHANNEL_REPLY: [5, 5],
}

/** What OpenSSH fills up so that nobody sees how long it is. */
const HIDDEN: ReadonlySet<MessageName> = new Set(['PASSWORD', 'INFO_RESPONSE'])

/** The suite under which examples speak: any would do, this is the one that is used most. */
export const USUAL_SUITE = suiteOf('chacha20-poly1305@openssh.com', 'implicit')

export interface Lengths {
  /** On the wire. */
  readonly wire: number
  /** What the payload can have, 0 and 0 when that is not known. */
  readonly payload: readonly [low: number, high: number]
}

export function isClear(name: MessageName): boolean {
  return CLEAR[name] !== undefined
}

/** Bytes of the usual payload; undefined where a message is in the clear. */
export function usualPayload(direction: Direction, name: MessageName): number | undefined {
  return PAYLOADS[name]?.[direction]
}

/** True when OpenSSH fills it up so that nobody sees how long it is. */
export function isHidden(name: MessageName): boolean {
  return HIDDEN.has(name)
}

/** @param payload - bytes; undefined: the usual ones */
export function lengthsOf(direction: Direction, name: MessageName, payload: number | undefined): Lengths {
  const clear = CLEAR[name]
  if (clear !== undefined || USUAL_SUITE === undefined)
    return { wire: payload ?? clear ?? 0, payload: [0, 0] }
  const usual = usualPayload(direction, name) ?? 0
  const isFilledUp = payload === undefined && isHidden(name)
  const wire = isFilledUp ? hiddenWireLength(USUAL_SUITE, usual) : wireLength(USUAL_SUITE, payload ?? usual)
  return lengthsOnWire(wire)
}

/** Of a message whose length on the wire is known. */
export function lengthsOnWire(wire: number): Lengths {
  return { wire, payload: (USUAL_SUITE && payloadsOf(USUAL_SUITE, wire)) ?? [0, 0] }
}
