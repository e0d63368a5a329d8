import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AgingMap } from '../../../src/core/aging-map.ts'

const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constant('delete' as const), key: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ kind: fc.constant('drop' as const), key: fc.constant(0) }),
  fc.record({ kind: fc.constant('look' as const), key: fc.constant(0) }),
)

test('the oldest is the one that was set longest ago', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const map = new AgingMap<number, number>()
      let keys: number[] = []
      for (const [time, { kind, key }] of steps.entries()) {
        const gone = kind === 'drop' ? keys[0] : key
        if (kind !== 'look') keys = keys.filter((known) => known !== gone)
        if (kind === 'set') {
          map.set(key, time)
          keys.push(key)
        } else if (kind !== 'look' && gone !== undefined) map.delete(gone)
        expect(map.size).toBe(keys.length)
        if (kind !== 'set') expect(map.oldest?.[0]).toBe(keys[0])
      }
    }),
  )
})
