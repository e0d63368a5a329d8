import { expect, it } from 'vitest'
import { ArrivalClock } from '../../../../src/capture/live/arrival-clock.ts'

const clocks = () => ({ wall: 1_700_000_000_000, steady: 5 })

it('stamps in whole microseconds since the epoch', () => {
  const at = clocks()
  const clock = new ArrivalClock(
    () => at.wall,
    () => at.steady,
  )
  expect(clock.now()).toBe(1_700_000_000_000_000)
  at.steady += 0.0155
  expect(clock.now() - 1_700_000_000_000_000).toBe(15)
})

it('follows a wall clock that is set forward', () => {
  const at = clocks()
  const clock = new ArrivalClock(
    () => at.wall,
    () => at.steady,
  )
  clock.now()
  at.wall += 3_600_000
  at.steady += 2000
  expect(clock.now()).toBe(1_700_003_600_000_000)
})

it('goes on at its own pace when the wall clock is set back', () => {
  const at = clocks()
  const clock = new ArrivalClock(
    () => at.wall,
    () => at.steady,
  )
  clock.now()
  at.wall -= 3_600_000
  at.steady += 2000
  expect(clock.now()).toBe(1_700_000_002_000_000)
})

it('never goes back', () => {
  const at = clocks()
  const clock = new ArrivalClock(
    () => at.wall,
    () => at.steady,
  )
  const first = clock.now()
  at.steady -= 1
  expect(clock.now()).toBe(first)
})

it('agrees with the system', () => {
  expect(Math.abs(new ArrivalClock().now() / 1000 - Date.now())).toBeLessThan(100)
})
