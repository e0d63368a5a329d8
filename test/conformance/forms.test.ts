// One capture in many forms (byte order, file format, tags, link types, fragments, cut frames) gives the same
// events. What belongs to the form is compared by what the form adds: tags, and the bytes of whole frames.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTIVITY, capturesOf, missesCorpus } from '../support/corpus.ts'
import { type EveEvent, eventsOf, secondsOf } from '../support/gait.ts'

const absent = missesCorpus('one capture in many forms')

/** By prefix: bytes that the form adds to a frame, and the tags it puts on. */
const FORMS = [
  ['be', 0, undefined],
  ['ng', 0, undefined],
  ['snap', 0, undefined],
  ['vlan', 4, [210]],
  ['qinq', 8, [30, 77]],
  ['sll', 2, undefined],
  ['rawip', -14, undefined],
] as const

const all = capturesOf(ACTIVITY)
const pathOf = new Map(all.map((path) => [basename(path).replace(/\.pcap(ng)?$/, ''), path]))
const bases = [...pathOf.keys()].filter((name) => pathOf.has(`be-${name}`))
const fragmented = bases.filter((base) => pathOf.has(`frag-${base}`))
/** Every fragment but the last stands in a frame of its own: Ethernet and IPv4 headers. */
const FRAGMENT_HEADERS = 34
const SHIFT_S = 0.001

/** Beside the shipped signatures: hits in every flow, so that many alerts are compared. */
const EVERYWHERE = 'tcp * = c* s* : An answer\ntcp * = + c* : The client after a pause\n'

const folder = mkdtempSync(join(tmpdir(), 'gait-forms-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(absent)('a capture in another form', () => {
  const events = new Map<string, readonly EveEvent[]>()
  let fragments = 0

  beforeAll(() => {
    const signatures = join(folder, 'everywhere.sig')
    writeFileSync(signatures, EVERYWHERE)
    const run = (names: readonly string[]) => {
      const paths = names.map((name) => pathOf.get(name) ?? '')
      const found = eventsOf(paths, '--add-signatures', signatures)
      for (const [i, name] of names.entries()) events.set(name, eventsIn(found, paths[i] ?? ''))
      return found.at(-1)
    }
    run([...bases, ...FORMS.flatMap(([form]) => bases.map((base) => `${form}-${base}`))])
    fragments = counter(run(fragmented.map((base) => `frag-${base}`)), 'decode.waiting_fragments')
  }, 60_000)

  it('is found', () => {
    expect(bases.length).toBeGreaterThanOrEqual(6)
    expect(fragmented.length).toBeGreaterThanOrEqual(5)
    for (const base of bases) expect(events.get(base)?.length).toBeGreaterThan(1)
  })

  it.each(FORMS)('gives the same events: %s', (form, extraBytes, vlan) => {
    for (const base of bases) {
      // A short snap length cuts the handshake's lists off, and with them all that is read of SSH.
      const some = (name: string) => {
        const found = events.get(name) ?? []
        return form === 'snap' ? found.filter(isOfPackets).map(withoutSsh) : found
      }
      const plain = some(base)
      const formed = some(`${form}-${base}`)
      expect(formed.map(withoutForm), base).toEqual(plain.map(withoutForm))
      expect(
        formed.map((event) => event.vlan),
        base,
      ).toEqual(plain.map(() => vlan))
      expect(
        formed.map((event) => frameBytes(event)),
        base,
      ).toEqual(plain.map((event) => frameBytes(event, extraBytes)))
    }
  })

  it('gives the same events: frag', () => {
    for (const base of fragmented) {
      const plain = events.get(base) ?? []
      const formed = events.get(`frag-${base}`) ?? []
      expect(formed.map(withoutTime), base).toEqual(plain.map(withoutTime))
      for (const [i, event] of formed.entries())
        expect(Math.abs(secondsOf(event.timestamp) - secondsOf(plain[i]?.timestamp ?? ''))).toBeLessThan(
          SHIFT_S,
        )
    }
  })

  it('counts the frames of all fragments', () => {
    const plain = fragmented.flatMap((base) => events.get(base) ?? [])
    const formed = fragmented.flatMap((base) => events.get(`frag-${base}`) ?? [])
    expect(fragments).toBeGreaterThan(100)
    expect(totalBytes(formed)).toBe(totalBytes(plain) + fragments * FRAGMENT_HEADERS)
  })
})

/** The events of one capture, its flows numbered from 1. */
function eventsIn(events: readonly EveEvent[], capture: string): readonly EveEvent[] {
  const some = events.filter((event) => event.pcap_filename === capture)
  const first = Math.min(...some.map(({ flow_id }) => flow_id ?? 0))
  return some.map((event) => ({ ...event, flow_id: (event.flow_id ?? 0) - first + 1 }))
}

/** An event without what belongs to the file and its link layer. */
function withoutForm({ pcap_filename, vlan, ...event }: EveEvent): object {
  if (event.flow === undefined) return event
  const { bytes_toserver, bytes_toclient, ...flow } = event.flow
  return { ...event, flow }
}

/** Sids from here on are those of EVERYWHERE. */
const DERIVED_SIDS = 1_000_000_000

/** An event that needs no byte of the payload. */
function isOfPackets({ event_type, alert }: EveEvent): boolean {
  return event_type !== 'ssh' && (alert === undefined || alert.signature_id >= DERIVED_SIDS)
}

function withoutSsh(event: EveEvent): EveEvent {
  const { messages, keystrokes, unsure, ...gait } = event.gait
  const flow = event.flow && { flow: { ...event.flow, alerted: true } }
  return { ...event, gait: { ...gait, classes: {} }, ...flow }
}

/** The fragments of a frame were written 20 µs apart. */
function withoutTime(event: EveEvent): object {
  const { timestamp, gait, flow, ...rest } = withoutForm(event) as EveEvent
  const { start, end, age, ...volumes } = { start: '', end: '', age: 0, ...flow }
  const { think_ms, wait_ms, latency_ms, why, ...untimed } = gait
  return { ...rest, ...volumes, gait: { ...untimed, span_ms: 0, why: why?.map(({ message }) => message) } }
}

/** Whole-frame bytes of a flow event, as if every packet had `extraBytes` more. */
function frameBytes({ flow }: EveEvent, extraBytes = 0): readonly number[] {
  if (flow === undefined) return []
  return [
    flow.bytes_toserver + flow.pkts_toserver * extraBytes,
    flow.bytes_toclient + flow.pkts_toclient * extraBytes,
  ]
}

function totalBytes(events: readonly EveEvent[]): number {
  return events.flatMap((event) => frameBytes(event)).reduce((sum, bytes) => sum + bytes, 0)
}

function counter(stats: EveEvent | undefined, name: string): number {
  return stats?.gait.counters?.[name] ?? 0
}
