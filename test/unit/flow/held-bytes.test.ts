import { describe, expect, test } from 'vitest'
import { HeldBytes } from '../../../src/flow/held-bytes.ts'

const bytes = (length: number, from = 0) => Uint8Array.from({ length }, (_, i) => (from + i * 7) & 255)

function gathered(held: HeldBytes, first: number, length: number): Uint8Array {
  held.gather(first, length)
  return held.gathered.slice(0, length)
}

describe('held bytes', () => {
  test('come back as they were, over any number of pieces', () => {
    const held = new HeldBytes(8192)
    for (const length of [1, 511, 512, 513, 1460, 4000]) {
      const data = bytes(length + 20, length)
      const first = held.hold(data, 10, length)
      expect(gathered(held, first, length)).toEqual(data.subarray(10, 10 + length))
      held.release(first)
    }
  })

  test('of several segments stay apart', () => {
    const held = new HeldBytes(4096)
    const one = held.hold(bytes(600, 1), 0, 600)
    const two = held.hold(bytes(600, 2), 0, 600)
    expect(gathered(held, one, 600)).toEqual(bytes(600, 1))
    expect(gathered(held, two, 600)).toEqual(bytes(600, 2))
  })

  test('are refused whole when the room is used up, and taken again once some is free', () => {
    const held = new HeldBytes(1024)
    const one = held.hold(bytes(600), 0, 600)
    expect(held.hold(bytes(600), 0, 600)).toBe(0)
    held.release(one)
    expect(held.hold(bytes(1024), 0, 1024)).not.toBe(0)
  })

  test('without room nothing is held', () => {
    expect(new HeldBytes(0).hold(bytes(1), 0, 1)).toBe(0)
  })
})
