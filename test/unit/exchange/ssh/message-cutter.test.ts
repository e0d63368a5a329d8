import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { couldBe, lumped, MessageCutter } from '../../../../src/exchange/ssh/message-cutter.ts'
import { shortestWireLength, wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'
import { SshTalk } from '../../../support/ssh-talk.ts'

const CLEAR = SUITE_NAMES.filter((name) => suiteNamed(name).hasClearLength)
const HIDDEN = SUITE_NAMES.filter((name) => !suiteNamed(name).hasClearLength)
const clearName = fc.constantFrom(...CLEAR)
const payload = fc.integer({ min: 1, max: 3000 })

/** Messages of these payloads, and their lengths on the wire. */
function sent(name: SuiteName, payloads: readonly number[]): { bytes: Buffer; wires: readonly number[] } {
  const wires = payloads.map((one) => wireLength(suiteNamed(name), one))
  return { bytes: new SshTalk({ suite: name }).encrypted(wires.map((wire) => ({ wire }))), wires }
}

/** The pieces that segments come to. */
function cut(cutter: MessageCutter, segments: readonly Uint8Array[], isFull = false): readonly number[] {
  const pieces: number[] = []
  for (const bytes of segments) cutter.take(bytes, bytes.length, isFull, pieces)
  return pieces
}

function segmentsOf(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const segments: Uint8Array[] = []
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) segments.push(bytes.subarray(at, at + size))
    at += size
  }
  return segments
}

describe('a length field that can be read', () => {
  test.each(CLEAR)('cuts what shares a segment: %s', (name) => {
    const { bytes, wires } = sent(name, [17, 35, 1, 1500])
    expect(cut(new MessageCutter(suiteNamed(name)), [bytes])).toEqual(wires)
  })

  test('gives the same messages however the stream is cut into segments', () => {
    fc.assert(
      fc.property(
        clearName,
        fc.array(payload, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 }),
        (name, payloads, sizes) => {
          const { bytes, wires } = sent(name, payloads)
          expect(cut(new MessageCutter(suiteNamed(name)), segmentsOf(bytes, sizes))).toEqual(wires)
        },
      ),
    )
  })

  test.each(CLEAR)('that is no length of a message loses the way: %s', (name) => {
    const cutter = new MessageCutter(suiteNamed(name))
    for (const length of [0, 15, 33, 262_160, 0xffffffff]) {
      const bytes = Buffer.alloc(100)
      bytes.writeUInt32BE(length)
      expect(cut(cutter, [bytes])).toEqual([])
      expect(cutter.isLost).toBe(true)
    }
  })

  test('is found again where a segment holds one message and no more', () => {
    fc.assert(
      fc.property(clearName, payload, payload, (name, before, behind) => {
        const cutter = new MessageCutter(suiteNamed(name))
        const { bytes } = sent(name, [before])
        expect(cut(cutter, [bytes.subarray(0, 10)])).toEqual([])
        cutter.tear()
        expect(cutter.isLost).toBe(true)
        expect(cut(cutter, [bytes.subarray(20), sent(name, [7, 9]).bytes])).toEqual([])
        expect(cutter.isLost).toBe(true)
        const { bytes: next, wires } = sent(name, [behind])
        expect(cut(cutter, [next])).toEqual(wires)
        expect(cutter.isLost).toBe(false)
      }),
    )
  })

  test('is enough: what lies behind it need not be captured', () => {
    const { bytes, wires } = sent('gcm', [900])
    const cutter = new MessageCutter(suiteNamed('gcm'))
    const pieces: number[] = []
    cutter.take(bytes.subarray(0, 60), bytes.length, false, pieces)
    expect(pieces).toEqual(wires)
  })

  test('that a short capture has not kept loses the way', () => {
    const { bytes } = sent('gcm', [900, 20])
    const cutter = new MessageCutter(suiteNamed('gcm'))
    const pieces: number[] = []
    cutter.take(bytes.subarray(0, 60), bytes.length, false, pieces)
    expect(pieces).toHaveLength(1)
    expect(cutter.isLost).toBe(true)
    expect(cut(cutter, [sent('gcm', [5]).bytes.subarray(0, 3)])).toEqual([])
    expect(cutter.isLost).toBe(true)
  })

  test('waits for nothing when the other side answers', () => {
    const cutter = new MessageCutter(suiteNamed('gcm'))
    cut(cutter, [sent('gcm', [900]).bytes.subarray(0, 100)])
    expect(cutter.answered()).toBe(0)
  })
})

