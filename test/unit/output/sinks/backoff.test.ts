import { expect, it } from 'vitest'
import { Backoff } from '../../../../src/output/sinks/backoff.ts'

it('waits twice as long each time, up to ten seconds, and begins anew after a reset', () => {
  const backoff = new Backoff()
  for (const most of [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]) {
    const wait = backoff.next()
    expect(wait).toBeLessThanOrEqual(most)
    expect(wait).toBeGreaterThan(most * 0.79)
  }
  backoff.reset()
  expect(backoff.next()).toBeLessThanOrEqual(200)
})
