import { describe, expect, it } from 'vitest'
import { SHED_SHARES } from '../../../src/flow/flow-table.ts'
import { LONGEST_LAG_MS, Overload } from '../../../src/sensor/overload.ts'

const CALM = { lagMs: LONGEST_LAG_MS, dropped: 0 }

describe('overload', () => {
  it.each([{ lagMs: LONGEST_LAG_MS + 1 }, { dropped: 1 }])('begins with %o', (sign) => {
    const overload = new Overload()
    expect(overload.look(CALM)).toBeUndefined()
    expect(overload.shares).toBe(0)
    expect(overload.look({ ...CALM, ...sign })).toBe('begun')
    expect(overload.shares).toBeGreaterThan(0)
  })

  it('sheds more while it lasts, but never all', () => {
    const overload = new Overload()
    const changes = Array.from({ length: 50 }, () => overload.look({ ...CALM, dropped: 9 }))
    expect(changes.filter((change) => change !== undefined)).toEqual(['begun'])
    expect(overload.shares).toBe(SHED_SHARES - 1)
  })

  it('is over when all has been calm for a while, share by share', () => {
    const overload = new Overload()
    overload.look({ ...CALM, dropped: 1 })
    const { shares } = overload
    const changes: unknown[] = []
    for (let looks = 0; overload.shares > 0; looks++) {
      expect(looks).toBeLessThan(100)
      changes.push(overload.look(CALM))
    }
    expect(changes.length).toBeGreaterThan(shares)
    expect(changes.filter((change) => change !== undefined)).toEqual(['over'])
    expect(changes.at(-1)).toBe('over')
  })
})
