import { describe, expect, it } from 'vitest'
import { DEFAULT_FLOW_BUDGET } from '../../../src/flow/flow-budget.ts'
import { formatElements, formatSequence } from '../../../src/output/raw-signature.ts'
import { client, ends, server, tcp, udp } from '../../support/packet.ts'
import { farewell, handshake, PipelineRun, type RunOptions } from './running.ts'

/** An SSH-like flow: 21 bytes, an answer of 32, and after a second 40 more. */
function talk(options: RunOptions = {}): PipelineRun {
  return handshake(new PipelineRun(options))
    .send(tcp(server, { seq: 1, ack: 1 }, 21), 0.1)
    .send(tcp(client, { seq: 1, ack: 22 }, 32), 0.2)
    .send(tcp(server, { seq: 22, ack: 33 }, 40), 1.2)
}

describe('a hit', () => {
  const signatures = '#: sid=5\ntcp 22 = c32 + s40 : typed\n\ntcp 22 = s* : any\n'

  it('is reported at once, with what matched', () => {
    const run = talk({ signatures })
    const [typed] = run.reports.hits.filter(({ signature }) => signature.sid === 5)
    expect(typed).toMatchObject({
      time: 1_200_000,
      count: 1,
      first: 2,
      last: 3,
      signature: { description: 'typed' },
    })
    expect(formatElements(typed?.elements ?? [])).toBe('c32 + s40')
    expect(typed?.flow).toMatchObject({ elements: 3, toServer: { payload: 32 }, toClient: { payload: 61 } })
  })

  it('is counted, in the flow and in the run', () => {
    const run = talk({ signatures })
    const told = run.reports.hits.map(({ signature, count }) => `${signature.description} ${count}`)
    expect(told.sort()).toEqual(['any 1', 'any 2', 'typed 1'])
    expect(run.reporter.hits).toBe(3)
    expect(run.reporter.hitCounts().map(({ signature, count }) => [signature.description, count])).toEqual([
      ['typed', 1],
      ['any', 2],
    ])
    expect(
      run.drain().reports.ends[0]?.hits.map(({ signature, count }) => [signature.description, count]),
    ).toEqual([
      ['any', 2],
      ['typed', 1],
    ])
  })

  it('keeps the flow as it was then', () => {
    const run = talk({ signatures: 'tcp 22 = s21 : banner' })
    farewell(run, 33, 62, 2).drain()
    expect(run.reports.hits[0]?.flow).toMatchObject({ last: 100_000, elements: 1 })
  })
})

describe('which flows are reported', () => {
  const signatures = 'udp 53 = c5 : five'
  const send = (flows: 'none' | 'unmatched' | 'all') =>
    new PipelineRun({ signatures, flows })
      .send(udp(ends('10.0.0.1:1', '10.0.0.2:53')[0], 5))
      .send(udp(ends('10.0.0.1:2', '10.0.0.2:53')[0], 6))
      .drain()
      .reports.ends.map(({ flow }) => flow.client.port)

  it('is as asked', () => {
    expect(send('all')).toEqual([1, 2])
    expect(send('unmatched')).toEqual([2])
    expect(send('none')).toEqual([])
  })
})

