import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineQueue } from '../../../../src/output/sinks/line-queue.ts'

function push(queue: LineQueue, line: string, end = '\n'): boolean {
  return queue.push(line, Buffer.byteLength(line + end))
}

describe('a line queue', () => {
  it('gives whole lines, oldest first, until they are released', () => {
    const queue = new LineQueue(100, '\n')
    for (const line of ['one', 'zwei ü', 'three']) push(queue, line)
    expect(queue.lines).toBe(3)
    expect(queue.bytes).toBe(18)
    expect(queue.peek(100).toString()).toBe('one\nzwei ü\nthree\n')
    expect(queue.peek(12).toString()).toBe('one\nzwei ü\n')
    expect(queue.peek(11).toString()).toBe('one\n')
    expect(queue.lines).toBe(3)
    expect(queue.release(12)).toEqual({ lines: 2, rest: 0 })
    expect(queue.peek(100).toString()).toBe('three\n')
  })

  it('gives a line that is longer than asked for', () => {
    const queue = new LineQueue(100, '')
    push(queue, 'x'.repeat(50), '')
    expect(queue.peek(10)).toHaveLength(50)
  })

  it('releases no part of a line', () => {
    const queue = new LineQueue(100, '\n')
    push(queue, 'abc')
    push(queue, 'def')
    expect(queue.release(6)).toEqual({ lines: 1, rest: 2 })
    expect(queue.release(2)).toEqual({ lines: 0, rest: 2 })
    expect(queue.peek(100).toString()).toBe('def\n')
  })

  it('refuses what does not fit, and keeps what it has', () => {
    const queue = new LineQueue(10, '\n')
    expect(push(queue, 'abcd')).toBe(true)
    expect(push(queue, 'abcde')).toBe(false)
    expect(push(queue, 'abcd')).toBe(true)
    expect(push(queue, '')).toBe(false)
    queue.release(5)
    expect(push(queue, 'xxxx')).toBe(true)
    expect(queue.peek(100).toString()).toBe('abcd\nxxxx\n')
    queue.clear()
    expect([queue.lines, queue.bytes, queue.peek(10).length]).toEqual([0, 0, 0])
  })

  it('never holds more than its limit, and loses and doubles nothing that it took', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ push: fc.string({ maxLength: 30, unit: 'grapheme' }) }),
        fc.record({ take: fc.nat(60) }),
      ),
      { maxLength: 3000, size: 'max' },
    )
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 300 }), (all, limit) => {
        const queue = new LineQueue(limit, '\n')
        let [taken, given, cut] = ['', '', 0]
        for (const step of all) {
          if ('push' in step) {
            const line = step.push.replaceAll('\n', '')
            if (push(queue, line)) taken += `${line}\n`
          } else {
            // As a partial write does: some of a batch, behind what was written before.
            const batch = queue.peek(64)
            const to = Math.min(batch.length, cut + step.take)
            const { rest } = queue.release(to)
            given += batch.subarray(0, to - rest).toString()
            cut = rest
          }
          expect(queue.bytes).toBeLessThanOrEqual(limit)
        }
        expect(given + queue.peek(Number.POSITIVE_INFINITY).toString()).toBe(taken)
      }),
      { numRuns: 60 },
    )
  })
})
