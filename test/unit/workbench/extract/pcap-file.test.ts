import { describe, expect, it } from 'vitest'
import { openCapture } from '../../../../src/capture/open-capture.ts'
import { Frame, ReadStatus } from '../../../../src/model/frame.ts'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { encodePcap, writeOutput } from '../../../../src/workbench/extract/pcap-file.ts'
import { Scratch } from '../../../support/scratch.ts'

const frames = [
  { data: Uint8Array.of(1, 2, 3), wireLength: 9, link: 101, time: 1_700_000_000_123_456, ordinal: 0 },
  { data: new Uint8Array(0), wireLength: 0, link: 101, time: 1_700_000_001_000_000, ordinal: 1 },
]

describe('encodePcap', () => {
  it('is read back as it was', async () => {
    const scratch = new Scratch()
    const path = scratch.path('x.pcap')
    writeOutput(path, encodePcap(frames))
    const reader = await openCapture(path, 0)
    const frame = new Frame()
    const read: object[] = []
    for (let status = reader.next(frame); status !== ReadStatus.end; status = reader.next(frame))
      if (status === ReadStatus.more) await reader.fill()
      else
        read.push({
          data: frame.data.slice(frame.start, frame.end),
          wireLength: frame.wireLength,
          link: frame.link,
          time: frame.time[0],
          ordinal: read.length,
        })
    scratch.remove()
    expect(reader.problems).toEqual([])
    expect(read).toEqual(frames)
  })

  it('refuses frames of several link types', () => {
    expect(() => encodePcap([...frames, { ...frames[1], link: 1 } as (typeof frames)[0]])).toThrow(
      OperatorError,
    )
  })
})

describe('writeOutput', () => {
  it('says what could not be written', () => {
    expect(() => writeOutput('/no/such/folder/x', '')).toThrow(/cannot write/)
  })
})
