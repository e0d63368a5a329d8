import { describe, expect, it } from 'vitest'
import { Frame, type FrameReader, ReadStatus } from '../../../src/model/frame.ts'
import { type FrameTally, runBuffered } from '../../../src/sensor/frame-loop.ts'
import { client, ethernet, frame, udp } from '../../support/packet.ts'
import { PipelineRun } from './running.ts'

/** Hands out frames of 1, 2, 3, ... payload bytes, in batches. */
function readerOf(...batches: readonly number[]): FrameReader {
  const statuses = batches.flatMap((frames, i) => [
    ...Array<ReadStatus>(frames).fill(ReadStatus.frame),
    i === batches.length - 1 ? ReadStatus.end : ReadStatus.more,
  ])
  let size = 0
  return {
    name: 'test',
    consumedBytes: 0,
    totalBytes: 0,
    problems: [],
    next(target: Frame) {
      const status = statuses.shift() ?? ReadStatus.end
      if (status === ReadStatus.frame) {
        const { data, wide, start, end, wireLength, link } = frame(ethernet(udp(client, ++size)))
        Object.assign(target, { data, wide, start, end, wireLength, link })
      }
      return status
    },
    fill: () => undefined,
    close: () => {},
  }
}

describe('runBuffered', () => {
  it('takes all frames up to where the reader wants more, then on to its end', () => {
    const run = new PipelineRun()
    const tally: FrameTally = { frames: 0, bytes: 0 }
    const reader = readerOf(2, 0, 1)
    const states = [1, 2, 3].map(() => runBuffered(reader, new Frame(), run.pipeline, undefined, tally))
    expect(states).toEqual([true, true, false])
    expect(tally).toEqual({ frames: 3, bytes: 3 * 42 + 6 })
    expect(run.drain().reports.ends[0]?.flow).toMatchObject({ elements: 3, toServer: { payload: 6 } })
  })

  it('counts and hands on only what the filter accepts', () => {
    const run = new PipelineRun()
    const tally: FrameTally = { frames: 10, bytes: 100 }
    const filter = { matches: ({ wireLength }: Frame) => wireLength !== 44 }
    runBuffered(readerOf(3), new Frame(), run.pipeline, filter, tally)
    expect(tally).toEqual({ frames: 12, bytes: 100 + 43 + 45 })
    expect(run.drain().reports.ends[0]?.flow.toServer).toMatchObject({ packets: 2, payload: 4 })
  })
})
