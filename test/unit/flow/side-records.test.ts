import { describe, expect, test } from 'vitest'
import { HEAD, LENGTH, SEQ, SideRecords, WAITING } from '../../../src/flow/side-records.ts'
import { EXTRA, RECORD_WORDS } from '../../../src/model/flow-record.ts'

const flows = new Int32Array(RECORD_WORDS * 10)
const flow = (n: number) => n * RECORD_WORDS

/** Takes the segments of an end out, in order: their sequence numbers and lengths. */
const drain = (sides: SideRecords, side: number, end: number) => {
  const found: [number, number][] = []
  for (
    let head = sides.words[side + HEAD + end] ?? 0;
    head !== 0;
    head = sides.words[side + HEAD + end] ?? 0
  ) {
    found.push([sides.segments[head + SEQ] ?? 0, sides.segments[head + LENGTH] ?? 0])
    sides.dropFirst(side, end)
  }
  return found
}

const fresh = (sideCount = 4, segments = 8) => {
  flows.fill(0)
  return new SideRecords(sideCount, segments, 0)
}

describe('side records', () => {
  test('are made once for a flow and named in its record', () => {
    const sides = fresh()
    const side = sides.of(flows, flow(1))
    expect(side).toBeGreaterThan(0)
    expect(sides.of(flows, flow(1))).toBe(side)
    expect(flows[flow(1) + EXTRA]).toBe(side)
  })

  test('are bounded, and come back clean when freed', () => {
    const sides = fresh(2)
    const one = sides.of(flows, flow(1))
    sides.addMissing(one, 5e9)
    expect(sides.missing(one)).toBe(5e9)
    expect(sides.of(flows, flow(2))).toBeGreaterThan(0)
    expect(sides.of(flows, flow(3))).toBe(0)
    sides.free(one)
    expect(sides.of(flows, flow(3))).toBe(one)
    expect(sides.missing(one)).toBe(0)
  })
})

describe('waiting segments', () => {
  test('stand in sequence order, equal ones in the order they came, across the wrap', () => {
    const sides = fresh()
    const side = sides.of(flows, flow(1))
    const seqs = [10, -10, 5, 10, 0x7fffffff - 0x7ffffff0, -10]
    for (const [i, seq] of seqs.entries()) sides.insert(side, 0, sides.segment(seq, i, 0, i))
    expect(drain(sides, side, 0)).toEqual([
      [-10, 1],
      [-10, 5],
      [5, 2],
      [10, 0],
      [10, 3],
      [15, 4],
    ])
  })

  test('of both ends are kept apart and counted together', () => {
    const sides = fresh()
    const side = sides.of(flows, flow(1))
    sides.insert(side, 0, sides.segment(1, 1, 0, 0))
    sides.insert(side, 1, sides.segment(2, 2, 0, 0))
    expect(sides.words[side + WAITING]).toBe(2)
    expect(drain(sides, side, 1)).toEqual([[2, 2]])
    expect(drain(sides, side, 0)).toEqual([[1, 1]])
    expect(sides.words[side + WAITING]).toBe(0)
  })

  test('are bounded, and used again', () => {
    const sides = fresh(4, 3)
    const side = sides.of(flows, flow(1))
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3; i++) sides.insert(side, 0, sides.segment(i, 1, 0, 0))
      expect(sides.segment(9, 1, 0, 0)).toBe(0)
      expect(drain(sides, side, 0)).toHaveLength(3)
    }
  })

  test('keep their arrival to the microsecond', () => {
    const sides = fresh()
    const arrival = 1_700_000_000_123_457
    expect(sides.arrival(sides.segment(1, 1, 0, arrival))).toBe(arrival)
  })
})

describe('the flow that has waited longest', () => {
  test('is the one that began to wait first', () => {
    const sides = fresh()
    const [one, two, three] = [1, 2, 3].map((n) => sides.of(flows, flow(n))) as [number, number, number]
    for (const side of [two, one, three, two]) sides.insert(side, 0, sides.segment(1, 1, 0, 0))
    expect(sides.longestWaiting()).toBe(flow(2))
    drain(sides, one, 0)
    expect(sides.longestWaiting()).toBe(flow(2))
    drain(sides, two, 0)
    expect(sides.longestWaiting()).toBe(flow(3))
    sides.insert(two, 0, sides.segment(1, 1, 0, 0))
    drain(sides, three, 0)
    sides.free(three)
    expect(sides.longestWaiting()).toBe(flow(2))
    drain(sides, two, 0)
    expect(sides.longestWaiting()).toBe(0)
  })
})
