import { describe, expect, it } from 'vitest'
import { RecentWrites } from '../../../../src/output/sinks/recent-writes.ts'

describe('recent writes', () => {
  it('are those of which a byte may still be under way', () => {
    const recent = new RecentWrites(100)
    expect(recent.within()).toBe(0)
    recent.add(1, 60, 1)
    recent.add(2, 60, 2)
    recent.add(4, 39, 3)
    // 39 + 60 bytes, and one more of the first write.
    expect(recent.within()).toBe(7)
    recent.add(8, 1, 4)
    expect(recent.within()).toBe(14)
  })

  it('are counted from a moment on', () => {
    const recent = new RecentWrites(100)
    recent.add(1, 10, 1000)
    recent.add(2, 10, 2000)
    expect([999, 1000, 1001, 2001].map((from) => recent.since(from))).toEqual([3, 3, 2, 0])
  })

  it('stay the same however many came before', () => {
    const recent = new RecentWrites(1000)
    for (let i = 0; i < 10_000; i++) {
      recent.add(1, 7, i)
      expect(recent.within()).toBe(Math.min(i + 1, 143))
    }
    recent.clear()
    expect([recent.within(), recent.since(0)]).toEqual([0, 0])
  })
})
