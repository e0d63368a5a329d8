// Field by field; test/system/events.test.ts holds all events against their schema.

import { describe, expect, it } from 'vitest'
import { EveReport } from '../../../src/output/eve-report.ts'
import { createLineEvents } from '../../../src/output/line-events.ts'
import { type EveLine as Event, eventOf } from './eve-lines.ts'
import { details, flow, flowEnd, hit, linesOf, packed, START, signature, totals } from './reports.ts'

describe('an alert', () => {
  it('has the flow, the signature and what matched', () => {
    expect(eventOf((report) => report.hit(hit()))).toEqual({
      timestamp: '2026-11-21T03:00:09.012345+0000',
      flow_id: 7,
      pcap_filename: 'a.pcap',
      event_type: 'alert',
      src_ip: '10.0.0.1',
      src_port: 40000,
      dest_ip: '10.0.0.2',
      dest_port: 22,
      proto: 'TCP',
      app_proto: 'ssh',
      community_id: expect.stringMatching(/^1:.{28}$/),
      alert: {
        action: 'allowed',
        gid: 1,
        signature_id: 1000003,
        rev: 2,
        signature: 'SSH1 - invalid password attempt',
        category: 'ssh.auth.failure',
        severity: 2,
      },
      gait: {
        class: 'ssh.auth.failure',
        hit: 2,
        matched: 'c12 + s52',
        first_packet: 17,
        last_packet: 18,
        packets: 18,
        bytes: 820,
        span_ms: 9012,
      },
    })
  })

  it('of a signature without a class has an empty category', () => {
    const event = eventOf((report) => report.hit(hit({ signature: signature({ class: undefined }) })))
    expect(event.alert.category).toBe('')
    expect(event.gait).not.toHaveProperty('class')
  })

  it('spans the flow, not the time until somebody noticed', () => {
    expect(eventOf((report) => report.hit(hit({ time: flow().last + 3600e6 }))).gait.span_ms).toBe(9012)
  })

  it('has VLANs where there are any, and the capture that the flow came from', () => {
    const event = eventOf((report) => report.hit(hit({ flow: flow({ vlan: [30, 77], source: 1 }) })))
    expect(event).toMatchObject({ vlan: [30, 77], pcap_filename: 'b.pcap' })
    expect(eventOf((report) => report.hit(hit({ flow: flow({ source: 9 }) }))).pcap_filename).toBe('-')
  })

  it('of ICMP has type and code in place of ports', () => {
    const icmp = flow({
      protocol: 'ICMP',
      client: { address: '10.0.0.1', port: undefined },
      server: { address: '10.0.0.2', port: undefined },
      icmp: { type: 8, code: 0 },
    })
    const event = eventOf((report) => report.hit(hit({ flow: icmp })))
    expect(event).toMatchObject({ proto: 'ICMP', icmp_type: 8, icmp_code: 0 })
    expect(event).not.toHaveProperty('src_port')
    expect(event).not.toHaveProperty('dest_port')
  })

  it('is one line that no terminal obeys, and reads back as it was', () => {
    const description = 'C1 \u009b bidi \u202e quote " line\n'
    const write = (report: EveReport) => report.hit(hit({ signature: signature({ description }) }))
    const [line = ''] = linesOf((sink) => write(new EveReport(createLineEvents(sink), [])))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(eventOf(write).alert.signature).toBe(description)
  })
})