describe('a length field that is encrypted', () => {
  test.each(HIDDEN)('makes a segment one piece: %s', (name) => {
    const suite = suiteNamed(name)
    const { bytes, wires } = sent(name, [17, 35])
    expect(cut(new MessageCutter(suite), [bytes])).toEqual([wires[0]! + wires[1]!])
    expect(cut(new MessageCutter(suite), [sent(name, [17]).bytes])).toEqual([wires[0]])
  })

  test.each(HIDDEN)('puts together what can be no message by itself: %s', (name) => {
    const { bytes, wires } = sent(name, [300])
    expect(cut(new MessageCutter(suiteNamed(name)), [bytes.subarray(0, 65), bytes.subarray(65)])).toEqual(
      wires,
    )
  })

  test.each(HIDDEN)('lets a full segment go on in the next: %s', (name) => {
    const suite = suiteNamed(name)
    const cutter = new MessageCutter(suite)
    const { bytes, wires } = sent(name, [2900])
    const full = wireLength(suite, 1400)
    const pieces: number[] = []
    cutter.take(bytes.subarray(0, full), full, true, pieces)
    expect(pieces).toEqual([])
    cutter.take(bytes.subarray(full), bytes.length - full, false, pieces)
    expect(pieces).toEqual(wires)
  })

  test('has no more to come when the other side answers', () => {
    const cutter = new MessageCutter(suiteNamed('chacha20'))
    const wire = wireLength(suiteNamed('chacha20'), 1400)
    expect(cut(cutter, [Buffer.alloc(wire)], true)).toEqual([])
    expect(cutter.answered()).toBe(wire)
    expect(cutter.answered()).toBe(0)
  })

  test('waits on when what came is no message', () => {
    const cutter = new MessageCutter(suiteNamed('chacha20'))
    expect(cut(cutter, [Buffer.alloc(37)])).toEqual([])
    expect(cutter.answered()).toBe(0)
    expect(cut(cutter, [Buffer.alloc(15)])).toEqual([52])
  })

  test('begins anew behind a loss', () => {
    const cutter = new MessageCutter(suiteNamed('chacha20'))
    cut(cutter, [Buffer.alloc(37)])
    cutter.tear()
    expect(cutter.isLost).toBe(true)
    expect(cut(cutter, [Buffer.alloc(44)])).toEqual([44])
    expect(cutter.isLost).toBe(false)
  })

  test('puts no more together than a bound', () => {
    const cutter = new MessageCutter(suiteNamed('chacha20'))
    const pieces = cut(
      cutter,
      Array.from({ length: 100 }, () => Buffer.alloc(1400)),
      true,
    )
    expect(pieces.length).toBeGreaterThan(1)
    expect(Math.max(...pieces)).toBeLessThan(65_536 + 1400)
  })
})

test('random bytes never throw, and no piece is longer than what came', () => {
  const segment = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.boolean(), fc.nat(50), fc.boolean())
  fc.assert(
    fc.property(fc.constantFrom(...SUITE_NAMES), fc.array(segment, { maxLength: 40 }), (name, segments) => {
      const cutter = new MessageCutter(suiteNamed(name))
      const pieces: number[] = []
      let size = 0
      for (const [bytes, isFull, missing, isTorn] of segments) {
        if (isTorn) cutter.tear()
        cutter.take(bytes, bytes.length + missing, isFull, pieces)
        size += bytes.length + missing
      }
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBeLessThanOrEqual(size)
    }),
  )
})

describe('a length on the wire', () => {
  test('is that of as few messages as may be', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SUITE_NAMES),
        fc.array(payload, { minLength: 1, maxLength: 3 }),
        (name, some) => {
          const suite = suiteNamed(name)
          const wire = some.reduce((sum, one) => sum + wireLength(suite, one), 0)
          expect(couldBe(suite, wire)).toBe(true)
          expect(lumped(suite, wire)).toBeGreaterThan(0)
          expect(lumped(suite, wire)).toBeLessThanOrEqual(some.length)
        },
      ),
    )
  })

  test('shorter than any message is none', () => {
    for (const name of SUITE_NAMES) {
      const suite = suiteNamed(name)
      expect(lumped(suite, shortestWireLength(suite) - suite.block)).toBe(0)
      expect(couldBe(suite, 0)).toBe(false)
    }
  })

  test('that no few messages come to is none', () => {
    const md5 = suiteNamed('ctr, md5')
    expect([33, 100, 1000].map((wire) => lumped(md5, wire))).toEqual([0, 0, 0])
    // Tags of 20 bytes: two messages are 8 bytes off the blocks, three 12.
    const sha1 = suiteNamed('ctr, sha1')
    expect([36, 72, 108, 144].map((wire) => lumped(sha1, wire))).toEqual([1, 2, 3, 4])
  })
})
