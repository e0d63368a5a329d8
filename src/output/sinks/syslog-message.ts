// An event as a syslog message (RFC 5424): the header says when, where, who and how grave; MSG is the event's line.
// The line is UTF-8 without a byte order mark, which readers of JSON refuse (§6.4 allows it: MSG-ANY).

import { hostname } from 'node:os'
import type { OutgoingEvent } from '../../model/event.ts'
import { SYSLOG_FACILITIES, type SyslogFacility } from '../../model/output-options.ts'
import { formatTime } from '../human-units.ts'

/** Severities of RFC 5424 §6.2.1. */
const CRITICAL = 2
const WARNING = 4
const NOTICE = 5
const INFORMATIONAL = 6
const LONGEST_HOST_NAME = 255

/**
 * Receivers should take 2048 bytes (RFC 5426 §3.2); rsyslog takes 8 KiB unless told otherwise, and cuts what is longer.
 * A cut event is of no use.
 */
export const LONGEST_DATAGRAM_BYTES = 8 << 10

/** @returns what makes messages of one facility, from this host and process */
export function createSyslogFormat(facility: SyslogFacility): (event: OutgoingEvent) => string {
  const code = SYSLOG_FACILITIES.indexOf(facility) * 8
  const host = headerWord(hostname())
  const sender = `${host} gait ${process.pid}`
  return (event) => {
    const time = formatTime(event.time, 'Z')
    return `<${code + severityOf(event)}>1 ${time} ${sender} ${event.type} - ${event.line}`
  }
}

/** RFC 6587 §3.4.1: how many bytes it has stands before each message, so that it may hold anything. */
export function countOctets(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`
}

function severityOf({ type, severity }: OutgoingEvent): number {
  if (type !== 'alert') return INFORMATIONAL
  if (severity === 1) return CRITICAL
  return severity === 2 ? WARNING : NOTICE
}

/** Printable ASCII without spaces; `-` stands for nothing. */
function headerWord(text: string): string {
  const word = text.replace(/[^\x21-\x7e]/g, '').slice(0, LONGEST_HOST_NAME)
  return word === '' ? '-' : word
}
