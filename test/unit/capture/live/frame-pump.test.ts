import { expect, it } from 'vitest'
import { pumpFrames } from '../../../../src/capture/live/frame-pump.ts'
import { Frame } from '../../../../src/model/frame.ts'
import { writePcap } from '../../../support/pcap-writer.ts'
import { bytesFrom, openBytes } from '../reading.ts'

const packets = Array.from({ length: 300 }, (_, i) => ({ data: bytesFrom(i, 60), tsMicros: i }))

it('hands on every frame in order, also when they come late', async () => {
  for (const late of [false, true]) {
    const stamps: (number | undefined)[] = []
    const reader = await openBytes(writePcap(packets), { late, pieceBytes: 50 })
    await pumpFrames(reader, new Frame(), { frame: ({ time }) => stamps.push(time[0]) })
    expect(stamps).toEqual(packets.map(({ tsMicros }) => tsMicros))
  }
})

it('ends with the capture, however it ends', async () => {
  let frames = 0
  const reader = await openBytes(writePcap(packets).subarray(0, -1))
  await pumpFrames(reader, new Frame(), { frame: () => frames++ })
  expect(frames).toBe(299)
})

it('lets timers run while frames keep coming', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const reader = await openBytes(writePcap(packets), { pieceBytes: 100 })
  const slow = (): void => {
    for (const until = performance.now() + 1; performance.now() < until; );
  }
  await pumpFrames(reader, new Frame(), { frame: slow })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(5)
})
