import { expect, it } from 'vitest'
import { boundHeapGrowth } from '../../../src/sensor/bound-heap.ts'

it('keeps the heap close to what is in use, however much comes and goes', () => {
  boundHeapGrowth()
  const before = process.memoryUsage().heapUsed
  // Each list lives long enough to leave the young generation: 80 MB are in use at any time, 400 MB come and go.
  const lists: unknown[] = []
  let peak = 0
  for (let i = 0; i < 500; i++) {
    lists[i % 100] = Array.from({ length: 20_000 }, (_, n) => ({ n }))
    if (i > 200) peak = Math.max(peak, process.memoryUsage().heapUsed - before)
  }
  expect(peak).toBeLessThan(250e6)
})
