import { describe, expect, it } from 'vitest'
import type { OutputOptions } from '../../../../src/model/output-options.ts'
import { createTransport, encodingOf, nameOutput } from '../../../../src/output/sinks/create-transport.ts'
import { DatagramTransport } from '../../../../src/output/sinks/datagram-transport.ts'
import { DescriptorTransport } from '../../../../src/output/sinks/descriptor-transport.ts'
import { parseOutput } from '../../../../src/output/sinks/parse-output.ts'
import { StreamTransport } from '../../../../src/output/sinks/stream-transport.ts'
import { delivery, event, Heard } from './receiving.ts'

describe('an output', () => {
  it.each([
    ['eve.json', DescriptorTransport],
    ['unix:/run/x', StreamTransport],
    ['tcp://h:1', StreamTransport],
    ['syslog+tcp://h:1', StreamTransport],
    ['syslog+udp://h:1', DatagramTransport],
  ])('`%s` has what carries its lines', (text, kind) => {
    const transport = createTransport(parseOutput(text), delivery(new Heard()), () => {})
    expect(transport).toBeInstanceOf(kind)
    expect(transport.isConnected).toBe(false)
  })

  it('is named without its filter', () => {
    expect(nameOutput(parseOutput('tcp://[::1]:5?types=alert'))).toBe('tcp://[::1]:5')
  })

  it.each(['-', 'eve.json', 'unix:/run/x', 'tcp://h:1'])('`%s` has lines as they are', (text) => {
    expect(encodingOf(parseOutput(text))).toEqual({
      encode: undefined,
      lineEnd: '\n',
      longestBytes: Number.POSITIVE_INFINITY,
    })
  })

  it('of syslog has messages: over TCP with their length, over UDP of limited length', () => {
    const of = (text: string): OutputOptions => parseOutput(text)
    const udp = encodingOf(of('syslog+udp://h:1?facility=user'))
    const message = udp.encode?.(event()) ?? ''
    expect(message).toMatch(/^<12>1 .* gait \d+ alert - \{/)
    expect([udp.lineEnd, udp.longestBytes]).toEqual(['', 8192])
    const tcp = encodingOf(of('syslog+tcp://h:1?facility=user'))
    expect(tcp.encode?.(event())).toBe(`${message.length} ${message}`)
    expect([tcp.lineEnd, tcp.longestBytes]).toEqual(['', Number.POSITIVE_INFINITY])
  })
})
