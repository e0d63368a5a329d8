import { describe, expect, test } from 'vitest'
import { SHED_SHARES } from '../../../src/flow/flow-table.ts'
import { Connection, FlowRun, SMALL_BUDGET } from '../../support/flows.ts'
import {
  client,
  client6,
  type End,
  ends,
  ethernet,
  fragments,
  icmp,
  type Layer,
  server,
  server6,
  tcp,
  udp,
  vlan,
} from '../../support/packet.ts'

/** One UDP client a number, all with one server. */
const asker = (n: number): End => ends(`10.0.0.${n}:5000`, '10.0.1.1:53')[0]

describe('a flow is a 5-tuple of both directions', () => {
  test('over IPv4 and IPv6', () => {
    const run = new FlowRun().sendAll([udp(client, 5), udp(server, 6), udp(client6, 7), udp(server6, 8)])
    expect([run.story(1), run.story(2)]).toEqual(['open c5 s6', 'open c7 s8'])
  })

  test('and a protocol', () => {
    const run = new FlowRun().sendAll([udp(client, 5), tcp(client, { seq: 1, ack: 1 }, 6)])
    expect(run.table.opened).toBe(2)
  })

  test('and its VLANs', () => {
    const packets = [udp(client, 5), vlan(7, udp(client, 6)), vlan(7, vlan(8, udp(client, 7)))]
    const run = new FlowRun().sendAll([...packets, vlan(7, udp(server, 8))].map((packet) => ethernet(packet)))
    expect([run.story(1), run.story(2), run.story(3)]).toEqual(['open c5', 'open c6 s8', 'open c7'])
  })

  test('and for ICMP its type and id', () => {
    const run = new FlowRun().sendAll([
      icmp(client, { type: 8, id: 1 }, 32),
      icmp(server, { type: 0, id: 1 }, 32),
      icmp(client, { type: 8, id: 2 }, 33),
      icmp(server, { type: 3, code: 1 }, 28),
      icmp(server, { type: 3, code: 3 }, 29),
    ])
    expect([1, 2, 3, 4].map((flow) => run.story(flow))).toEqual([
      'open c32 s32',
      'open c33',
      'open c28',
      'open c29',
    ])
  })

  test('with all words of IPv6 addresses', () => {
    const addresses = ['1:2:3:4:5:6:7:8', '1:2:9:4:5:6:7:8', '1:2:3:4:9:6:7:8', '1:2:3:4:5:6:7:9']
    const run = new FlowRun()
    for (const address of addresses) {
      const [from] = ends(`[${address}]:5000`, '[1:2:4::]:53')
      const [to] = ends('[1:2:2::]:5000', `[${address}]:53`)
      run.sendAll([udp(from, 5), udp(from.peer, 6), udp(to, 7), udp(to.peer, 8)])
    }
    const stories = Array.from({ length: 8 }, (_, i) => run.story(i + 1))
    expect(stories).toEqual(addresses.flatMap(() => ['open c5 s6', 'open c7 s8']))
  })
})

test('each datagram is an element, empty ones too', () => {
  const run = new FlowRun().sendAll([udp(client, 'hi'), udp(server), udp(client), udp(client, 'hi')]).drain()
  expect(run.story()).toBe('open c2 s0 c0 c2 shutdown')
  const ping = new FlowRun().sendAll([icmp(client, { type: 8, id: 1 }), icmp(server, { type: 0, id: 1 }, 8)])
  expect(ping.story()).toBe('open c0 s8')
})

test('a datagram from fragments is one packet of all their bytes on the wire', () => {
  const parts = fragments(udp(client, 60), 24)
  const run = new FlowRun().sendAll(parts)
  expect(run.story()).toBe('open c60')
  const wire = parts.reduce((sum, part) => sum + part.bytes.length, 0)
  expect(run.facts()).toMatchObject({ packets: [1, 0], bytes: [wire, 0], payload: [60, 0] })
})

