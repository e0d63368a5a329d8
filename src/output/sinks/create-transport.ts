// What carries an output's lines, and how an event looks on it.

import type { OutgoingEvent } from '../../model/event.ts'
import type { OutputOptions } from '../../model/output-options.ts'
import { DatagramTransport } from './datagram-transport.ts'
import type { Delivery } from './delivery.ts'
import { DescriptorTransport } from './descriptor-transport.ts'
import { NamedFile } from './named-file.ts'
import { formatAddress } from './parse-address.ts'
import { createStdoutTransport } from './stdout-transport.ts'
import { StreamTransport } from './stream-transport.ts'
import { countOctets, createSyslogFormat, LONGEST_DATAGRAM_BYTES } from './syslog-message.ts'
import type { Transport } from './transport.ts'

/** As parseOutput() reads it, without filter. */
export function nameOutput(options: OutputOptions): string {
  switch (options.type) {
    case 'file':
      return options.path
    case 'stdout':
      return '-'
    case 'unix':
      return `unix:${options.path}`
    case 'tcp':
      return `tcp://${formatAddress(options)}`
    case 'syslog':
      return `syslog+${options.transport}://${formatAddress(options)}`
  }
}

export interface Encoding {
  /** undefined: the event's line, as it is. */
  readonly encode: ((event: OutgoingEvent) => string) | undefined
  readonly lineEnd: string
  readonly longestBytes: number
}

export function encodingOf(options: OutputOptions): Encoding {
  if (options.type !== 'syslog')
    return { encode: undefined, lineEnd: '\n', longestBytes: Number.POSITIVE_INFINITY }
  const format = createSyslogFormat(options.facility)
  return options.transport === 'udp'
    ? { encode: format, lineEnd: '', longestBytes: LONGEST_DATAGRAM_BYTES }
    : {
        encode: (event) => countOctets(format(event)),
        lineEnd: '',
        longestBytes: Number.POSITIVE_INFINITY,
      }
}

export function createTransport(options: OutputOptions, delivery: Delivery, onGone: () => void): Transport {
  switch (options.type) {
    case 'file':
      return new DescriptorTransport(delivery, new NamedFile(options.path))
    case 'stdout':
      return createStdoutTransport(delivery, onGone)
    case 'unix':
      return new StreamTransport(delivery, { path: options.path })
    case 'tcp':
      return new StreamTransport(delivery, { host: options.host, port: options.port })
    case 'syslog': {
      const { transport, host, port } = options
      return transport === 'udp'
        ? new DatagramTransport(delivery, host, port)
        : new StreamTransport(delivery, { host, port })
    }
  }
}
