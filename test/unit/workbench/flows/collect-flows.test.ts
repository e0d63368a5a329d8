import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countHits } from '../../../../src/cli/count-hits.ts'
import { compileProgram } from '../../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { ExchangeRun } from '../../../../src/workbench/exchange-run.ts'
import { collectFlows } from '../../../../src/workbench/flows/collect-flows.ts'
import { parseFlowEnds } from '../../../../src/workbench/flows/flow-ends.ts'
import { ends, ethernet, ip, type Layer, udp } from '../../../support/packet.ts'
import { writePcap } from '../../../support/pcap-writer.ts'
import { Workspace } from '../../../support/workspace.ts'
import { THRESHOLD } from '../exchanges.ts'

const workspace = new Workspace()
afterAll(() => workspace.remove())

const DNS = 'test/golden/dns-lookups/input.pcap'
const { program } = compileProgram(loadSignatures(['signatures']))

describe('collectFlows', () => {
  it('takes all flows of a capture', async () => {
    const { flows, problems, isCut } = await collectFlows(DNS, undefined)
    expect(flows.length).toBeGreaterThan(10)
    expect({ problems, isCut }).toEqual({ problems: [], isCut: false })
    expect(flows.map(({ id }) => id)).toEqual(flows.map((_, i) => i + 1))
    expect(flows[0]).toMatchObject({ protocol: 'udp', server: { port: 53 } })
    expect(flows[0]?.packets.events).toHaveLength(2)
  })

  it('takes one, by its number or its ends, and by its ends the same', async () => {
    const all = await collectFlows(DNS, undefined)
    const third = all.flows[2]!
    expect((await collectFlows(DNS, 3)).flows).toEqual([third])
    const { client, server } = third
    const text = `${server.address}:${server.port}>${client.address}:${client.port}`
    const [found, ...others] = (await collectFlows(DNS, parseFlowEnds(text))).flows
    expect(others).toEqual([])
    expect(found?.packets).toEqual(third.packets)
  })

  it('lets flows time out when others go on, also where only one is wanted', async () => {
    const [one, other] = ends('10.0.0.1:5000', '10.0.0.2:53')
    const [noise] = ends('10.0.0.3:5000', '10.0.0.4:53')
    const record = (seconds: number, content: Layer) => ({
      data: ethernet(content).bytes,
      tsMicros: seconds * 1e6,
    })
    const later = Array.from({ length: 50 }, (_, i) => record(10 + i * 5, ip(noise, udp(noise, 'x'))))
    const packets = [record(1, ip(one, udp(one, 'a'))), record(2, ip(other, udp(other, 'bc'))), ...later]
    const path = join(workspace.folder, 'noise.pcap')
    writeFileSync(path, writePcap(packets))
    const [chosen] = (await collectFlows(path, parseFlowEnds('10.0.0.1:5000>10.0.0.2:53'))).flows
    const [whole] = (await collectFlows(path, undefined)).flows
    expect(whole?.packets.endTime).toBeDefined()
    expect(chosen?.packets).toEqual(whole?.packets)
  })

  it('refuses what is no file', async () => {
    await expect(collectFlows('gone.pcap', undefined)).rejects.toThrow('gone.pcap')
  })

  it.each([
    'telnet-by-hand',
    'smtp-by-hand',
    'ssh-shell',
    'reverse-shell',
    'tls-reverse-shell',
    'ssh-in-stunnel',
  ])('takes what gives the hits of a replay, of %s', async (name) => {
    const path = `signatures/captures/${name}.pcap`
    const { flows } = await collectFlows(path, undefined)
    const run = new ExchangeRun(program, THRESHOLD)
    const counts = new Map<number, number>()
    for (const { packets, messages } of flows)
      for (const exchange of messages === undefined ? [packets] : [packets, messages])
        for (const { signature } of run.run(exchange))
          counts.set(signature.sid, (counts.get(signature.sid) ?? 0) + 1)
    const isFlow = (sid: number) => !program.campaigns.some((campaign) => campaign.sid === sid)
    const expected = [...(await countHits(path, program, 500))].filter(([sid]) => isFlow(sid))
    expect(counts).toEqual(new Map(expected))
  })
})