test('volume counts by end: packets, bytes on the wire, payload', () => {
  const wire = new Connection(client)
  const run = new FlowRun().sendAll(wire.open().map((packet) => ethernet(packet)))
  run.send(ethernet(wire.say('server', 100))).send(ethernet(wire.ack('client'), { padTo: 60 }))
  expect(run.facts()).toMatchObject({ packets: [3, 2], bytes: [58 + 54 + 60, 58 + 154], payload: [0, 100] })
})

test('a packet with a wrong checksum is not believed', () => {
  const wire = new Connection(client)
  const run = new FlowRun()
    .sendAll(wire.open())
    .send(tcp(client, { seq: 1001, ack: 9001, checksum: 7 }, 'evil'))
  run.send(wire.say('client', 'good')).send(tcp(server, { flags: 'R', seq: 9001, checksum: 7 }))
  expect(run.story()).toBe('open c4')
  expect(run.facts().packets).toEqual([3, 1])
})

describe('timeouts run on packet time', () => {
  const timeouts: readonly [string, readonly Layer[], number][] = [
    ['UDP', [udp(client, 1)], 120],
    ['ICMP', [icmp(client, { type: 8 }, 1)], 60],
    ['TCP of which one end was seen', [tcp(client, { flags: 'S' })], 60],
    ['TCP of which both ends were seen', new Connection(client).open(), 3600],
    ['ended TCP', [...new Connection(client).open(), tcp(client, { seq: 1001, flags: 'R' })], 10],
  ]
  test.each(timeouts)('%s', (_, packets, seconds) => {
    const start = (run: FlowRun) => {
      for (const packet of packets) run.send(packet, 1000)
      return run
    }
    const story = new FlowRun()
    expect(start(story).send(udp(asker(9), 1), 1000 + seconds - 1).table.live).toBe(2)
    // The wheel may be a few ticks late for others, never for a packet on the flow's own tuple.
    expect(story.send(udp(asker(8), 1), 1000 + seconds + 4).story()).toMatch(/ closed timeout$/)
    const again = start(new FlowRun()).send(packets[0] as Layer, 1000 + seconds + 0.001)
    expect(again.story(1)).toMatch(/ closed timeout$/)
    expect(again.story(2)).toMatch(/^open/)
  })

  test('a packet puts the timeout off', () => {
    const run = new FlowRun()
    for (let time = 1000; time < 2000; time += 119) run.send(udp(client, 1), time)
    expect(run.table.opened).toBe(1)
  })

  test('time that steps back ends nothing', () => {
    const run = new FlowRun().send(udp(client, 1), 5000).send(udp(client, 2), 1000).send(udp(server, 3), 5001)
    expect(run.story()).toBe('open c1 c2 s3')
  })

  test('many that are due at once go a few at each packet, and none of them goes on', () => {
    const run = new FlowRun({ ...SMALL_BUDGET, maxFlows: 200 })
    for (let n = 1; n <= 100; n++) run.send(udp(asker(n), 1), 1000)
    expect(run.send(udp(client, 1), 1200).table.live).toBe(101 - 32)
    run.send(udp(asker(100), 1), 1200)
    expect([run.story(100), run.story(102)]).toEqual(['open c1 closed timeout', 'open c1'])
    run.send(udp(client, 1), 1200).send(udp(client, 1), 1200)
    expect(run.table.live).toBe(2)
  })

  test('after draining, a capture of earlier times may follow', () => {
    const run = new FlowRun().send(udp(client, 1), 5000).drain()
    run.send(udp(client, 2), 1000).send(udp(asker(9), 3), 1200)
    expect([run.story(1), run.story(2)]).toEqual(['open c1 shutdown', 'open c2 closed timeout'])
  })
})

