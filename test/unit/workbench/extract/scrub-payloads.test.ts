import { describe, expect, it } from 'vitest'
import type { FlowFacts } from '../../../../src/model/report.ts'
import type { Segment } from '../../../../src/workbench/extract/flow-segments.ts'
import { scrubPayloads } from '../../../../src/workbench/extract/scrub-payloads.ts'

const flowOf = (appProtocol: string, port: number, protocol = 'TCP') =>
  ({
    protocol,
    appProtocol,
    client: { address: '10.0.0.1', port: 4711 },
    server: { address: '10.0.0.2', port },
  }) as FlowFacts

function segment(
  side: 'c' | 's',
  seq: number | undefined,
  content: string | Uint8Array,
  port: number,
): Segment {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  const sender = side === 'c' ? '10.0.0.1:4711' : `10.0.0.2:${port}`
  return { sender, seq, isSyn: false, bytes, size: bytes.length }
}

/** What stays of a client's and a server's first words. */
function kept(app: string, port: number, client: string, server: string): readonly string[] {
  const segments = [
    segment('s', 0, server, port),
    segment('c', 0, client, port),
    segment('c', client.length, 'more', port),
  ]
  return scrubPayloads(segments, flowOf(app, port)).map((bytes) =>
    Buffer.from(bytes ?? []).toString('latin1'),
  )
}

describe('scrubPayloads', () => {
  it.each([
    ['http', 80, 'GET /secret', 'HTTP/1.1 200', 'GET ', 'HTTP'],
    ['smtp', 25, 'EHLO bob', '220 mail ESMTP', 'EHLO', '220'],
    ['ftp', 21, 'USER bob', '220 (vsFTPd)', 'USER', '220'],
    ['ftp', 2121, 'USER bob', '220 (vsFTPd)', 'USER', '220 FTP'],
    ['tls', 443, '\x16\x03\x01secret', '\x16\x03\x03secret', '\x16\x03', '\x16\x03'],
    ['telnet', 23, 'bob', '\xff\xfd\x18login', '', '\xff\xfd'],
    ['failed', 9999, 'secret', 'words', '', ''],
  ])('keeps of %s on port %i as little as names it', (app, port, client, server, first, second) => {
    const zeros = (text: string, length: number) => text.padEnd(length, '\0')
    expect(kept(app, port, client, server)).toEqual([
      zeros(second, server.length),
      zeros(first, client.length),
      '\0\0\0\0',
    ])
  })

  it('gives a byte that is sent again the same place', () => {
    const segments = [
      segment('c', 0, 'GET /a', 80),
      segment('c', 0, 'GET /a', 80),
      segment('c', 2, 'T /abc', 80),
    ]
    const [one, two, three] = scrubPayloads(segments, flowOf('http', 80))
    expect(one).toEqual(two)
    expect(Buffer.from(three ?? []).toString()).toBe('T \0\0\0\0')
  })

  it('keeps of datagrams what names the first of each side', () => {
    const quic = Uint8Array.from([0xc3, 0, 0, 0, 1, 9, 9, 9, 9, 9])
    const segments = [segment('c', undefined, quic, 443), segment('c', undefined, quic, 443)]
    const [one, two] = scrubPayloads(segments, flowOf('quic', 443, 'UDP'))
    expect([...(one ?? [])]).toEqual([0xc3, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    expect(two?.every((byte) => byte === 0)).toBe(true)
    const dns = [segment('c', undefined, '\x12\x34\x01\0\0\x01\0\0\0\0\0\0and a name', 53)]
    expect(scrubPayloads(dns, flowOf('dns', 53, 'UDP'))[0]?.every((byte) => byte === 0)).toBe(true)
  })
})
