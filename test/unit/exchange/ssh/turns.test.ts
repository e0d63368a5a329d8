import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Turns } from '../../../../src/exchange/ssh/turns.ts'

const CLIENT = 0
const SERVER = 1

/** Sides and times, µs. */
function turns(...said: readonly (readonly [0 | 1, number])[]): Turns {
  const heard = new Turns()
  for (const [side, time] of said) heard.take(side, time)
  return heard
}

describe('a round trip', () => {
  test('is the shortest time that a side took to answer the other', () => {
    const heard = turns([SERVER, 0], [CLIENT, 50], [SERVER, 60], [CLIENT, 90], [SERVER, 98])
    expect(heard.roundTrip(CLIENT)).toBe(30)
    expect(heard.roundTrip(SERVER)).toBe(8)
  })

  test('is 0 while a side never answered', () => {
    expect(turns().roundTrip(CLIENT)).toBe(0)
    const heard = turns([CLIENT, 0], [CLIENT, 5], [SERVER, 9])
    expect(heard.roundTrip(CLIENT)).toBe(0)
    expect(heard.roundTrip(SERVER)).toBe(4)
  })

  test('has no use for a clock that goes back', () => {
    expect(turns([CLIENT, 100], [SERVER, 40]).roundTrip(SERVER)).toBe(0)
  })
})

describe('latency', () => {
  test('is the time since the other side’s last word, less the round trip', () => {
    const heard = turns([SERVER, 0], [CLIENT, 20], [SERVER, 30])
    expect(heard.latency(CLIENT, 2_000_050)).toBe(2_000_000)
    heard.take(CLIENT, 2_000_050)
    expect(heard.latency(CLIENT, 2_000_070)).toBe(2_000_020)
  })

  test('is never negative', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1), fc.nat(1000))), (said) => {
        const heard = new Turns()
        for (const [side, time] of said as [0 | 1, number][]) {
          heard.take(side, time)
          expect(heard.latency(side, time)).toBeGreaterThanOrEqual(0)
          expect(heard.roundTrip(side)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

test('the last time is that of either side, 0 before', () => {
  expect(turns().lastTime).toBe(0)
  expect(turns([CLIENT, 7]).lastTime).toBe(7)
  expect(turns([CLIENT, 7], [SERVER, 9]).lastTime).toBe(9)
})
