import { describe, expect, it } from 'vitest'
import type { Hit } from '../../../../src/model/report.ts'
import { compileProgram } from '../../../../src/signature/compile-program.ts'
import { formatProfile } from '../../../../src/workbench/profile/format-profile.ts'
import { PROFILE_ORDERS, Profiler } from '../../../../src/workbench/profile/profile.ts'

const { program } = compileProgram([
  {
    name: 'a.sig',
    text: '#: sid=1\ntcp * = c1 s2 c3 : one\n#: sid=2\ntcp * = c4 s5 : two\n#: sid=3\ntcp * c1 s1{1,2} : three\n#: sid=4\ncount a.b by client within 1h where hits > 1 : four\n',
  },
])

function profiled() {
  const profiler = new Profiler(program)
  const { signatures, sequences } = profiler.watch
  signatures.begun(0, 3)
  signatures.round()
  signatures.offered(0, 4)
  signatures.offered(0, 9)
  signatures.refused(1)
  sequences.begun(0, 1)
  sequences.asked(0)
  const two = program.signatures[1]
  for (const time of [7e6, 5e6]) profiler.hit({ signature: two, time } as unknown as Hit)
  return profiler
}

describe('Profiler', () => {
  it('counts steps, the longest and the most at once, and shares them out', () => {
    const rows = profiled().rows('sid')
    expect(rows.map(({ signature: { sid }, steps, share }) => [sid, steps, share])).toEqual([
      [1, 3, 0.75],
      [2, 0, 0],
      // It has no condition to ask.
      [3, 1, 0.25],
      [4, 0, 0],
    ])
    expect(rows[0]?.work).toMatchObject({ begun: 1, longest: 9, atOnce: 2, dropped: 0 })
    expect(rows[1]).toMatchObject({ work: { dropped: 1 }, hits: 2, lastHit: 7e6 })
    expect(rows[3]?.work).toBeUndefined()
  })

  it('counts what is at once anew for every element', () => {
    const profiler = new Profiler(program)
    for (let i = 0; i < 3; i++) {
      profiler.watch.signatures.round()
      profiler.watch.signatures.offered(0, 4)
    }
    expect(profiler.rows('sid')[0]?.work).toMatchObject({ atOnce: 1, offered: 3 })
  })

  it.each(PROFILE_ORDERS)('sorts by %s', (order) => {
    const sids = profiled()
      .rows(order)
      .map(({ signature }) => signature.sid)
    const first = { share: 1, begun: 1, dropped: 2, hits: 2, last: 2, sid: 1 }[order]
    expect(sids[0]).toBe(first)
    expect([...sids].sort()).toEqual([1, 2, 3, 4])
  })
})

describe('formatProfile', () => {
  it('ends with how many hit, began and never began', () => {
    const lines = formatProfile(profiled().rows('share'), Number.POSITIVE_INFINITY)
    expect(lines.at(-1)).toBe(
      '4 signatures: 1 hit, 2 began and never hit, 1 never began; 1 match was dropped by a bound',
    )
  })

  it('shows the first so many, and says that there are more', () => {
    const lines = formatProfile(profiled().rows('share'), 1)
    expect(lines).toContain('and 3 more: --top 4 shows all')
  })
})
