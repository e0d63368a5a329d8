import { describe, expect, it } from 'vitest'
import { FIRST_TIME, timedAtoms } from '../../../src/workbench/expand-exchange.ts'
import { exchangeOf, nodeOf, THRESHOLD } from './exchanges.ts'

/** Milliseconds from the beginning, and sizes. */
const told = (text: string) =>
  exchangeOf(text).events.map((event) =>
    event.kind === 'gap'
      ? 'gap'
      : `${(event.time - FIRST_TIME) / 1000} ${'cs'[event.direction]}${event.size}`,
  )

describe('expandExchange', () => {
  it('adds times up: 1 ms, the threshold, or what is said', () => {
    expect(told('c1 s2 + c3 +2s s4 ! c5')).toEqual(['1 c1', '2 s2', '502 c3', '2502 s4', 'gap', '2504 c5'])
  })

  it('writes repeats out, with the pause of every round', () => {
    expect(told('c1{3} (+1s s2 c3){2}')).toEqual([
      '1 c1',
      '2 c1',
      '3 c1',
      '1003 s2',
      '1004 c3',
      '2004 s2',
      '2005 c3',
    ])
    expect(told('+1s (c1 s2){2}')).toEqual(['1000 c1', '1001 s2', '2001 c1', '2002 s2'])
  })

  it('knows port, start and end', () => {
    expect(exchangeOf('port 99: < c1 +2s >')).toMatchObject({
      serverPort: 99,
      startSeen: true,
      startTime: FIRST_TIME,
      endTime: FIRST_TIME + 2_001_000,
    })
    expect(exchangeOf('c1')).toMatchObject({ serverPort: 22, startSeen: false, endTime: undefined })
  })

  it('gives messages the lengths that they usually have, or that are given', () => {
    const wires = (text: string) =>
      exchangeOf(text, 'ssh').events.map((event) => (event.kind === 'gap' ? 'gap' : event.size))
    expect(wires('c:ssh(10) s:ssh(10) c52 s:SUCCESS')).toEqual([36, 36, 52, 28])
    expect(wires('c:PASSWORD c:PASSWORD(60)')).toEqual([148, 92])
    expect(wires('< s:VERSION s:VERSION(40)')).toEqual([23, 40])
  })

  it('tells what messages have between them', () => {
    const exchange = exchangeOf('s:FAILURE +2s c:PASSWORD', 'ssh')
    expect(exchange.events[1]).toMatchObject({
      message: { name: 'PASSWORD', side: 0, delay: 2e6, roundTrip: 1000, ordinal: 2, phases: 3 },
    })
  })
})

it('timedAtoms leaves groups out, and keeps hits', () => {
  const { atoms } = timedAtoms(nodeOf('(+1m a.b@x>y){2}', 'hits').items, THRESHOLD)
  expect(atoms.map(({ kind, time }) => [kind, (time - FIRST_TIME) / 60e6])).toEqual([
    ['hit', 1],
    ['hit', 2],
  ])
})
