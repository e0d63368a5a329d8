// Where events go, which of them, and which are withheld. Made from the configuration or the command line:
// parseOutput (output/sinks/parse-output.ts) makes it from a string; what is here was checked before.

import type { OutgoingEvent } from './event.ts'

export type EventType = OutgoingEvent['type']

export const EVENT_TYPES = ['alert', 'flow', 'ssh', 'stats', 'engine'] as const satisfies readonly EventType[]

/** Which events an output takes. Classes and severity concern alerts only: the others pass by their type. */
export interface EventFilter {
  /** undefined: all. */
  readonly types: readonly EventType[] | undefined
  /** A trailing `*` stands for any rest: `ssh.auth.*`. undefined: all, also alerts without a class. */
  readonly classes: readonly string[] | undefined
  /** The least severe that passes: 2 lets 1 and 2 through. undefined: all. */
  readonly severity: number | undefined
}

export const DEFAULT_QUEUE_BYTES = 8 << 20
/** A smaller queue could not hold one long event. */
export const SMALLEST_QUEUE_BYTES = 64 << 10

interface EveryOutput {
  readonly filter: EventFilter
  /** Events that wait for a slow or absent receiver take at most so much. */
  readonly queueBytes: number
}

export interface FileOutputOptions extends EveryOutput {
  readonly type: 'file'
  readonly path: string
}

export interface StdoutOutputOptions extends EveryOutput {
  readonly type: 'stdout'
}

/** A unix stream socket that somebody listens on. */
export interface UnixOutputOptions extends EveryOutput {
  readonly type: 'unix'
  readonly path: string
}

export interface TcpOutputOptions extends EveryOutput {
  readonly type: 'tcp'
  readonly host: string
  readonly port: number
}

export interface SyslogOutputOptions extends EveryOutput {
  readonly type: 'syslog'
  readonly transport: 'udp' | 'tcp'
  readonly host: string
  readonly port: number
  readonly facility: SyslogFacility
}

export type OutputOptions =
  | FileOutputOptions
  | StdoutOutputOptions
  | UnixOutputOptions
  | TcpOutputOptions
  | SyslogOutputOptions

/** In the order of their codes, from 0 (RFC 5424 §6.2.1). */
export const SYSLOG_FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const

export type SyslogFacility = (typeof SYSLOG_FACILITIES)[number]

export const DEFAULT_SYSLOG_FACILITY: SyslogFacility = 'local0'

/** At most so many alerts of one key in so many seconds of packet time; the others are counted. */
export interface RateLimitOptions {
  readonly alerts: number
  readonly seconds: number
  /** What is counted apart; each with the signature: alone, of a client, of a client and a server. */
  readonly by: 'signature' | 'signature-client' | 'signature-pair'
}

/** Alerts for which all that is given holds go nowhere. At least one of sid, class and network is given. */
export interface SuppressRule {
  readonly sid: number | undefined
  /** A trailing `*` stands for any rest. */
  readonly class: string | undefined
  /** An address or CIDR, IPv4 or IPv6: `10.0.0.0/8`, `2001:db8::/32`. */
  readonly network: string | undefined
  /** Which end of the flow must lie in `network`. */
  readonly end: 'client' | 'server' | 'either'
}