describe('a SYN on a known tuple', () => {
  const again = (isns = { client: 5_000_000, server: 9_000_000 }) => new Connection(client, isns)

  test('opens a new flow when the old one ended', () => {
    const wire = new Connection(client)
    const run = new FlowRun().sendAll([...wire.open(), ...wire.close()])
    const next = again()
    run.sendAll(next.open()).send(next.say('client', 5)).drain()
    expect([run.story(1), run.story(2)]).toEqual(['open closed tcpReuse', 'open c5 shutdown'])
  })

  test('opens a new flow when nobody answered the old one', () => {
    const run = new FlowRun()
      .send(tcp(client, { flags: 'S', seq: 1 }))
      .send(tcp(client, { flags: 'S', seq: 1 }))
    expect(run.table.opened).toBe(1)
    run.send(tcp(client, { flags: 'S', seq: 777 }))
    expect([run.story(1), run.story(2)]).toEqual(['open tcpReuse', 'open'])
  })

  test('is the old one sent again, also without the data that was on it', () => {
    const run = new FlowRun()
      .send(tcp(client, { flags: 'S', seq: 1 }, 'early'))
      .send(tcp(client, { flags: 'S', seq: 1 }))
    expect(run.story()).toBe('open c5')
    expect(run.table.opened).toBe(1)
  })

  test('does not touch a live flow, until its answer shows that it was heard', () => {
    const wire = new Connection(client)
    const next = again()
    const [syn, synAck, ack] = next.open() as [Layer, Layer, Layer]
    const run = new FlowRun()
      .sendAll(wire.open())
      .send(wire.say('client', 5))
      .send(syn)
      .send(wire.say('server', 6))
    expect(run.story()).toBe('open c5 s6')
    run.send(synAck).send(ack).send(next.say('client', 7))
    expect([run.story(1), run.story(2)]).toEqual(['open c5 s6 tcpReuse', 'open c7'])
    expect(run.facts(2)).toMatchObject({ clientPort: 40000, isStartSeen: true })
  })

  test('a SYN/ACK near the numbers in use is a late copy', () => {
    const opened = (offset: number) => {
      const run = new FlowRun().sendAll(new Connection(client).open())
      return run.send(tcp(server, { flags: 'SA', seq: 9000 + offset, ack: 1001 })).table.opened
    }
    expect([opened(1 << 20), opened(-(1 << 20))]).toEqual([1, 1])
    expect([opened((1 << 20) + 1), opened(-(1 << 20) - 1)]).toEqual([2, 2])
  })

  test('opens a new flow when the old one is idle for longer than its timeout', () => {
    const run = new FlowRun().sendAll(new Connection(client).open())
    run.send(again().open()[0] as Layer, 4000)
    expect([run.story(1), run.story(2)]).toEqual(['open closed timeout', 'open'])
  })
})

describe('when the table is full', () => {
  test('the flow closest to its timeout goes, and is counted', () => {
    const run = new FlowRun({ maxFlows: 3 })
    run
      .send(udp(asker(1), 1), 1000)
      .send(udp(asker(2), 2), 1005)
      .send(udp(asker(3), 3), 1010)
    run.send(udp(asker(1), 4), 1020).send(udp(asker(4), 5), 1021)
    expect(run.story(2)).toBe('open c2 forced')
    expect(run.send(udp(asker(5), 6), 1022).story(3)).toBe('open c3 forced')
    expect(run.send(udp(asker(6), 7), 1040).story(1)).toBe('open c1 c4 forced')
    expect(run.table.live).toBe(3)
    expect(run.counter('flow.evicted_flows')).toBe(3)
    expect(run.counter('flow.opened_flows')).toBe(6)
  })

  test('ended flows and half-open ones go before established ones', () => {
    const run = new FlowRun({ maxFlows: 2 }).sendAll(new Connection(client).open())
    run.send(tcp(ends('10.9.9.9:4000', '10.0.0.2:22')[0], { flags: 'S' }), 50).send(udp(asker(1), 1), 51)
    expect(run.story(2)).toBe('open forced')
    run.send(tcp(client, { seq: 1001, flags: 'R' }), 52).send(udp(asker(2), 1), 53)
    expect(run.story(1)).toBe('open closed forced')
  })

  test('what waits in the evicted flow is told before it goes', () => {
    const wire = new Connection(client)
    const run = new FlowRun({ maxFlows: 1 }).sendAll(wire.open())
    wire.say('client', 10)
    run.send(wire.say('client', 20)).send(udp(asker(1), 1))
    expect(run.story(1)).toBe('open c!10 c20 forced')
  })

  test('a record is used again as if it were new', () => {
    const run = new FlowRun({ maxFlows: 1 })
    const wire = new Connection(client6)
    run.sendAll(wire.open())
    wire.say('client', 10)
    run.send(wire.say('client', 20)).send(udp(asker(1), 1))
    expect(run.facts(2)).toMatchObject({ packets: [1, 0], payload: [1, 0], reordered: 0, missingBytes: 0 })
  })
})

