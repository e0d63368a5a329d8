import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoggedHit } from '../../../../src/workbench/diff/hit-log.ts'
import { pairHits } from '../../../../src/workbench/diff/pair-hits.ts'
import { head, hit } from './hits.ts'

const paired = (old: readonly LoggedHit[], now: readonly LoggedHit[]) =>
  pairHits(old, now).map(([one, two]) => [one && old.indexOf(one), two && now.indexOf(two)])

describe('pairHits', () => {
  it('pairs the same signature at the same place before others there', () => {
    const old = [hit(1, 1, 4, head(1)), hit(1, 1, 4, head(2))]
    const now = [hit(1, 1, 4, head(2)), hit(1, 1, 4, head(1))]
    expect(paired(old, now)).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  it('pairs other signatures at the same place, those of the same name first', () => {
    const old = [hit(1, 1, 4, head(1)), hit(1, 1, 4, head(2, { description: 'x' }))]
    const now = [hit(1, 1, 4, head(3, { description: 'x' })), hit(1, 1, 4, head(4))]
    expect(paired(old, now)).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('pairs hits of one signature that have packets in common, in their order', () => {
    const old = [hit(1, 1, 4, head(1)), hit(1, 10, 14, head(1)), hit(1, 20, 24, head(1))]
    const now = [hit(1, 11, 15, head(1)), hit(1, 21, 25, head(1))]
    expect(paired(old, now)).toEqual([
      [1, 0],
      [2, 1],
      [0, undefined],
    ])
  })

  it('never pairs hits of different flows', () => {
    expect(paired([hit(1, 1, 4, head(1))], [hit(2, 1, 4, head(1))])).toEqual([
      [0, undefined],
      [undefined, 0],
    ])
  })

  it('pairs hits that were counted over flows by whom they are about', () => {
    const old = [hit(3, 9, 9, head(7), '10.0.0.1')]
    const now = [hit(4, 9, 9, head(7), '10.0.0.2'), hit(5, 9, 9, head(7), '10.0.0.1')]
    expect(paired(old, now)).toEqual([
      [0, 1],
      [undefined, 0],
    ])
  })

  it('has every hit in one pair, and all alike when nothing changed', () => {
    const hits = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.nat(9), fc.nat(3), fc.integer({ min: 1, max: 3 }))
        .map(([flow, first, more, sid]) => hit(flow, first, first + more, head(sid))),
    )
    fc.assert(
      fc.property(hits, hits, (old, now) => {
        const pairs = pairHits(old, now)
        expect(new Set(pairs.map(([one]) => one)).size).toBe(old.length + (pairs.length > old.length ? 1 : 0))
        expect(pairs.flatMap(([, two]) => two ?? []).length).toBe(now.length)
        const same = pairHits(old, [...old])
        expect(
          same.every(([one, two]) => one?.first === two?.first && one?.signature.sid === two?.signature.sid),
        ).toBe(true)
      }),
    )
  })
})
