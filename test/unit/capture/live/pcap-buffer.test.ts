import { expect, it } from 'vitest'
import { PcapBuffer } from '../../../../src/capture/live/pcap-buffer.ts'
import { LinkType } from '../../../../src/model/frame.ts'
import { readBytes } from '../reading.ts'

/** A buffer and what it wrote. */
function recorded(snaplen = 100) {
  const writes: Uint8Array[] = []
  const buffer = new PcapBuffer(LinkType.ethernet, snaplen, (bytes) => writes.push(Uint8Array.from(bytes)))
  return { buffer, writes, read: () => readBytes(Uint8Array.from(writes.flatMap((bytes) => [...bytes]))) }
}

const packet = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])
const NOON = 1_700_000_000_123_456

it('writes what the pcap reader reads', async () => {
  const { buffer, read } = recorded()
  buffer.add(packet, 3, NOON)
  buffer.add(packet, 8, NOON + 1)
  buffer.flush()
  const { frames, problems } = await read()
  expect(problems).toEqual([])
  expect(frames).toEqual([
    { data: [1, 2, 3], tsMicros: NOON, wireLength: 3, link: LinkType.ethernet, source: 7 },
    { data: [...packet], tsMicros: NOON + 1, wireLength: 8, link: LinkType.ethernet, source: 7 },
  ])
})

it('cuts packets at the snapshot length', async () => {
  const { buffer, read } = recorded(5)
  buffer.add(packet, 8, NOON)
  buffer.flush()
  const { frames } = await read()
  expect(frames).toMatchObject([{ data: [1, 2, 3, 4, 5], wireLength: 8 }])
})

it('collects records until one has waited', () => {
  const { buffer, writes } = recorded()
  buffer.flush()
  buffer.add(packet, 8, NOON)
  buffer.add(packet, 8, NOON + 19_999)
  expect(writes).toHaveLength(1)
  buffer.add(packet, 8, NOON + 20_000)
  expect(writes).toHaveLength(2)
  expect(buffer.isEmpty).toBe(true)
})

it('collects no more than a quarter of a megabyte', () => {
  const { buffer, writes } = recorded(65_535)
  const large = Buffer.alloc(65_535)
  for (let i = 0; i < 4; i++) buffer.add(large, large.length, NOON)
  expect(writes).toHaveLength(1)
})

it('writes nothing twice', () => {
  const { buffer, writes } = recorded()
  buffer.flush()
  buffer.flush()
  expect(writes).toHaveLength(1)
})
