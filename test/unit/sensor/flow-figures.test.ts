import { describe, expect, it } from 'vitest'
import { FIGURE_NAMES, FIGURES, figureIndex, SSH_FIGURES } from '../../../src/model/figures.ts'
import { FIRST_RECORD } from '../../../src/model/flow-record.ts'
import { client, ends, server, tcp } from '../../support/packet.ts'
import { SshTalk } from '../../support/ssh-talk.ts'
import { converse, handshake, PipelineRun } from './running.ts'

/** Of the only flow. */
function figure(run: PipelineRun, name: string): number {
  return run.pipeline.figures.value(FIRST_RECORD, figureIndex(name))
}

/** A second after it began: 10 bytes, an answer of 20, and 5 more half a second later. */
const talk = () =>
  handshake(new PipelineRun(), 100)
    .send(tcp(client, { seq: 1, ack: 1 }, 10), 101)
    .send(tcp(server, { seq: 1, ack: 11 }, 20), 101)
    .send(tcp(client, { seq: 11, ack: 21 }, 5), 101.5)

describe('figures of a flow', () => {
  it('are what its record holds', () => {
    const run = talk()
    expect(figure(run, 'packets')).toBe(3)
    expect(figure(run, 'c.bytes')).toBe(15)
    expect(figure(run, 's.bytes')).toBe(20)
  })

  it('know client and server whichever address is the lower one', () => {
    const [high, low] = ends('10.0.0.9:50000', '10.0.0.2:80')
    const run = new PipelineRun()
      .send(tcp(high, { flags: 'S' }), 1)
      .send(tcp(low, { flags: 'SA', ack: 1 }), 1)
      .send(tcp(high, { seq: 1, ack: 1 }, 7), 1)
    expect([figure(run, 'c.bytes'), figure(run, 's.bytes')]).toEqual([7, 0])
  })

  it('count time in microseconds, up to the packet that is looked at', () => {
    const run = talk()
    expect(figure(run, 'duration')).toBe(1_500_000)
    run.send(tcp(server, { seq: 21, ack: 16 }), 104)
    expect(figure(run, 'duration')).toBe(4_000_000)
    expect(figure(run, 'idle')).toBe(2_500_000)
  })

  it('tell the application protocol', () => {
    const speaks = (first: string | Uint8Array) => {
      const run = handshake(new PipelineRun()).send(tcp(client, { seq: 1, ack: 1 }, first), 1)
      return [figure(run, 'speaks.tls'), figure(run, 'speaks.ssh')]
    }
    expect(speaks('SSH-2.0-x\r\n')).toEqual([0, 1])
    expect(speaks(Buffer.from('160301020001000001fc0303', 'hex'))).toEqual([1, 0])
    expect(speaks('GET / HTTP/1.1\r\n')).toEqual([0, 0])
  })
})

describe('figures of an SSH connection', () => {
  const login =
    'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE +2s c:PASSWORD s:FAILURE +3s c:PASSWORD s:SUCCESS'

  it('are read by their names', () => {
    const run = converse(new PipelineRun(), new SshTalk().handshake().say(login), false)
    expect(figure(run, 'failures')).toBe(1)
    expect(figure(run, 'passwords')).toBe(2)
    expect(figure(run, 'think')).toBe(3_000_000)
    expect(figure(run, 'think.shortest')).toBe(2_000_000)
    expect(figure(run, 'c.messages')).toBeGreaterThanOrEqual(5)
    expect(figure(run, 's.messages')).toBeGreaterThanOrEqual(5)
  })

  it('are 0 where nobody speaks SSH', () => {
    const run = talk()
    for (const name of Object.keys(SSH_FIGURES)) expect(figure(run, name), name).toBe(0)
  })
})

it('a figure that there is none of is 0', () => {
  expect(talk().pipeline.figures.value(FIRST_RECORD, -1)).toBe(0)
  expect(figureIndex('nonsense')).toBe(-1)
})

it('every name has a value', () => {
  const run = converse(new PipelineRun(), new SshTalk().handshake(), false)
  expect(FIGURE_NAMES).toEqual([...Object.keys(FIGURES), ...Object.keys(SSH_FIGURES)])
  for (const name of FIGURE_NAMES) expect(figure(run, name), name).toBeGreaterThanOrEqual(0)
})
