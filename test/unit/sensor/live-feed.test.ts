import { expect, it } from 'vitest'
import { LiveFeed } from '../../../src/sensor/live-feed.ts'
import { client, ethernet, frame, udp } from '../../support/packet.ts'
import { PipelineRun } from './running.ts'

it('hands frames on, and knows how many and how large', () => {
  const run = new PipelineRun({ signatures: 'udp 22 = c5 : five' })
  const feed = new LiveFeed(run.pipeline, () => expect.unreachable())
  expect([feed.frames, feed.bytes, feed.takeLag()]).toEqual([0, 0, 0])
  feed.frame(frame(ethernet(udp(client, 5)), { time: 1 }))
  feed.frame(frame(ethernet(udp(client, 6)), { time: 2.5 }))
  expect(run.reports.hits).toHaveLength(1)
  expect([feed.frames, feed.bytes]).toEqual([2, 14 + 28 + 5 + 14 + 28 + 6])
})

it('lives on when a frame trips a bug', () => {
  const run = new PipelineRun({ signatures: 'udp 22 = c5 : five' })
  const bugs: unknown[] = []
  const feed = new LiveFeed(run.pipeline, (error) => bugs.push(error))
  const broken = frame(ethernet(udp(client, 5)), { time: 1 })
  broken.end = broken.data.length + 1000
  Object.defineProperty(broken, 'data', { get: () => expect.unreachable('no data') })
  feed.frame(broken)
  expect(bugs).toHaveLength(1)
  feed.frame(frame(ethernet(udp(client, 5)), { time: 1 }))
  expect(run.reports.hits).toHaveLength(1)
})

it('takes nothing more once closed', () => {
  const run = new PipelineRun({ signatures: 'udp 22 = c5 : five' })
  const feed = new LiveFeed(run.pipeline, () => expect.unreachable())
  feed.close()
  feed.frame(frame(ethernet(udp(client, 5)), { time: 1 }))
  expect(feed.frames).toBe(0)
  expect(run.reports.hits).toHaveLength(0)
})

it('knows how late frames are at the worst', () => {
  const feed = new LiveFeed(new PipelineRun().pipeline, () => expect.unreachable())
  const late = frame(ethernet(udp(client, 5)), { time: Date.now() / 1000 - 30 })
  for (let i = 0; i < 100; i++) feed.frame(late)
  expect(feed.takeLag() / 1000).toBeCloseTo(30, 0)
  expect(feed.takeLag()).toBe(0)
})