test('released flows give back what they had for irregularities', () => {
  const run = new FlowRun({ maxWaiting: 1, maxWaitingPerFlow: 1 })
  for (const from of [client, client6]) {
    const wire = new Connection(from)
    run.sendAll(wire.open())
    wire.say('client', 10)
    run.send(wire.say('client', 5)).drain()
  }
  expect([run.story(1), run.story(2)]).toEqual(['open c!10 c5 shutdown', 'open c!10 c5 shutdown'])
  expect(run.counter('flow.dropped_segments')).toBe(0)
})

test('draining releases each flow once, in the order of their timeouts', () => {
  const run = new FlowRun()
    .send(udp(asker(1), 1))
    .send(udp(asker(2), 1))
    .send(icmp(client, { type: 8 }, 1))
  const live = run
    .drain()
    .drain()
    .told.filter((told) => told.kind === 'released')
  expect(live.map((told) => told.flow)).toEqual([3, 1, 2])
  expect(run.table.live).toBe(0)
})

describe('shedding', () => {
  test('gives up whole new flows, keeps those that are open, and counts what it gave up', () => {
    const run = new FlowRun({ maxFlows: 100 })
    const flows = Array.from({ length: 60 }, (_, n) => ends(`10.1.${n}.1:4000`, '10.0.1.1:22')[0])
    const [first = client, ...others] = flows
    run.send(ethernet(tcp(first, { flags: 'S' })))
    run.table.shedding = SHED_SHARES / 2
    for (const end of others) {
      run.send(ethernet(tcp(end, { flags: 'S' })))
      run.send(ethernet(tcp(end.peer, { flags: 'SA', ack: 1 })))
    }
    run.send(ethernet(tcp(first.peer, { flags: 'SA', ack: 1 })))
    const { opened, shedSyns, shedPackets } = run.table
    expect(opened + shedSyns).toBe(60)
    expect(shedPackets).toBe(2 * shedSyns)
    expect(shedSyns).toBeGreaterThan(5)
    expect(shedSyns).toBeLessThan(55)
    expect(run.facts().packets).toEqual([1, 1])
  })

  test('ends when it is told', () => {
    const run = new FlowRun()
    run.table.shedding = SHED_SHARES
    run.send(ethernet(udp(client, 5)))
    run.table.shedding = 0
    run.send(ethernet(udp(client, 6)))
    expect(run.table.opened).toBe(1)
    expect(run.table.shedPackets).toBe(1)
    expect(run.story()).toBe('open c6')
  })
})

test('each open flow can be looked at', () => {
  const run = new FlowRun().sendAll([udp(asker(1), 5), udp(asker(2), 5), udp(asker(1), 5)])
  const seen = new Set<number>()
  run.table.each((flow) => seen.add(flow))
  expect(seen.size).toBe(2)
  run.drain()
  run.table.each(() => expect.unreachable())
})

test('flows that timed out with the last packet have timed out, however many they are', () => {
  const run = new FlowRun({ maxFlows: 500 })
  for (let n = 0; n < 200; n++) run.send(ethernet(udp(ends(`10.1.${n}.1:4000`, '10.0.1.1:53')[0], 5)), 1)
  run.send(ethernet(udp(client, 5)), 1000).drain()
  const stories = Array.from({ length: 200 }, (_, n) => run.story(n + 1))
  expect(new Set(stories)).toEqual(new Set(['open c5 closed timeout']))
  expect(run.story(201)).toBe('open c5 shutdown')
})
