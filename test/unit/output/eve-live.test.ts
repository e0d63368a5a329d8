// What EveReport hands to outputs besides the line, and what only the live sensor has in its events.

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import type { OutgoingEvent } from '../../../src/model/event.ts'
import type { Losses } from '../../../src/model/report.ts'
import { EveReport } from '../../../src/output/eve-report.ts'
import { details, flow, flowEnd, hit, START, signature, totals } from './reports.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false })
formats.default(ajv)
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../../../docs/events.schema.json', import.meta.url), 'utf8')),
)

/** Events of a live report, each of which the schema allows. */
function outgoing(write: (report: EveReport) => void): readonly OutgoingEvent[] {
  const events: OutgoingEvent[] = []
  write(new EveReport({ event: (event) => events.push(event) }, ['eth0', 'eth1'], 'in_iface'))
  for (const { line } of events) {
    expect(validate(JSON.parse(line)), `${ajv.errorsText(validate.errors)}: ${line}`).toBe(true)
  }
  return events
}

const handshake = {
  client: { protocolVersion: '2.0', softwareVersion: 'x', kexInit: undefined },
  server: { protocolVersion: '2.0', softwareVersion: 'y', kexInit: undefined },
  isReversed: false,
  algorithms: undefined,
  isStrict: false,
}

describe('an event on its way out', () => {
  it('of an alert has what outputs choose, limit and suppress by', () => {
    const [event] = outgoing((report) => report.hit(hit({ signature: signature({ severity: 1 }) })))
    expect(event).toMatchObject({
      type: 'alert',
      time: hit().time,
      class: 'ssh.auth.failure',
      severity: 1,
      sid: 1000003,
      client: '10.0.0.1',
      server: '10.0.0.2',
    })
  })

  it('comes once for each class, with that class', () => {
    const also = signature({ details: details({ also: ['actor.human'] }) })
    const events = outgoing((report) => report.hit(hit({ signature: also, count: 1 })))
    expect(events.map((event) => event.class)).toEqual(['ssh.auth.failure', 'actor.human'])
  })

  it('of a flow or a handshake has the ends, and nothing of an alert', () => {
    const events = outgoing((report) => {
      report.flowEnd(flowEnd())
      report.ssh({ time: START, flow: flow(), handshake })
    })
    expect(events.map(({ type, time }) => [type, time])).toEqual([
      ['flow', flowEnd().time],
      ['ssh', START],
    ])
    for (const event of events)
      expect(event).toMatchObject({
        client: '10.0.0.1',
        server: '10.0.0.2',
        sid: undefined,
        class: undefined,
        severity: undefined,
      })
  })
})

describe('a live report', () => {
  it('names the interface in place of the capture', () => {
    const [event] = outgoing((report) => report.hit(hit({ flow: flow({ source: 1 }) })))
    const fields = JSON.parse(event?.line ?? '')
    expect(fields.in_iface).toBe('eth1')
    expect(fields).not.toHaveProperty('pcap_filename')
  })

  it.each([
    ['both', { received: 1000, dropped: 7 }, { kernel_packets: 1000, kernel_drops: 7 }],
    ['no drops', { received: 1000, dropped: undefined }, { kernel_packets: 1000 }],
    ['nothing', { received: undefined, dropped: undefined }, { kernel_packets: 262 }],
  ])('of a kernel that tells %s claims no more', (_what, capture, expected) => {
    const [event] = outgoing((report) => report.totals(totals({ capture })))
    expect(event).toMatchObject({ type: 'stats', time: START, client: undefined })
    expect(JSON.parse(event?.line ?? '').stats.capture).toEqual(expected)
  })

  it('tells of a reload', () => {
    const reload = { oldHash: 'aa', newHash: 'bb', added: [1, 2], removed: [], changed: [3] }
    const [event] = outgoing((report) =>
      report.engine({ time: START, message: 'signatures reloaded', reload }),
    )
    expect(event).toMatchObject({ type: 'engine', time: START, sid: undefined, server: undefined })
    expect(JSON.parse(event?.line ?? '')).toEqual({
      timestamp: '2026-11-21T03:00:00.000000+0000',
      event_type: 'engine',
      engine: { message: 'signatures reloaded' },
      gait: { reload: { old_hash: 'aa', new_hash: 'bb', added: [1, 2], removed: [], changed: [3] } },
    })
  })

  it('tells of itself without a reload, too', () => {
    const [event] = outgoing((report) => report.engine({ time: START, message: 'x', reload: undefined }))
    expect(JSON.parse(event?.line ?? '').gait).toEqual({})
  })
})

describe('stats of a live capture', () => {
  const gaitOf = (losses: Losses) => {
    const [event] = outgoing((report) => report.totals(totals({ losses })))
    return JSON.parse(event?.line ?? '{}').gait.loss_percent
  }

  it('have what was lost, rounded; what nothing counts is absent', () => {
    expect(gaitOf({ kernel: 1.23456, streams: 0 })).toEqual({ kernel: 1.23, streams: 0 })
    expect(gaitOf({ kernel: undefined, streams: undefined })).toEqual({})
  })
})
