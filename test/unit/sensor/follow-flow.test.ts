import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { FlowFacts, ReportSink } from '../../../src/model/report.ts'
import { followFlow } from '../../../src/sensor/follow-flow.ts'
import { client, ends, ethernet, fragments, type Layer, tcp, udp } from '../../support/packet.ts'
import { writePcap } from '../../support/pcap-writer.ts'
import { Scratch } from '../../support/scratch.ts'

const scratch = new Scratch()
afterAll(() => scratch.remove())

const silent: ReportSink = { hit() {}, ssh() {}, flowEnd() {}, totals() {} }
const [other] = ends('10.0.0.9:50000', '10.0.0.2:22')
const isFirst = ({ id }: FlowFacts) => id === 1

function follow(packets: readonly Layer[], isWanted = isFirst, mostBytes = 1 << 20) {
  const capture = scratch.path('x.pcap')
  const wrapped = packets.map((packet) => (packet.kind === 'ethernet' ? packet : ethernet(packet)))
  writeFileSync(capture, writePcap(wrapped.map(({ bytes }, i) => ({ data: bytes, tsMicros: i * 1000 }))))
  const program = { hash: '', signatures: [], sequences: [], campaigns: [] }
  const options = { capture, program, thresholdMs: 500, recordedElements: 9, maxFlows: 64, mostBytes }
  return followFlow(options, isWanted, silent)
}

const ordinals = async (packets: readonly Layer[], isWanted = isFirst) =>
  (await follow(packets, isWanted)).packets.map((packet) => packet.map(({ ordinal }) => ordinal))

describe('followFlow', () => {
  it("takes the flow's packets of both sides, empty ones too, and no other's", async () => {
    const packets = [
      tcp(client, { flags: 'S', seq: 1 }),
      tcp(other, { flags: 'S', seq: 1 }),
      tcp(client.peer, { flags: 'SA', seq: 1, ack: 2 }),
      tcp(other, { seq: 2, ack: 2 }, 'x'),
      tcp(client, { seq: 2, ack: 2 }, 'x'),
    ]
    expect(await ordinals(packets)).toEqual([[0], [2], [4]])
    expect(await ordinals(packets, ({ id }) => id === 2)).toEqual([[1], [3]])
  })

  it('takes fragments with the datagram that they make up', async () => {
    const [one, two] = fragments(udp(client, 40), 24)
    const [lost] = fragments(udp(client, 40), 24, 8)
    if (!one || !two || !lost) throw new Error('no fragments')
    const packets = [one, lost, udp(other, 1), two, udp(client, 1)]
    expect(await ordinals(packets, ({ id }) => id === 2)).toEqual([[0, 3], [4]])
  })

  it('ends where a new connection begins on the same ends', async () => {
    const packets = [
      tcp(client, { flags: 'S', seq: 1 }),
      tcp(client.peer, { flags: 'RA', seq: 1, ack: 2 }),
      tcp(client, { flags: 'S', seq: 900_000 }),
      tcp(client, { seq: 900_001, ack: 5 }, 'x'),
    ]
    expect(await ordinals(packets)).toEqual([[0], [1]])
    const { flows } = await follow(packets, () => true)
    expect(flows.map(({ id }) => id)).toEqual([1, 2])
  })

  it('refuses to hold more than it may', async () => {
    await expect(follow([udp(client, 900)], isFirst, 500)).rejects.toThrow(/more than 500 bytes/)
  })
})
