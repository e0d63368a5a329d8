import { describe, expect, it } from 'vitest'
import type { ReportSink } from '../../../src/model/report.ts'
import { HostNames, NamingReport } from '../../../src/output/host-names.ts'
import { flow, flowEnd, hit, totals } from './reports.ts'

/** Names that are known, and the addresses that were asked for. */
function lookup(known: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = []
  const reverse = async (address: string) => {
    asked.push(address)
    const names = known[address]
    if (names === undefined) throw new Error('ENOTFOUND')
    return names
  }
  return { asked, names: new HostNames(reverse) }
}

describe('host names', () => {
  it('are the first that is found, and the address where there is none', async () => {
    const { names } = lookup({ '10.0.0.1': ['one.example', 'other.example'], '10.0.0.2': [] })
    await names.find(new Set(['10.0.0.1', '10.0.0.2', '10.0.0.3']))
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((address) => names.nameOf(address))).toEqual([
      'one.example',
      '10.0.0.2',
      '10.0.0.3',
    ])
  })

  it('are the addresses before anything was looked up', () => {
    expect(lookup({}).names.nameOf('10.0.0.1')).toBe('10.0.0.1')
  })

  it('are asked for once, found or not', async () => {
    const { names, asked } = lookup({ '10.0.0.1': ['one.example'] })
    await names.find(new Set(['10.0.0.1', '10.0.0.2']))
    await names.find(new Set(['10.0.0.1', '10.0.0.2', '10.0.0.3']))
    expect(asked).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3'])
  })

  it('are asked for at the same time', async () => {
    let waiting = 0
    let most = 0
    const names = new HostNames(async () => {
      most = Math.max(most, ++waiting)
      await new Promise((resolve) => setTimeout(resolve, 5))
      waiting--
      return ['x']
    })
    await names.find(new Set(['10.0.0.1', '10.0.0.2', '10.0.0.3']))
    expect(most).toBe(3)
  })

  it('come from DNS unless told, and no answer is no failure', async () => {
    const names = new HostNames()
    // Reserved for documentation (RFC 5737): it has no name, whoever is asked.
    await names.find(new Set(['192.0.2.1']))
    expect(names.nameOf('192.0.2.1')).toBe('192.0.2.1')
  })
})

describe('a naming report', () => {
  function recording() {
    const told: string[] = []
    const { asked, names } = lookup({ '10.0.0.1': ['one.example'] })
    const sink: ReportSink = {
      hit: ({ flow: { client }, count }) => void told.push(`hit ${count} ${names.nameOf(client.address)}`),
      flowEnd: ({ flow: { client } }) => void told.push(`end ${names.nameOf(client.address)}`),
      ssh: ({ flow: { client } }) => void told.push(`ssh ${names.nameOf(client.address)}`),
      totals: () => void told.push('totals'),
    }
    return { told, asked, report: new NamingReport(names, sink) }
  }

  it('holds reports back until their hosts’ names are known, and keeps their order', async () => {
    const { told, asked, report } = recording()
    report.hit(hit({ count: 1 }))
    report.flowEnd(flowEnd({ flow: flow({ client: { address: '10.0.0.9', port: 1 } }) }))
    report.hit(hit({ count: 2 }))
    report.totals(totals())
    expect(told).toEqual([])
    await report.settle()
    expect(told).toEqual(['hit 1 one.example', 'end 10.0.0.9', 'hit 2 one.example', 'totals'])
    expect(asked).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.9'])
  })

  it('tells nothing twice', async () => {
    const { told, report } = recording()
    report.hit(hit())
    await report.settle()
    await report.settle()
    expect(told).toHaveLength(1)
  })
})
