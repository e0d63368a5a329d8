// What the reporter makes of sequences and campaigns.

import { describe, expect, it } from 'vitest'
import { Counters } from '../../../src/model/counters.ts'
import { formatElements } from '../../../src/output/raw-signature.ts'
import { client, ends, server, tcp } from '../../support/packet.ts'
import { SshTalk } from '../../support/ssh-talk.ts'
import { converse, handshake, PipelineRun } from './running.ts'

const WRONG = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE +2s c:PASSWORD s:FAILURE'
const LOGIN = `${WRONG} +3s c:PASSWORD s:SUCCESS`

const spoken = (signatures: string, story = LOGIN) =>
  converse(new PipelineRun({ signatures }), new SshTalk().handshake().say(story))

describe('a sequence hit', () => {
  it('of messages has them as its reason, and their packets', () => {
    const [hit] = spoken('#: sid=7\nssh * c:PASSWORD s:SUCCESS : in').reports.hits
    expect(hit).toMatchObject({
      signature: { sid: 7, description: 'in' },
      count: 1,
      first: 15,
      last: 16,
      campaign: undefined,
      facts: {},
    })
    expect(hit?.why.map(({ name, packet }) => `${name} ${packet}`)).toEqual(['PASSWORD 15', 'SUCCESS 16'])
    expect(formatElements(hit?.elements ?? [])).toBe('c148 s28')
    expect(hit?.time).toBe(hit?.why[1]?.time)
  })

  it('of packets has them, and no reason', () => {
    const run = handshake(new PipelineRun({ signatures: 'tcp 22 c5..9 s*{2} : some' }))
      .send(tcp(server, { seq: 1, ack: 1 }, 3), 0.1)
      .send(tcp(client, { seq: 1, ack: 4 }, 7), 0.2)
      .send(tcp(server, { seq: 4, ack: 8 }, 4), 0.3)
      .send(tcp(server, { seq: 8, ack: 8 }, 5), 0.3)
    const [hit] = run.reports.hits
    expect(hit).toMatchObject({ first: 2, last: 4, why: [], time: 300_000 })
    expect(formatElements(hit?.elements ?? [])).toBe('c7 s4 s5')
  })

  it('has the facts that its signature tells', () => {
    const [hit] = spoken('#: tell=method,attempts,failures\nssh * s:SUCCESS : in').reports.hits
    expect(hit?.facts).toEqual({ method: 'password', attempts: 2, failures: 1 })
  })

  it('of conditions alone points to the message with which they began to hold', () => {
    const [hit] = spoken('ssh * where failures >= 1 : wrong').reports.hits
    expect(hit?.why.map(({ name }) => name)).toEqual(['FAILURE'])
  })

  it('whose first messages are forgotten has the others', () => {
    const keys = Array.from({ length: 80 }, () => '+200ms c(10) s(10)').join(' ')
    const talk = `${LOGIN} c:CHANNEL_OPEN s:CHANNEL_CONFIRMATION c:CHANNEL_REQUEST s:CHANNEL_REPLY ${keys}`
    const [hit] = spoken('ssh * c:NONE any{150,} > : long', talk).reports.hits
    expect(hit?.why.length).toBeGreaterThan(10)
    expect(hit?.why.length).toBeLessThan(150)
    expect(hit?.why.at(-1)?.name).toBe('')
  })

  it('is counted in the run and at the flow’s end, beside those of classic signatures', () => {
    const run = spoken('ssh * c:PASSWORD : asked\ntcp 22 = s28 : small')
    const counts = (hits: readonly { signature: { description: string }; count: number }[]) =>
      hits.map(({ signature, count }) => `${signature.description} ${count}`).sort()
    expect(counts(run.reporter.hitCounts())).toEqual(['asked 2', 'small 1'])
    expect(run.reporter.hits).toBe(3)
    expect(counts(run.drain().reports.ends[0]?.hits ?? [])).toEqual(['asked 2', 'small 1'])
  })

  it('makes a flow a matched one', () => {
    const run = converse(
      new PipelineRun({ signatures: 'ssh * c:PASSWORD : asked', flows: 'unmatched' }),
      new SshTalk().handshake().say(LOGIN),
    )
    expect(run.drain().reports.ends).toEqual([])
  })
})

/** Guesses from clients at servers, one connection each, a minute apart. */
function guesses(
  signatures: string,
  pairs: readonly (readonly [string, string])[],
  story = WRONG,
): PipelineRun {
  const run = new PipelineRun({ signatures })
  for (const [i, [from, to]] of pairs.entries()) {
    const [end] = ends(`${from}:${40_000 + i}`, `${to}:22`)
    converse(run, new SshTalk({ start: 60 * (i + 1) }).handshake().say(story), true, end)
  }
  return run
}

