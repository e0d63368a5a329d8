import { expect, it } from 'vitest'
import { rankFlows } from '../../../src/sensor/rank-flows.ts'
import { ends, udp } from '../../support/packet.ts'
import { PipelineRun } from './running.ts'

const asker = (n: number) => ends(`10.0.0.${n}:5000`, '10.0.1.1:53')[0]

function busy(): PipelineRun {
  return new PipelineRun({ signatures: '#: class=a.five\nudp 53 = c5 : five' })
    .send(udp(asker(1), 5), 1)
    .send(udp(asker(2), 900), 2)
    .send(udp(asker(3), 50), 3)
    .send(udp(asker(3), 50), 4)
    .send(udp(asker(1), 5), 5)
    .send(udp(asker(1), 5), 6)
}

const clients = (run: PipelineRun, most: number, by: Parameters<typeof rankFlows>[2]) =>
  rankFlows(run.pipeline, most, by).map(({ client }) => Number(client.split(':')[0]?.split('.').at(-1)))

it('lists the greatest open flows first', () => {
  const run = busy()
  expect(clients(run, 2, 'bytes')).toEqual([2, 3])
  expect(clients(run, 9, 'packets')).toEqual([1, 3, 2])
  expect(clients(run, 3, 'payload')).toEqual([2, 3, 1])
  expect(clients(run, 1, 'age')).toEqual([1])
  expect(clients(run, 3, 'idle')).toEqual([2, 3, 1])
})

it('says what is known of a flow', () => {
  expect(rankFlows(busy().pipeline, 1, 'packets')).toEqual([
    {
      flow_id: 1,
      proto: 'UDP',
      client: '10.0.0.1:5000',
      server: '10.0.1.1:53',
      app: 'failed',
      packets: 3,
      bytes: 3 * (14 + 28 + 5),
      payload: 15,
      age_s: 5,
      idle_s: 0,
      classes: { 'a.five': 3 },
    },
  ])
})
