import { describe, expect, it } from 'vitest'
import { examplesOf, hitsWith } from '../../../../src/workbench/learn/examples-of.ts'
import { type LearnOptions, learn } from '../../../../src/workbench/learn/learn.ts'
import type { Stream } from '../../../../src/workbench/learn/specimen.ts'
import { THRESHOLD } from '../exchanges.ts'
import { specimensOf } from '../traces.ts'

const OPTIONS: LearnOptions = {
  thresholdMicros: THRESHOLD,
  minLength: undefined,
  port: 'any',
  description: 'a',
}

function examples(
  match: readonly string[],
  not: readonly string[] = [],
  options: Partial<LearnOptions> = {},
  stream: Stream = 'packets',
): readonly string[] {
  const specimens = specimensOf(match, stream)
  const lesson = learn(specimens, specimensOf(not, stream), stream, { ...OPTIONS, ...options })
  if (lesson.kind !== 'learnt') throw new Error(lesson.kind)
  const own = hitsWith(specimens, lesson.hits)
  return examplesOf(lesson.statement, own, lesson.nearMisses, THRESHOLD, { match: 3, not: 2 })
}

describe('examples', () => {
  it('show a little around what is hit', () => {
    expect(examples(['s3 s4 s5 c1 + s2 c1 s77 s78', 'c1 + s2 c1 c6'])).toEqual([
      '#+ s4 s5 c1 + s2 c1 s77',
      '#+ c1 + s2 c1 c6',
    ])
  })

  it('begin and end where the signature does', () => {
    expect(examples(['< s41 >', '< s22 >', '< s22 >'])).toEqual(['#+ < s41 >', '#+ < s22 >'])
  })

  it('stop at gaps', () => {
    expect(examples(['s3 ! c1 s2 ! c9', 'c1 s2'])).toEqual(['#+ c1 s2'])
  })

  it('say how long pauses are where the signature asks', () => {
    expect(examples(['c5 +2s s9', 'c5 +3s s9'], ['c5 +40s s9'])).toEqual([
      '#+ c5 +2s s9',
      '#+ c5 +3s s9',
      '#- c5 +40s s9',
    ])
  })

  it('name a port where it is another than the usual one', () => {
    const specimens = [
      ...specimensOf(['c1 s2'], 'packets', { port: 25 }),
      ...specimensOf(['c1 s2'], 'packets', { port: 26 }),
    ]
    const lesson = learn(specimens, [], 'packets', { ...OPTIONS, port: 'common' })
    if (lesson.kind !== 'learnt') throw new Error(lesson.kind)
    const own = hitsWith(specimens, lesson.hits)
    expect(examplesOf(lesson.statement, own, [], THRESHOLD, { match: 3, not: 0 })).toEqual([
      '#+ c1 s2',
      '#+ port 26: c1 s2',
    ])
  })

  it('are made of messages for statements about messages', () => {
    const lines = examples(['c:PASSWORD s:FAILURE'], [], {}, 'messages')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^#\+ c:PASSWORD\(\d+\) s:FAILURE\(\d+\)$/)
  })
})
