// What is said on an encrypted SSH connection, spelled out: a segment is a word, and a message is named as signatures
// name it: `c:SERVICE_REQUEST&NONE s:SERVICE_ACCEPT s:FAILURE +2s c:PASSWORD(52) s:SUCCESS~1 !c(10)`. `&` puts messages
// into one segment, `(52)` gives the payload's length, `~1` blocks of random padding, `+2s` what a side thinks beyond
// its round trip, `!` a segment that nobody captured. A message without a name is data.

import type { Piece } from '../../src/exchange/ssh/piece.ts'
import { hiddenWireLength, type Suite, suiteOf, wireLength } from '../../src/exchange/ssh/suite.ts'
import type { Direction } from '../../src/model/program.ts'

/** Suites that differ in what they make of lengths: cipher and MAC as they are negotiated. */
export const SUITES = {
  chacha20: ['chacha20-poly1305@openssh.com', 'implicit'],
  gcm: ['aes128-gcm@openssh.com', 'implicit'],
  'ctr, sha2-256-etm': ['aes128-ctr', 'hmac-sha2-256-etm@openssh.com'],
  'ctr, sha1-etm': ['aes256-ctr', 'hmac-sha1-etm@openssh.com'],
  'ctr, umac-64-etm': ['aes128-ctr', 'umac-64-etm@openssh.com'],
  'ctr, sha2-256': ['aes128-ctr', 'hmac-sha2-256'],
  'ctr, sha1': ['aes128-ctr', 'hmac-sha1'],
  'ctr, md5': ['aes128-ctr', 'hmac-md5'],
  '3des, sha1': ['3des-cbc', 'hmac-sha1'],
} as const

export type SuiteName = keyof typeof SUITES

export const SUITE_NAMES = Object.keys(SUITES) as readonly SuiteName[]

export function suiteNamed(name: SuiteName): Suite {
  const [cipher, mac] = SUITES[name]
  const suite = suiteOf(cipher, mac)
  if (suite === undefined) throw new Error(`${name} is not known`)
  return suite
}

/** Payloads of a user of four letters with a password of eight, and a key for Ed25519. */
const PAYLOADS: Readonly<Record<string, number>> = {
  'c:SERVICE_REQUEST': 17,
  's:SERVICE_ACCEPT': 17,
  'c:EXT_INFO': 42,
  's:EXT_INFO': 260,
  'c:NONE': 35,
  'c:PASSWORD': 52,
  'c:KEYBOARD_INTERACTIVE': 59,
  'c:INFO_RESPONSE': 17,
  'c:PUBLICKEY_QUERY': 111,
  'c:PUBLICKEY': 198,
  's:BANNER': 70,
  's:FAILURE': 24,
  's:PARTIAL': 24,
  's:SUCCESS': 1,
  's:PK_OK': 71,
  's:INFO_REQUEST': 32,
  'c:DISCONNECT': 33,
  's:DISCONNECT': 45,
  'c:IGNORE': 5,
  's:IGNORE': 5,
  'c:GLOBAL_REQUEST': 34,
  's:GLOBAL_REQUEST': 372,
  'c:CHANNEL_OPEN': 24,
  's:CHANNEL_OPEN': 76,
  'c:CHANNEL_CONFIRMATION': 17,
  's:CHANNEL_CONFIRMATION': 17,
  'c:CHANNEL_REQUEST': 380,
  's:CHANNEL_REPLY': 5,
}

/** What OpenSSH fills up so that nobody sees how long it is. */
const SECRETS: ReadonlySet<string> = new Set(['c:PASSWORD', 'c:INFO_RESPONSE'])

export interface Said {
  /** `c:PASSWORD`, `s:`. */
  readonly label: string
  readonly wire: number
}

export interface Segment {
  readonly side: Direction
  /** What its sender thought beyond the round trip, µs. */
  readonly thought: number
  readonly messages: readonly Said[]
  readonly isLost: boolean
}

