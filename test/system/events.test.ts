// What the program writes is what docs/events.schema.json allows and docs/events.md describes.

import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { APP_PROTOCOLS } from '../../src/exchange/app-protocol.ts'
import { ACTIVITY, capturesOf, missesCorpus, SSH_AUTH } from '../support/corpus.ts'
import { type EveEvent, eventsOf, GOLDEN_CAPTURES } from '../support/gait.ts'

const DOCS = join(import.meta.dirname, '../../docs')
const schema = JSON.parse(readFileSync(join(DOCS, 'events.schema.json'), 'utf8'))
const manual = readFileSync(join(DOCS, 'events.md'), 'utf8')

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false })
formats.default(ajv)
const validate = ajv.compile(schema)

/** What the schema says against an event; nothing when it is allowed. */
function objections(event: unknown): string {
  return validate(event) ? '' : `${ajv.errorsText(validate.errors)}: ${JSON.stringify(event)}`
}

/** Names of all fields that hold values, as the manual has them: `gait.complete.start` as `complete.start`. */
function fieldsOf(event: object): readonly string[] {
  return Object.entries(event).flatMap(([name, field]) => (PARTS.includes(name) ? leavesOf(field) : [name]))
}

function leavesOf(part: object, prefix = ''): readonly string[] {
  return Object.entries(part).flatMap(([name, field]) => {
    const isNested = typeof field === 'object' && !Array.isArray(field) && !DATA.includes(name)
    return isNested ? leavesOf(field, `${prefix}${name}.`) : [`${prefix}${name}`]
  })
}

/** Objects that have a table of their own in the manual. */
const PARTS = ['alert', 'flow', 'tcp', 'ssh', 'gait', 'stats', 'engine']
/** Objects whose keys are data. */
const DATA = ['classes', 'counters']

const examples = [...manual.matchAll(/^```json\n(.*?)^```$/gms)].map((block) => JSON.parse(block[1] ?? ''))
const tiny = eventsOf(GOLDEN_CAPTURES)

describe('docs/events.md', () => {
  it('has an example of each event that the schema allows', () => {
    expect(examples.map(({ event_type }) => event_type)).toEqual(['alert', 'flow', 'ssh', 'stats', 'engine'])
    expect(schema.oneOf).toHaveLength(examples.length)
    for (const example of examples) expect(objections(example)).toBe('')
  })

  it('has every field of the examples, and the examples have every field of the events', () => {
    const shown = new Set(examples.flatMap((event) => fieldsOf(event)))
    const written = new Set(tiny.flatMap((event) => fieldsOf(event)))
    const onlySometimes = [
      'in_iface',
      'withheld',
      'vlan',
      'icmp_type',
      'icmp_code',
      'rst',
      'urg',
      'ece',
      'cwr',
    ]
    const known = new Set([...shown, ...onlySometimes])
    expect([...written].filter((field) => !known.has(field))).toEqual([])
    expect([...known].filter((field) => !manual.includes(`\`${field}\``))).toEqual([])
  })

  it('has every counter', () => {
    const counters = tiny.flatMap((event) => Object.keys(event.gait.counters ?? {}))
    expect(counters.length).toBeGreaterThan(10)
    expect(counters.filter((counter) => !manual.includes(`\n| \`${counter}\``))).toEqual([])
  })

  it('has every application protocol, and so has the schema', () => {
    const names = APP_PROTOCOLS.filter((name) => name !== '')
    expect([...schema.$defs.ofFlow.properties.app_proto.enum].sort()).toEqual([...names].sort())
    expect(names.filter((name) => !manual.includes(`\`${name}\``))).toEqual([])
  })
})

