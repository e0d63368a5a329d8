import { describe, expect, it } from 'vitest'
import {
  client,
  ends,
  ethernet,
  fragment,
  frame,
  type Layer,
  server,
  tcp,
  udp,
} from '../../support/packet.ts'
import { handshake, PipelineRun, type RunOptions } from './running.ts'

const protocolOf = (run: PipelineRun) => run.drain().reports.ends[0]?.flow.appProtocol

describe('application protocols', () => {
  it('are told by the first bytes of either side', () => {
    const run = handshake(new PipelineRun())
      .send(tcp(client, { seq: 1, ack: 1 }, 'hello there'), 0.1)
      .send(tcp(server, { seq: 1, ack: 12 }, '220 x ESMTP\r\n'), 0.2)
    expect(protocolOf(run)).toBe('smtp')
  })

  it('are told once: later bytes change nothing', () => {
    const run = handshake(new PipelineRun())
      .send(tcp(server, { seq: 1, ack: 1 }, 'SSH-2.0-x\r\n'), 0.1)
      .send(tcp(client, { seq: 1, ack: 12 }, 'GET / HTTP/1.1\r\n'), 0.2)
    expect(protocolOf(run)).toBe('ssh')
    const late = handshake(new PipelineRun())
      .send(tcp(server, { seq: 1, ack: 1 }, 'hello there'), 0.1)
      .send(tcp(server, { seq: 12, ack: 1 }, 'SSH-2.0-x\r\n'), 0.2)
    expect(protocolOf(late)).toBe('failed')
  })

  it('of datagrams depend on the server’s port', () => {
    const query = Buffer.from('123401000001000000000000', 'hex')
    expect(protocolOf(new PipelineRun().send(udp(ends('10.0.0.1:5000', '10.0.0.2:53')[0], query)))).toBe(
      'dns',
    )
    expect(protocolOf(new PipelineRun().send(udp(ends('10.0.0.1:5000', '10.0.0.2:54')[0], query)))).toBe(
      'failed',
    )
  })

  it('are not looked for when nobody reads them', () => {
    const run = handshake(new PipelineRun({ appProtocols: false }))
    expect(protocolOf(run.send(tcp(server, { seq: 1, ack: 1 }, 'SSH-2.0-x\r\n'), 0.1))).toBe('failed')
  })
})

describe('options', () => {
  const exchange = (options: RunOptions) =>
    handshake(new PipelineRun({ signatures: 'tcp 22 = c5 + s6 : pause', ...options }))
      .send(tcp(client, { seq: 1, ack: 1 }, 5), 0.1)
      .send(tcp(server, { seq: 1, ack: 6 }, 6), 0.4).reports.hits.length

  it('say what a pause is', () => {
    expect(exchange({ thresholdMicros: 500_000 })).toBe(0)
    expect(exchange({ thresholdMicros: 300_000 })).toBe(1)
  })

  it('say whether checksums are believed', () => {
    const count = (checksums: boolean) => {
      const run = new PipelineRun({ checksums }).send(udp(client, 5, { checksum: 1 }))
      return [run.drain().reports.ends.length, run.counter('decode.bad_checksum_frames')]
    }
    expect(count(false)).toEqual([1, 0])
    expect(count(true)).toEqual([0, 1])
  })

  it('switch recording off', () => {
    const run = new PipelineRun({ recordedElements: 0 }).send(udp(client, 5))
    expect(run.pipeline.recorder).toBeUndefined()
    expect(run.drain().reports.ends[0]?.sequence).toEqual([])
  })
})

describe('gaps', () => {
  it('break matches and stand in the recorded sequence', () => {
    const run = handshake(new PipelineRun({ signatures: 'tcp 22 = c5 s6 : answer' }))
      .send(tcp(client, { seq: 1, ack: 1 }, 5), 0.1)
      .send(tcp(server, { seq: 8, ack: 6 }, 6), 0.2)
      .send(tcp(client, { seq: 6, ack: 14 }, 1), 0.3)
      .drain()
    expect(run.reports.hits).toEqual([])
    const [end] = run.reports.ends
    expect(end?.sequence.filter((element) => element < 0)).toHaveLength(1)
    expect(end?.missingBytes).toBe(7)
  })
})

describe('queued frames', () => {
  const whole = udp(client, 40)
  const packets: readonly Layer[] = [
    ...Array.from({ length: 40 }, (_, i) => udp(i % 3 === 0 ? server : client, i + 1)),
    fragment(whole, 0, 16),
    udp(ends('10.0.0.3:7', '10.0.0.4:9')[0], 3),
    fragment(whole, 16, whole.bytes.length),
    udp(client, 77),
  ]

  it('give what frames give that are taken at once', () => {
    const atOnce = new PipelineRun()
    const queued = new PipelineRun()
    for (const [i, packet] of packets.entries()) {
      atOnce.send(packet, i)
      queued.pipeline.queue(frame(ethernet(packet), { time: i }))
    }
    queued.pipeline.drain()
    expect(queued.reports.ends).toEqual(atOnce.drain().reports.ends)
    expect(queued.reports.ends.map(({ flow }) => flow.elements)).toEqual([42, 1])
  })
})
