import { expect, it } from 'vitest'
import { HeapBound } from '../../../src/sensor/heap-bound.ts'

it('keeps the heap close to what is in use, however much comes and goes', () => {
  const bound = new HeapBound()
  const before = process.memoryUsage().heapUsed
  // Each list lives long enough to leave the young generation: 80 MB are in use at any time, 400 MB come and go.
  const lists: unknown[] = []
  let peak = 0
  for (let i = 0; i < 500; i++) {
    bound.look()
    lists[i % 100] = Array.from({ length: 20_000 }, (_, n) => ({ n }))
    if (i > 200) peak = Math.max(peak, process.memoryUsage().heapUsed - before)
  }
  expect(peak).toBeLessThan(150e6)
})