describe('docs/events.schema.json', () => {
  const [alert, flow, , stats, engine] = examples

  it.each([
    ['a field that is not ours', { ...alert, extra: 1 }],
    ['an object that belongs to another event', { ...alert, flow: flow.flow }],
    ['a nested field that is not ours', { ...flow, gait: { ...flow.gait, extra: 1 } }],
    ['a missing field', { ...flow, community_id: undefined }],
    ['TCP without its object', { ...flow, tcp: undefined }],
    ['UDP with the object of TCP', { ...flow, proto: 'UDP' }],
    ['ICMP with ports', { ...alert, proto: 'ICMP', icmp_type: 8, icmp_code: 0 }],
    ['a time without microseconds', { ...stats, timestamp: '2026-11-21T03:20:17+0000' }],
    ['a flow of two places', { ...flow, in_iface: 'eth0' }],
    ['a reload without hashes', { ...engine, gait: { reload: { added: [], removed: [], changed: [] } } }],
    ['an address that is none', { ...alert, src_ip: '10.40.109.500' }],
    ['a sequence that no signature could hold', { ...flow, gait: { ...flow.gait, sequence: 's21, c27' } }],
    ['another event', { ...alert, event_type: 'ssh' }],
  ])('refuses %s', (_what, event) => {
    expect(validate(JSON.parse(JSON.stringify(event)))).toBe(false)
  })

  it.each(['', '<', '< >', '>', '…', '< s21 c27 >', '+ c1 s1 …', 'c!368 s40', '< s21 + c1 c!1 c2'])(
    'allows the sequence `%s`',
    (sequence) => {
      expect(objections({ ...flow, gait: { ...flow.gait, sequence } })).toBe('')
    },
  )

  it.each(['s21  c27', 's21 c27 ', ' s21', '<s21', 's21>', '+ >'])(
    'refuses the sequence `%s`',
    (sequence) => {
      expect(validate({ ...flow, gait: { ...flow.gait, sequence } })).toBe(false)
    },
  )

  it.each([
    ['an interface in place of a capture', { ...flow, pcap_filename: undefined, in_iface: 'eth0' }],
    ['drops that nobody knows', { ...stats, stats: { ...stats.stats, capture: { kernel_packets: 1 } } }],
    ['what the rate limit withheld', { ...alert, gait: { ...alert.gait, withheld: 7 } }],
    ['an engine that reloaded nothing', { ...engine, gait: {} }],
  ])('allows %s', (_what, event) => {
    expect(objections(JSON.parse(JSON.stringify(event)))).toBe('')
  })

  it('allows every event of the captures beside these tests', () => {
    expect(new Set(tiny.map(({ event_type }) => event_type))).toEqual(new Set(['alert', 'flow', 'stats']))
    expect(tiny.map(objections).filter((text) => text !== '')).toEqual([])
  })
})

describe.skipIf(missesCorpus('events of real captures against their schema'))(
  'events of real captures',
  () => {
    const kinds =
      /^(dns|ping|v6|vlan|qinq|rawip|lost|cut|scan-(09|13|15)|mix-1|mosh|redis|mysql|xmpp|ftp|imap|pop3|telnet|https-0[13]|dev-0[0-4]|dvt)/
    const captures = [...capturesOf(ACTIVITY), ...capturesOf(SSH_AUTH)].filter((path) =>
      kinds.test(basename(path)),
    )
    const events: readonly EveEvent[] = captures.length === 0 ? [] : eventsOf(captures)

    it('are allowed', () => {
      expect(events.length).toBeGreaterThan(1000)
      expect(events.map(objections).filter((text) => text !== '')).toEqual([])
    })

    it('are of every protocol', () => {
      expect(new Set(events.flatMap(({ proto }) => proto ?? []))).toEqual(
        new Set(['TCP', 'UDP', 'ICMP', 'IPv6-ICMP']),
      )
    })

    it('add up: alerts of a flow are its classes, and its span is its age', () => {
      for (const flow of events.filter(({ event_type }) => event_type === 'flow')) {
        // What was counted over flows is no hit of this one.
        const alerts = events.filter(
          ({ event_type, flow_id, gait }) =>
            event_type === 'alert' && flow_id === flow.flow_id && gait.campaign === undefined,
        )
        expect(flow.flow?.alerted).toBe(alerts.length > 0)
        const classes: Record<string, number> = {}
        for (const { gait } of alerts) if (gait.class) classes[gait.class] = (classes[gait.class] ?? 0) + 1
        expect(flow.gait.classes).toEqual(classes)
      }
    })
  },
)
