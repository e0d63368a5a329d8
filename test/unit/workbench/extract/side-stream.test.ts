import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Segment } from '../../../../src/workbench/extract/flow-segments.ts'
import { readStream } from '../../../../src/workbench/extract/side-stream.ts'

const segment = (seq: number, text: string, isSyn = false): Segment => {
  const bytes = Buffer.from(text, 'latin1')
  return { sender: 'a', seq: seq | 0, isSyn, bytes, size: bytes.length }
}
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('readStream', () => {
  it('begins behind the SYN, and else with the lowest byte', () => {
    expect(readStream([segment(100, '', true), segment(102, 'b')]).runs).toEqual([{ start: 2, end: 3 }])
    expect(readStream([segment(102, 'b'), segment(101, 'a')]).runs).toEqual([{ start: 0, end: 2 }])
  })

  it('lets the first copy of a byte win', () => {
    expect(textOf(readStream([segment(0, 'abc'), segment(1, 'XYZ')]).bytes)).toBe('abcZ')
  })

  it('leaves out what lies before the start, or absurdly far ahead', () => {
    const stream = readStream([
      segment(100, '', true),
      segment(99, 'x'),
      segment(100, 'a'),
      segment(0x40000000, 'z'),
    ])
    expect(stream.pieces.map(({ index }) => index)).toEqual([2])
  })

  it('puts a stream together from its segments in any order, across the wrap of sequence numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.array(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
        (start, parts, order) => {
          let at = start
          const segments = parts.map((text) => {
            const made = segment(at, text)
            at += text.length
            return made
          })
          const keys = new Map(segments.map((one) => [one, order.next().value as number]))
          const shuffled = [...segments].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
          const stream = readStream([segment(start, '', true), ...shuffled])
          expect(textOf(stream.bytes)).toBe(parts.join(''))
          expect(stream.runs).toEqual([{ start: 0, end: parts.join('').length }])
        },
      ),
    )
  })
})
