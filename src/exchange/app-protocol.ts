// hot path
// Which application protocol a flow speaks, told from the first bytes of each side. Cheap facts only: a few
// bytes are compared, nothing is parsed.

import { i32, u16 } from '../core/bytes.ts'
import { type Direction, Direction as Way } from '../model/program.ts'

/** Names in EVE's words; the index is what a flow's record holds. 0: not told yet, 1: nothing recognised. */
export const APP_PROTOCOLS = [
  '',
  'failed',
  'ssh',
  'tls',
  'http',
  'smtp',
  'ftp',
  'imap',
  'pop3',
  'telnet',
  'redis',
  'mysql',
  'pgsql',
  'dns',
  'quic',
  'ntp',
  'xmpp',
  'rdp',
  'rfb',
  'http2',
] as const

const UNKNOWN = 1
/** How far into a server's first segment its version line may stand behind other lines (RFC 4253 §4.2). */
const MOST_LINES = 4096
const TAB = 9
const LINE_FEED = 10
const index = (name: (typeof APP_PROTOCOLS)[number]) => APP_PROTOCOLS.indexOf(name)
export const SSH = index('ssh')
export const TLS = index('tls')
const HTTP = index('http')
const SMTP = index('smtp')
const FTP = index('ftp')
const IMAP = index('imap')
const POP3 = index('pop3')
const TELNET = index('telnet')
const REDIS = index('redis')
const MYSQL = index('mysql')
const PGSQL = index('pgsql')
const DNS = index('dns')
const QUIC = index('quic')
const NTP = index('ntp')
const XMPP = index('xmpp')
const RDP = index('rdp')
const RFB = index('rfb')
const HTTP2 = index('http2')

const tag = (text: string) =>
  (text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3)
const SSH_TAG = tag('SSH-')
const HTTP_TAGS = ['GET ', 'POST', 'HEAD', 'PUT ', 'OPTI', 'CONN', 'DELE', 'PATC', 'TRAC', 'HTTP'].map(tag)
const PRI_TAG = tag('PRI ')
const EHLO_TAGS = ['EHLO', 'HELO', 'ehlo', 'helo'].map(tag)
const USER_TAG = tag('USER')
const XML_TAGS = ['<?xm', '<str'].map(tag)
const RFB_TAG = tag('RFB ')
const POP_TAG = tag('+OK ')

/** Protocol of a TCP side's first bytes; `failed` when they say nothing. */
export function recogniseStream(
  data: Uint8Array,
  at: number,
  captured: number,
  direction: Direction,
  serverPort: number,
): number {
  if (captured < 4) return UNKNOWN
  const head = i32(data, at)
  if (head === SSH_TAG) return SSH
  if (data[at]! === 0x16 && data[at + 1]! === 3) return TLS
  if (HTTP_TAGS.includes(head)) return HTTP
  if (head === PRI_TAG) return HTTP2
  if (XML_TAGS.includes(head)) return XMPP
  if (head === RFB_TAG) return RFB
  if (data[at]! === 0xff && data[at + 1]! >= 0xf0) return TELNET
  if (direction !== Way.server) return recogniseRequest(data, at, captured, head)
  if (hasVersionLine(data, at, captured)) return SSH
  return recogniseGreeting(data, at, captured, head, serverPort)
}

function recogniseGreeting(
  data: Uint8Array,
  at: number,
  captured: number,
  head: number,
  serverPort: number,
): number {
  if (head >>> 8 === 0x323230) {
    // "220": SMTP says so within its line, FTP mostly does; the port decides between the silent.
    if (contains(data, at, captured, 0x46, 0x54, 0x50)) return FTP
    if (contains(data, at, captured, 0x4d, 0x54, 0x50)) return SMTP
    return serverPort === 21 ? FTP : SMTP
  }
  if (head === POP_TAG || (head >>> 8 === 0x2b4f4b && serverPort !== 6379)) return POP3
  if (head >>> 8 === 0x2a204f) return IMAP
  if (captured > 5 && data[at + 3]! === 0 && data[at + 4]! === 10) return MYSQL
  return UNKNOWN
}

function recogniseRequest(data: Uint8Array, at: number, captured: number, head: number): number {
  if (EHLO_TAGS.includes(head)) return SMTP
  if (head === USER_TAG) return FTP
  if (data[at]! === 0x2a && isDigit(data[at + 1]!) && data[at + 2]! === 13) return REDIS
  if (captured >= 8 && (i32(data, at + 4) === 0x00030000 || i32(data, at + 4) === 80877103)) return PGSQL
  if (u16(data, at) === 0x0300 && captured > 5 && data[at + 5]! === 0xe0) return RDP
  return UNKNOWN
}

/** Protocol of a UDP flow's first datagram; `failed` when it says nothing. */
export function recogniseDatagram(
  data: Uint8Array,
  at: number,
  captured: number,
  serverPort: number,
): number {
  if ((serverPort === 53 || serverPort === 5353) && captured >= 12 && u16(data, at + 4) <= 16) return DNS
  if (captured >= 5 && (data[at]! & 0xc0) === 0xc0 && isQuicVersion(i32(data, at + 1))) return QUIC
  if (serverPort === 123 && captured >= 48) return NTP
  return UNKNOWN
}

/** QUIC version 1 and 2 (RFC 9000 §15, RFC 9369). */
function isQuicVersion(version: number): boolean {
  return version === 1 || version === 0x6b3343cf
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** True when a later line begins with an SSH version, with text before it. */
function hasVersionLine(data: Uint8Array, at: number, captured: number): boolean {
  const end = at + Math.min(captured, MOST_LINES) - 4
  for (let i = at; i < end && data[i]! >= TAB; i++)
    if (data[i]! === LINE_FEED && i32(data, i + 1) === SSH_TAG) return true
  return false
}

/** True when three bytes stand next to each other in the first line. */
function contains(data: Uint8Array, at: number, captured: number, a: number, b: number, c: number): boolean {
  const end = at + Math.min(captured, 128) - 2
  for (let i = at; i < end; i++) if (data[i]! === a && data[i + 1]! === b && data[i + 2]! === c) return true
  return false
}
