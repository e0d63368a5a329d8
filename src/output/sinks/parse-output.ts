// An output as a string names it, on the command line and in the short form of the configuration: `-`, a path,
// `unix:/run/x.sock`, `tcp://host:port`, `syslog+udp://host:514`, each with a filter as its query:
// `alerts.json?types=alert&classes=ssh.auth.*&severity=2&queue=8MiB`.

import { formatByteSize, parseByteSize } from '../../core/byte-size.ts'
import { OperatorError } from '../../model/operator-error.ts'
import {
  DEFAULT_QUEUE_BYTES,
  DEFAULT_SYSLOG_FACILITY,
  EVENT_TYPES,
  type EventFilter,
  type EventType,
  type OutputOptions,
  SMALLEST_QUEUE_BYTES,
  SYSLOG_FACILITIES,
  type SyslogFacility,
} from '../../model/output-options.ts'
import { isClassPattern } from './class-pattern.ts'
import { parseAddress, type ReceiverAddress } from './parse-address.ts'

const FORMS =
  'an output is `-`, a path, `unix:PATH`, `tcp://HOST:PORT`, `syslog+udp://HOST:PORT` or `syslog+tcp://HOST:PORT`'
const KEYS = ['types', 'classes', 'severity', 'queue', 'facility'] as const
const LARGEST_QUEUE_BYTES = 2 ** 30
const LEAST_SEVERITY = 255
/** sun_path of Linux holds 108 bytes, the last of which is 0. */
const LONGEST_SOCKET_PATH = 107

type Key = (typeof KEYS)[number]
type Query = ReadonlyMap<Key, string>

/** @throws OperatorError (`usage`) that names the output and what is wrong with it */
export function parseOutput(text: string): OutputOptions {
  const mark = text.indexOf('?')
  const place = mark < 0 ? text : text.slice(0, mark)
  const query = mark < 0 ? new Map<Key, string>() : parseQuery(text, text.slice(mark + 1))
  const options = {
    filter: parseFilter(text, query),
    queueBytes: parseQueue(text, query.get('queue')),
  }
  const syslog = /^syslog(?:\+(\w+))?:(?:\/\/)?(.*)$/.exec(place)
  if (syslog !== null) {
    const [, transport, address = ''] = syslog
    if (transport !== 'udp' && transport !== 'tcp')
      throw problem(text, 'syslog goes over `syslog+udp` or `syslog+tcp`')
    const facility = parseFacility(text, query.get('facility'))
    return { type: 'syslog', transport, facility, ...addressOf(text, address), ...options }
  }
  if (query.has('facility')) throw problem(text, 'only syslog has a facility')
  if (place === '-') return { type: 'stdout', ...options }
  if (place.startsWith('unix:')) return { type: 'unix', path: socketPathOf(text, place.slice(5)), ...options }
  const tcp = /^tcp:(?:\/\/)?(.*)$/.exec(place)
  if (tcp !== null) return { type: 'tcp', ...addressOf(text, tcp[1] ?? ''), ...options }
  const path = place.startsWith('file:') ? place.slice(5).replace(/^\/\/(?=\/)/, '') : place
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) throw problem(text, 'there is no such kind of output')
  if (path === '' || path.includes('\0')) throw problem(text, 'it has no path')
  return { type: 'file', path, ...options }
}

function parseQuery(text: string, query: string): Query {
  const found = new Map<Key, string>()
  for (const part of query.split('&')) {
    const [name = '', ...rest] = part.split('=')
    const key = KEYS.find((known) => known === name)
    if (key === undefined)
      throw problem(
        text,
        `there is no setting \`${name}\`; there are ${KEYS.join(', ')}`,
        'a file whose name has a `?` can be given in the configuration: {type: file, path: ...}',
      )
    if (found.has(key)) throw problem(text, `\`${key}\` stands twice`)
    if (rest.join('') === '') throw problem(text, `\`${key}\` has no value`)
    found.set(key, rest.join('='))
  }
  return found
}

function parseFilter(text: string, query: Query): EventFilter {
  return {
    types: query
      .get('types')
      ?.split(',')
      .map((name) => parseType(text, name)),
    classes: query
      .get('classes')
      ?.split(',')
      .map((name) => {
        if (isClassPattern(name)) return name
        throw problem(text, `\`${name}\` is no class such as \`ssh.auth.failure\` or \`ssh.auth.*\``)
      }),
    severity: parseSeverity(text, query.get('severity')),
  }
}

function parseType(text: string, name: string): EventType {
  const type = EVENT_TYPES.find((known) => known === name)
  if (type !== undefined) return type
  throw problem(text, `there is no event \`${name}\`; there are ${EVENT_TYPES.join(', ')}`)
}

function parseSeverity(text: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const severity = /^\d{1,3}$/.test(value) ? Number(value) : 0
  if (severity >= 1 && severity <= LEAST_SEVERITY) return severity
  throw problem(text, `severity \`${value}\` is not 1 (grave) to ${LEAST_SEVERITY}`)
}

function parseQueue(text: string, value: string | undefined): number {
  if (value === undefined) return DEFAULT_QUEUE_BYTES
  const bytes = parseByteSize(value)
  if (bytes !== undefined && bytes >= SMALLEST_QUEUE_BYTES && bytes <= LARGEST_QUEUE_BYTES) return bytes
  const [least, most] = [formatByteSize(SMALLEST_QUEUE_BYTES), formatByteSize(LARGEST_QUEUE_BYTES)]
  throw problem(text, `queue \`${value}\` is no size from ${least} to ${most}`)
}

function parseFacility(text: string, value: string | undefined): SyslogFacility {
  const facility = SYSLOG_FACILITIES.find((known) => known === (value ?? DEFAULT_SYSLOG_FACILITY))
  if (facility !== undefined) return facility
  throw problem(text, `there is no facility \`${value}\`; there are ${SYSLOG_FACILITIES.join(', ')}`)
}

function addressOf(text: string, address: string): ReceiverAddress {
  const parsed = parseAddress(address)
  if (parsed !== undefined) return parsed
  throw problem(
    text,
    `\`${address}\` is no HOST:PORT`,
    'an IPv6 address stands in brackets: [2001:db8::1]:514',
  )
}

function socketPathOf(text: string, place: string): string {
  const path = place.replace(/^\/\/(?=\/)/, '')
  if (path === '' || path.includes('\0')) throw problem(text, 'it has no path')
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH)
    throw problem(text, `the path of a socket has at most ${LONGEST_SOCKET_PATH} bytes`)
  return path
}

function problem(text: string, what: string, hint: string = FORMS): OperatorError {
  return new OperatorError('usage', `output \`${text}\`: ${what}`, hint)
}
