import { describe, expect, it } from 'vitest'
import { compareHits } from '../../../../src/workbench/diff/compare-hits.ts'
import { HitLog, type LoggedHit } from '../../../../src/workbench/diff/hit-log.ts'
import { head, hit } from './hits.ts'

function log(hits: readonly LoggedHit[]): HitLog {
  const made = new HitLog()
  made.hits.push(...hits)
  return made
}

const headsOf = (hits: readonly LoggedHit[]) => [...new Set(hits.map(({ signature }) => signature))]
const compare = (old: readonly LoggedHit[], now: readonly LoggedHit[]) =>
  compareHits(log(old), log(now), { old: headsOf(old), now: headsOf(now) })

describe('compareHits', () => {
  it('finds nothing where nothing changed', () => {
    const hits = [hit(1, 1, 4, head(1))]
    expect(compare(hits, hits)).toMatchObject({ total: { old: 1, now: 1, gained: 0, lost: 0 }, changes: [] })
  })

  it('tells gained from lost, by flow and by signature', () => {
    const one = head(1)
    const two = head(2)
    const { total, changes, signatures } = compare(
      [hit(1, 1, 4, one), hit(2, 1, 4, one)],
      [hit(1, 1, 4, one), hit(3, 1, 4, two)],
    )
    expect(total).toEqual({ old: 2, now: 2, gained: 1, lost: 1, changed: 0 })
    expect(changes.map(({ flow, changes: list }) => [flow.id, list.map(({ kind }) => kind)])).toEqual([
      [2, ['lost']],
      [3, ['gained']],
    ])
    expect(signatures).toMatchObject([
      { sid: 1, old: 2, now: 1, gained: 0, lost: 1, after: { sid: 1 } },
      { sid: 2, old: 0, now: 1, gained: 1, lost: 0, before: undefined },
    ])
  })

  it('says in what a hit differs', () => {
    const was = head(1, { class: 'a', severity: 2 })
    const is = head(2, { class: 'b', severity: 1, description: 'other' })
    const [flow] = compare([hit(1, 1, 4, was)], [hit(1, 1, 4, is)]).changes
    expect(flow?.changes).toMatchObject([
      { kind: 'changed', differs: ['signature', 'description', 'class', 'severity'] },
    ])
    const [moved] = compare([hit(1, 1, 4, was)], [hit(1, 2, 4, was)]).changes
    expect(moved?.changes).toMatchObject([{ kind: 'changed', differs: ['place'] }])
  })

  it('counts a hit that went over to another signature with both', () => {
    const { signatures } = compare([hit(1, 1, 4, head(1))], [hit(1, 1, 4, head(2))])
    expect(signatures.map(({ sid, changed }) => [sid, changed])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  it('lists a statement that changed and hits nothing', () => {
    const old = [head(1), head(2)]
    const now = [head(1), head(2, { text: 'tcp * = c9 : signature 2' }), head(3)]
    const { signatures } = compareHits(log([]), log([]), { old, now })
    expect(signatures.map(({ sid }) => sid)).toEqual([2, 3])
  })
})