describe('the end of a flow', () => {
  const endOf = (run: PipelineRun) => run.drain().reports.ends[0]

  it('has all that was seen of a whole flow', () => {
    const end = endOf(farewell(talk(), 33, 62, 2))
    expect(end).toMatchObject({
      time: 2_020_000,
      state: 'closed',
      reason: 'timeout',
      flagsToServer: 0x13,
      flagsToClient: 0x13,
      truncated: false,
      retransmits: 0,
      reordered: 0,
      missingBytes: 0,
      startSeen: true,
      endSeen: true,
      handshakeSeen: true,
    })
    expect(end && formatSequence(end)).toBe('< s21 c32 + s40 >')
  })

  it('is a shutdown when the input ends first, at the time of the flow’s last packet', () => {
    const run = talk().send(udp(ends('10.9.9.9:1', '10.9.9.8:2')[0], 1), 50)
    expect(endOf(run)).toMatchObject({
      time: 1_200_000,
      state: 'established',
      reason: 'shutdown',
      endSeen: false,
    })
  })

  it('is a timeout when nothing came for too long, at the time when that was noticed', () => {
    const flow = { ...DEFAULT_FLOW_BUDGET, maxFlows: 4 }
    const run = new PipelineRun({ flow })
      .send(udp(client, 5), 0)
      .send(udp(ends('10.9.9.9:1', '10.9.9.8:2')[0], 1), 200)
    expect(run.reports.ends).toMatchObject([
      { time: 200_000_000, state: 'new', reason: 'timeout', endSeen: true },
    ])
  })

  it('is forced when the room is needed', () => {
    const run = new PipelineRun({ flow: { ...DEFAULT_FLOW_BUDGET, maxFlows: 1 } })
      .send(udp(client, 5), 0)
      .send(udp(ends('10.9.9.9:1', '10.9.9.8:2')[0], 1), 1)
    expect(run.reports.ends).toMatchObject([{ reason: 'forced', endSeen: false }])
    expect(run.counter('flow.evicted_flows')).toBe(1)
  })

  it('is a reuse when the ports are', () => {
    const run = farewell(talk(), 33, 62, 2).send(tcp(client, { flags: 'S', seq: 5_000_000 }), 3)
    expect(run.reports.ends).toMatchObject([{ state: 'closed', reason: 'tcp_reuse', endSeen: true }])
  })

  it('comes with a reset', () => {
    const end = endOf(talk().send(tcp(client, { flags: 'R', seq: 33 }), 2))
    expect(end).toMatchObject({ state: 'closed', flagsToServer: 0x16, flagsToClient: 0x12, endSeen: true })
  })

  it('says what was missing of the start', () => {
    const run = new PipelineRun()
      .send(tcp(client, { seq: 1, ack: 1 }, 5), 0)
      .send(tcp(server, { seq: 1, ack: 6 }, 6), 0.1)
    expect(endOf(run)).toMatchObject({ startSeen: false, handshakeSeen: false, state: 'established' })
  })

  it.each([
    ['both SYNs', 'SAD', true],
    ['one SYN and acknowledgments of both sides', 'SD', true],
    ['a SYN without an answer', 'S', false],
  ])('tells a handshake from %s', (_what, which, handshakeSeen) => {
    const run = new PipelineRun().send(tcp(client, { flags: 'S' }), 0)
    if (which.includes('A')) run.send(tcp(server, { flags: 'SA', ack: 1 }), 0.01)
    if (which.includes('D'))
      run.send(tcp(client, { seq: 1, ack: 1 }, 5), 0.02).send(tcp(server, { seq: 1, ack: 6 }, 6), 0.03)
    expect(endOf(run)).toMatchObject({ startSeen: true, handshakeSeen })
  })

  it('counts what was irregular', () => {
    const run = talk()
      .send(tcp(client, { seq: 1, ack: 22 }, 32), 1.3)
      .send(tcp(client, { seq: 38, ack: 62 }, 5), 1.4)
      .send(tcp(client, { seq: 33, ack: 62 }, 5), 1.5)
      .send(tcp(server, { seq: 62, ack: 50 }, 1), 1.6)
    expect(endOf(run)).toMatchObject({ retransmits: 1, reordered: 1, missingBytes: 7 })
  })

  it('keeps as many packets as asked, and says when there were more', () => {
    const sequence = (recordedElements: number) => {
      const end = endOf(talk({ recordedElements }))
      return end && `${formatSequence(end)} ${end.truncated}`
    }
    expect(sequence(2)).toBe('< s21 c32 … true')
    expect(sequence(3)).toBe('< s21 c32 + s40 false')
    expect(sequence(0)).toBe('< … true')
  })
})
