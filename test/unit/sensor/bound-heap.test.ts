import { expect, it } from 'vitest'
import { boundHeapGrowth } from '../../../src/sensor/bound-heap.ts'

it('keeps the heap close to what is in use, however much comes and goes', () => {
  boundHeapGrowth()
  const before = process.memoryUsage().heapUsed
  // Each list lives long enough to leave the young generation: 60 MB are in use at any time, 300 MB come and go.
  const lists: unknown[] = []
  let peak = 0
  for (let i = 0; i < 500; i++) {
    lists[i % 100] = Array.from({ length: 15_000 }, (_, n) => ({ n }))
    peak = Math.max(peak, process.memoryUsage().heapUsed - before)
  }
  expect(peak).toBeLessThan(130e6)
})
