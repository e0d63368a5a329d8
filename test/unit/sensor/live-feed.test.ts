import { expect, it } from 'vitest'
import { LiveFeed } from '../../../src/sensor/live-feed.ts'
import { client, ethernet, frame, udp } from '../../support/packet.ts'
import { PipelineRun } from './running.ts'

it('hands frames on, and knows how many, how large, how late', () => {
  const run = new PipelineRun({ signatures: 'udp 22 = c5 : five' })
  const feed = new LiveFeed(run.pipeline)
  expect([feed.frames, feed.bytes, feed.lastTime]).toEqual([0, 0, 0])
  feed.frame(frame(ethernet(udp(client, 5)), { time: 1 }))
  feed.frame(frame(ethernet(udp(client, 6)), { time: 2.5 }))
  expect(run.reports.hits).toHaveLength(1)
  expect([feed.frames, feed.bytes, feed.lastTime]).toEqual([2, 14 + 28 + 5 + 14 + 28 + 6, 2_500_000])
})