const REFUSED = '#: class=x.refused\nssh * c:PASSWORD s:FAILURE : refused\n'
const campaignsOf = (run: PipelineRun) => run.reports.hits.filter(({ campaign }) => campaign !== undefined)

describe('a campaign', () => {
  const COUNT = `${REFUSED}\n#: sid=9 class=x.guessing\ncount x.refused by client within 1h where hits >= 3 : guessing\n`

  it('is told with the hit that made it known, with what was counted', () => {
    const run = guesses(COUNT, [
      ['10.0.0.1', '10.0.1.1'],
      ['10.0.0.7', '10.0.1.1'],
      ['10.0.0.1', '10.0.1.2'],
      ['10.0.0.1', '10.0.1.1'],
    ])
    const [hit, ...others] = campaignsOf(run)
    expect(others).toEqual([])
    expect(hit).toMatchObject({
      signature: { sid: 9, class: 'x.guessing' },
      flow: { client: { address: '10.0.0.1', port: 40_003 } },
      count: 1,
      elements: [],
      why: [],
      campaign: { id: '9 10.0.0.1', by: 'client', hits: 3, flows: 3, clients: 1, servers: 2 },
    })
    const refused = run.reports.hits.filter(({ signature }) => signature.class === 'x.refused')
    expect([hit?.campaign?.first, hit?.campaign?.last]).toEqual([refused[0]?.time, refused[3]?.time])
    expect(hit?.time).toBe(refused[3]?.time)
  })

  it('by server, and by pair, names what it is of', () => {
    const same = Array.from({ length: 3 }, () => ['10.0.0.1', '10.0.1.1'] as const)
    const id = (by: string) =>
      campaignsOf(guesses(COUNT.replace('by client', `by ${by}`), same))[0]?.campaign?.id
    expect(id('server')).toBe('9 10.0.1.1')
    expect(id('pair')).toBe('9 10.0.0.1 10.0.1.1')
  })

  it('that must be followed is told of the flow that follows', () => {
    const signatures = `${REFUSED}#: class=x.in\nssh * s:SUCCESS : in\n\ncount x.refused then x.in by pair within 1h where hits >= 2 : guessed\n`
    const run = guesses(signatures, [['10.0.0.1', '10.0.1.1']])
    expect(campaignsOf(run)).toEqual([])
    const twice = `${WRONG} +2s c:PASSWORD s:FAILURE +3s c:PASSWORD s:SUCCESS`
    const [hit] = campaignsOf(guesses(signatures, [['10.0.0.1', '10.0.1.1']], twice))
    expect(hit).toMatchObject({ signature: { description: 'guessed' }, campaign: { hits: 2, flows: 1 } })
  })

  it('counts what else a hit stands for, once a flow', () => {
    const signatures = `#: class=x.asked also=x.other\nssh * c:PASSWORD : asked\n\ncount x.other by client within 1h where hits >= 2 : others\n`
    const story = `${WRONG} +2s c:PASSWORD s:FAILURE`
    expect(campaignsOf(guesses(signatures, [['10.0.0.1', '10.0.1.1']], story))).toEqual([])
    const two = guesses(signatures, [
      ['10.0.0.1', '10.0.1.1'],
      ['10.0.0.1', '10.0.1.1'],
    ])
    expect(campaignsOf(two)).toHaveLength(1)
  })

  it('is counted among the hits of the run, not of the flow', () => {
    const run = guesses(
      COUNT,
      Array.from({ length: 3 }, () => ['10.0.0.1', '10.0.1.1'] as const),
    )
    expect(run.reporter.hits).toBe(4)
    expect(run.reporter.hitCounts().map(({ signature, count }) => [signature.description, count])).toEqual([
      ['refused', 3],
      ['guessing', 1],
    ])
    const told = run
      .drain()
      .reports.ends.flatMap(({ hits }) => hits.map(({ signature }) => signature.description))
    expect(told).toEqual(['refused', 'refused', 'refused'])
  })

  it('has counters where there are campaigns', () => {
    const counters = new Counters()
    guesses(COUNT, [['10.0.0.1', '10.0.1.1']]).reporter.count(counters)
    expect(counters.of('match.dropped_campaign_keys')).toBe(0)
    new PipelineRun().reporter.count(counters)
  })
})
