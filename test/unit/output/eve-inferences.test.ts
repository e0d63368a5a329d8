// What EveReport adds to the alerts of inferences.

import { describe, expect, it } from 'vitest'
import { type EveLine as Event, eventOf, eventsOf } from './eve-lines.ts'
import { details, hit, message, START, signature } from './reports.ts'

describe('an inference', () => {
  const ofHit = (fields: Parameters<typeof hit>[0]): Event => eventOf((report) => report.hit(hit(fields)))
  const ofDetails = (fields: Parameters<typeof details>[0]): Event =>
    ofHit({ signature: signature({ details: details(fields) }) })

  it('says why: the messages that made it, each with its packet and time', () => {
    const why = [
      message(),
      message({ side: 1, name: 'FAILURE', wire: 52, packet: 18, time: START + 9_012_345 }),
      message({ name: '', wire: 36, packet: 19 }),
    ]
    expect(ofHit({ why }).gait.why).toEqual([
      { message: 'c:PASSWORD', size: 148, packet: 17, time: '2026-11-21T03:00:07.000000+0000' },
      { message: 's:FAILURE', size: 52, packet: 18, time: '2026-11-21T03:00:09.012345+0000' },
      { message: 'c36', size: 36, packet: 19, time: '2026-11-21T03:00:07.000000+0000' },
    ])
  })

  it('says how sure it is', () => {
    expect(ofDetails({ confidence: 0.95 }).gait.confidence).toBe(0.95)
    expect(ofDetails({ confidence: 0 }).gait.confidence).toBe(0)
  })

  it('has what the signature tells', () => {
    const { gait } = ofHit({ facts: { method: 'password', think_ms: 2000 } })
    expect(gait).toMatchObject({ method: 'password', think_ms: 2000, class: 'ssh.auth.failure' })
  })

  it('has the signature’s references as lists, where there are any', () => {
    const mitre = ['T1110', 'T1078']
    const references = ['RFC 4252 §8']
    expect(ofDetails({ mitre, references }).alert.metadata).toEqual({
      mitre_technique_id: mitre,
      reference: references,
    })
    expect(ofDetails({ mitre }).alert.metadata).toEqual({ mitre_technique_id: mitre })
    expect(ofDetails({ references }).alert.metadata).toEqual({ reference: references })
    expect(ofDetails({}).alert).not.toHaveProperty('metadata')
  })

  it('over flows says what was counted', () => {
    const campaign = {
      id: '1000901 10.0.0.1',
      by: 'client',
      hits: 12,
      flows: 7,
      clients: 1,
      servers: 3,
      first: START,
      last: START + 60_000_000,
    } as const
    expect(ofHit({ campaign, elements: [] }).gait).toMatchObject({
      matched: '',
      campaign: {
        id: '1000901 10.0.0.1',
        by: 'client',
        attempts: 12,
        flows: 7,
        clients: 1,
        servers: 3,
        first: '2026-11-21T03:00:00.000000+0000',
        last: '2026-11-21T03:01:00.000000+0000',
      },
    })
  })

  it('tells what else the flow is by it, once a flow', () => {
    const shell = signature({ class: 'ssh.shell', details: details({ also: ['actor.human', 'x.y'] }) })
    const classes = (count: number) =>
      eventsOf((report) => report.hit(hit({ signature: shell, count }))).map((event) => [
        event.gait.class,
        event.alert.category,
        event.gait.hit,
      ])
    expect(classes(1)).toEqual([
      ['ssh.shell', 'ssh.shell', 1],
      ['actor.human', 'actor.human', 1],
      ['x.y', 'x.y', 1],
    ])
    expect(classes(2)).toEqual([['ssh.shell', 'ssh.shell', 2]])
  })

  it('leaves out what a plain hit has not', () => {
    for (const name of ['why', 'confidence', 'campaign']) expect(ofHit({}).gait).not.toHaveProperty(name)
  })
})