describe('a flow', () => {
  const ofEnd = (fields: Parameters<typeof flowEnd>[0] = {}): Event =>
    eventOf((report) => report.flowEnd(flowEnd(fields)))

  it('has volumes, times, and how it ended', () => {
    expect(ofEnd()).toMatchObject({
      timestamp: '2026-11-21T03:00:20.000000+0000',
      event_type: 'flow',
      flow: {
        pkts_toserver: 10,
        pkts_toclient: 9,
        bytes_toserver: 1000,
        bytes_toclient: 900,
        start: '2026-11-21T03:00:00.000000+0000',
        end: '2026-11-21T03:00:09.012345+0000',
        age: 9,
        state: 'closed',
        reason: 'timeout',
        alerted: false,
      },
      tcp: {
        tcp_flags: '1b',
        tcp_flags_ts: '1b',
        tcp_flags_tc: '12',
        fin: true,
        syn: true,
        psh: true,
        ack: true,
        state: 'closed',
      },
      gait: {
        payload_toserver: 320,
        payload_toclient: 500,
        sequence: '< s21 c32 + s40 >',
        complete: { start: true, end: true, both_ways: true, handshake: true },
        unsure: [],
      },
    })
  })

  it('has two digits of control bits, and a field for each bit of either side', () => {
    const { tcp } = ofEnd({ flagsToServer: 0x02, flagsToClient: 0xe4 })
    expect(tcp).toEqual({
      tcp_flags: 'e6',
      tcp_flags_ts: '02',
      tcp_flags_tc: 'e4',
      syn: true,
      rst: true,
      urg: true,
      ece: true,
      cwr: true,
      state: 'closed',
    })
  })

  it('of another protocol has no TCP object', () => {
    expect(ofEnd({ flow: flow({ protocol: 'UDP' }) })).not.toHaveProperty('tcp')
  })

  it('adds up the matches of a class, and leaves out signatures without one', () => {
    const hits = [
      { signature: signature({ sid: 1 }), count: 2 },
      { signature: signature({ sid: 2 }), count: 3 },
      { signature: signature({ sid: 3, class: undefined }), count: 4 },
      { signature: signature({ sid: 4, class: 'actor.human' }), count: 1 },
    ]
    const event = ofEnd({ hits })
    expect(event.flow.alerted).toBe(true)
    expect(event.gait.classes).toEqual({ 'ssh.auth.failure': 5, 'actor.human': 1 })
  })

  it('counts what else a signature stands for once', () => {
    const shell = signature({ sid: 1, class: 'ssh.shell', details: details({ also: ['actor.human'] }) })
    const also = signature({ sid: 2, class: undefined, details: details({ also: ['actor.human'] }) })
    const event = ofEnd({
      hits: [
        { signature: shell, count: 3 },
        { signature: also, count: 5 },
      ],
    })
    expect(event.gait.classes).toEqual({ 'ssh.shell': 3, 'actor.human': 2 })
  })

  it('of SSH has its keystrokes and first messages, and its doubts behind the others', () => {
    const ssh = {
      messages: ['s:VERSION', 'c:VERSION', 'c36'],
      keystrokes: 111,
      unsure: ['ssh: bytes are missing after message 21'],
    }
    const { gait } = ofEnd({ ssh, startSeen: false })
    expect(gait).toMatchObject({ keystrokes: 111, messages: 's:VERSION c:VERSION c36' })
    expect(gait.unsure).toEqual([
      'start: the capture began in mid-stream',
      'ssh: bytes are missing after message 21',
    ])
    expect(ofEnd().gait).not.toHaveProperty('keystrokes')
    expect(ofEnd().gait).not.toHaveProperty('messages')
  })

  it('of one side only says so', () => {
    const silent = { packets: 0, bytes: 0, payload: 0 }
    expect(ofEnd({ flow: flow({ toClient: silent }) }).gait.complete.both_ways).toBe(false)
    expect(ofEnd({ flow: flow({ toServer: silent }) }).gait.complete.both_ways).toBe(false)
  })

  it.each([
    ['a missing start', { startSeen: false }, ['start: the capture began in mid-stream']],
    [
      'a gap',
      { sequence: packed('s21 c!5 c32'), missingBytes: 5 },
      ['match: bytes of the client are missing after packet 1'],
    ],
    [
      'a gap of the server',
      { sequence: packed('s!21 c5') },
      ['match: bytes of the server are missing after packet 0'],
    ],
    ['a gap beyond what is shown', { missingBytes: 9 }, ['match: 9 bytes are missing']],
    ['UDP without a start', { startSeen: false, flow: flow({ protocol: 'UDP' }) }, []],
  ] as const)('is unsure about %s', (_what, fields, unsure) => {
    expect(ofEnd(fields).gait.unsure).toEqual(unsure)
  })
})

it('tells an SSH handshake with the flow that it began', () => {
  const side = { protocolVersion: '2.0', softwareVersion: 'x', kexInit: undefined }
  const handshake = { client: side, server: side, isReversed: true, algorithms: undefined, isStrict: false }
  expect(eventOf((report) => report.ssh({ time: START, flow: flow(), handshake }))).toMatchObject({
    timestamp: '2026-11-21T03:00:00.000000+0000',
    event_type: 'ssh',
    flow_id: 7,
    ssh: { client: { proto_version: '2.0', software_version: 'x' } },
    gait: { reversed: true },
  })
})

describe('stats', () => {
  it('has the totals', () => {
    const event = eventOf((report) =>
      report.totals(
        totals({
          skipped: [
            ['decode.not_ip_frames', 2],
            ['decode.truncated_frames', 3],
            ['decode.malformed_frames', 4],
            ['decode.waiting_fragments', 50],
          ],
          counters: [['flow.forced_gaps', 1]],
          evictedFlows: 6,
          hits: [
            { signature: signature(), count: 2 },
            { signature: signature(), count: 3 },
          ],
        }),
      ),
    )
    expect(event).toEqual({
      timestamp: '2026-11-21T03:00:00.000000+0000',
      event_type: 'stats',
      stats: {
        uptime: 12,
        capture: { kernel_packets: 262, kernel_drops: 0 },
        // Frames without IP, and fragments that waited, are sound.
        decoder: { pkts: 262, bytes: 23104, invalid: 7 },
        flow: { active: 1, total: 3, evicted: 6 },
        detect: { signatures: 23, alerts: 5 },
      },
      gait: {
        counters: {
          'decode.not_ip_frames': 2,
          'decode.truncated_frames': 3,
          'decode.malformed_frames': 4,
          'decode.waiting_fragments': 50,
          'flow.forced_gaps': 1,
        },
      },
    })
  })
})