export interface Speakers {
  readonly suites: readonly [toServer: Suite, toClient: Suite]
  /** Software: OpenSSH hides passwords, Dropbear fills packets up to 16 bytes. */
  readonly client: string
  readonly server: string
}

/** The segments of a story. */
export function tell(story: string, speakers: Speakers): readonly Segment[] {
  const segments: Segment[] = []
  let thought = 0
  for (const word of story.split(/\s+/).filter((one) => one !== '')) {
    if (word.startsWith('+')) {
      thought = microsOf(word.slice(1))
      continue
    }
    const [, lost, letter = '', rest = ''] = /^(!?)([cs])(.*)$/.exec(word) ?? []
    if (letter === '') throw new Error(`${word} is no segment`)
    const side = letter === 'c' ? 0 : 1
    const messages = rest.split('&').map((text) => said(letter, text.replace(/^:/, ''), speakers))
    segments.push({ side, thought, messages, isLost: lost === '!' })
    thought = 0
  }
  return segments
}

/** What a side takes to answer, as it is seen between the two, µs. */
export const ROUND_TRIPS = [20_000, 5_000] as const

/** What a cutter makes of the segments: messages where lengths can be read, else whole segments. */
export function piecesOf(story: string, speakers: Speakers): readonly Piece[] {
  let time = 0
  let last: Direction | undefined
  return tell(story, speakers).flatMap(({ side, thought, messages }, i) => {
    const roundTrip = ROUND_TRIPS[side]
    const delay = thought + (last === side ? 0 : roundTrip)
    last = side
    time += delay
    const moment = { side, time, packet: i + 1, roundTrip, latency: thought }
    const wires = messages.map(({ wire }) => wire)
    const cut = speakers.suites[side].hasClearLength ? wires : [wires.reduce((sum, wire) => sum + wire, 0)]
    return cut.map((wire, j) => ({ ...moment, wire, delay: j === 0 ? delay : 0 }))
  })
}

/** The messages of a story, as they should be read: without times, lengths and what was lost; data is `c*`. */
export function spoken(story: string): string {
  return story
    .split(/\s+/)
    .flatMap((word) => {
      const [, letter, rest] = /^([cs]):?(.*)$/.exec(word) ?? []
      return rest?.split('&').map((text) => labelOf(letter ?? '', text.replace(/\(\d+\)|~\d+/g, ''))) ?? []
    })
    .join(' ')
}

/** What was read, as a story. */
export function storyOf(messages: readonly { side: Direction; name: string }[]): string {
  return messages.map(({ side, name }) => labelOf(side === 0 ? 'c' : 's', name)).join(' ')
}

function labelOf(letter: string, name: string): string {
  return name === '' ? `${letter}*` : `${letter}:${name}`
}

function said(letter: string, text: string, speakers: Speakers): Said {
  const [, name = '', length, blocks = '0'] = /^([A-Z_]*)(?:\((\d+)\))?(?:~(\d+))?$/.exec(text) ?? []
  const label = `${letter}:${name}`
  const payload = length === undefined ? PAYLOADS[label] : Number(length)
  if (payload === undefined) throw new Error(`how long is ${text}?`)
  const suite = speakers.suites[letter === 'c' ? 0 : 1]
  const software = letter === 'c' ? speakers.client : speakers.server
  const isHidden = SECRETS.has(label) && /^OpenSSH/.test(software)
  const wire = isHidden ? hiddenWireLength(suite, payload) : wireLength(suite, payload)
  const isTooShort = /^dropbear/.test(software) && wire - suite.macBytes < 16
  return { label, wire: wire + suite.block * (Number(blocks) + (isTooShort ? 1 : 0)) }
}

/** @param text - `2s`, `300ms` */
export function microsOf(text: string): number {
  const [, number, unit] = /^([\d.]+)(ms|s|m)$/.exec(text) ?? []
  const factor = { ms: 1e3, s: 1e6, m: 60e6 }[unit ?? '']
  if (factor === undefined) throw new Error(`${text} is no time`)
  return Number(number) * factor
}
