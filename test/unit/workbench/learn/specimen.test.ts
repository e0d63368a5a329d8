import { describe, expect, it } from 'vitest'
import { specimenOf } from '../../../../src/workbench/learn/specimen.ts'
import { THRESHOLD } from '../exchanges.ts'
import { traceOf } from '../traces.ts'

describe('a specimen of packets', () => {
  it('knows delays, pauses, gaps and the first element', () => {
    const tokens = specimenOf(traceOf('< +2s c1 s2 ! c3 +700ms c4'), 'packets', THRESHOLD)?.tokens ?? []
    expect(tokens.map(({ delay }) => delay)).toEqual([2_000_000, 1000, undefined, 700_000])
    expect(tokens.map(({ isPause }) => isPause)).toEqual([true, false, false, true])
    expect(tokens.map(({ isTorn }) => isTorn)).toEqual([false, false, true, false])
    expect(tokens.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false])
  })

  it('has no first element when the start was not seen, or something is missing before it', () => {
    const first = (text: string) => specimenOf(traceOf(text), 'packets', THRESHOLD)?.tokens[0]?.isFirst
    expect([first('c1'), first('< ! c1'), first('< c1')]).toEqual([false, false, true])
  })

  it('has an end only where nothing is missing before it', () => {
    const endSeen = (text: string) => specimenOf(traceOf(text), 'packets', THRESHOLD)?.endSeen
    expect([endSeen('c1'), endSeen('c1 >'), endSeen('c1 ! >')]).toEqual([false, true, false])
  })

  it('is none without an element', () => {
    expect(specimenOf(traceOf('!'), 'packets', THRESHOLD)).toBeUndefined()
    expect(specimenOf(traceOf('c1'), 'messages', THRESHOLD)).toBeUndefined()
  })
})

it('of messages knows names, payloads and phases, and takes the round trip off', () => {
  const trace = traceOf('c:SERVICE_REQUEST +2s c:PASSWORD s:FAILURE', { protocol: 'ssh' })
  const tokens = specimenOf(trace, 'messages', THRESHOLD)?.tokens ?? []
  expect(tokens.map(({ name }) => name)).toEqual(['SERVICE_REQUEST', 'PASSWORD', 'FAILURE'])
  expect(tokens[1]).toMatchObject({ delay: 2_000_000, own: 1_999_000, isPause: true, phases: ['auth'] })
  expect(tokens[0]?.payload?.[0]).toBeLessThanOrEqual(17)
})
