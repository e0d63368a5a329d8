import { describe, expect, it } from 'vitest'
import { formatPattern } from '../../../../src/signature/format-statement.ts'
import { type LearnOptions, type Lesson, learn } from '../../../../src/workbench/learn/learn.ts'
import type { Stream } from '../../../../src/workbench/learn/specimen.ts'
import { THRESHOLD } from '../exchanges.ts'
import { specimensOf } from '../traces.ts'

const OPTIONS: LearnOptions = {
  thresholdMicros: THRESHOLD,
  minLength: undefined,
  port: 'any',
  description: 'drafted',
}

function taught(
  match: readonly string[],
  not: readonly string[] = [],
  options: Partial<LearnOptions> = {},
  stream: Stream = 'packets',
): Lesson {
  return learn(specimensOf(match, stream), specimensOf(not, stream), stream, { ...OPTIONS, ...options })
}

function pattern(lesson: Lesson): string {
  return lesson.kind === 'learnt' ? formatPattern(lesson.statement) : lesson.kind
}

describe('what is learnt', () => {
  it('is the longest block that all flows have', () => {
    expect(pattern(taught(['c9 s12 c12 s28 + c52 s1', 's12 c12 s28 + c52 c7', 's5 s12 c12 s28 + c52']))).toBe(
      'tcp * = s12 c12 s28 + c52',
    )
  })

  it('has every flow to match as a hit, and tells where', () => {
    const lesson = taught(['c1 c1 s40 c41', 's40 c41'])
    expect(lesson).toMatchObject({
      kind: 'learnt',
      hits: [
        { first: 3, last: 4 },
        { first: 1, last: 2 },
      ],
    })
  })

  it('leaves out what only some flows have', () => {
    expect(pattern(taught(['< c23 s40 c900 s1000 c48', '< c23 s41 s800 c900 s1000 c48']))).toBe(
      'tcp * < c23 s41/1 any? c900 s1000 c48',
    )
  })

  it('is narrowed by times where nothing else tells', () => {
    const lesson = taught(['c5 +2s s9', 'c5 +3s s9'], ['c5 +40s s9'])
    expect(pattern(lesson)).toBe('tcp * c5 +..3s s9')
  })

  it('is not tied to an end that it does not need', () => {
    const long = 'c1 s2 c3 s4 c5 s6 c7 s8 c9 s10'
    expect(pattern(taught([`< ${long} >`, `< ${long} >`]))).toBe(`tcp * = < ${long}`)
    expect(pattern(taught([`< ${long} >`], [`< ${long} c1`]))).toBe(`tcp * = < ${long} >`)
  })

  it('may be a single packet where that is a whole flow', () => {
    expect(pattern(taught(['< s41 >', '< s22 >']))).toBe('tcp * = < s32/10 >')
    expect(pattern(taught(['c1 s2'], [], { minLength: 3 }))).toBe('nothing-common')
  })

  it('knows what it nearly hits', () => {
    const lesson = taught(['c5 + s9', 'c5 + s9'], ['c6 c77', 'c5 + s8'])
    expect(lesson.kind === 'learnt' && lesson.nearMisses.length).toBeGreaterThan(0)
  })

  it('names common ports when asked', () => {
    const flows = specimensOf(['c1 s2'], 'packets', { port: 25 })
    expect(pattern(learn(flows, [], 'packets', { ...OPTIONS, port: 'common' }))).toBe('tcp 25 = c1 s2')
    const pings = specimensOf(['c56 s56'], 'packets', { protocol: 'icmp' })
    expect(pattern(learn(pings, [], 'packets', { ...OPTIONS, port: 'common' }))).toBe('icmp * = c56 s56')
  })

  it('is a statement about messages for messages', () => {
    const lesson = taught(
      ['c:PASSWORD s:FAILURE', 'c:PASSWORD s:FAILURE'],
      ['c:PASSWORD s:SUCCESS'],
      {},
      'messages',
    )
    expect(pattern(lesson)).toBe('ssh * <newkeys c:PASSWORD s:FAILURE')
  })
})

describe('what is not learnt', () => {
  it('is defeated by a flow that has all of it, beside the one that is most like it', () => {
    const lesson = taught(['c5 s9', 'c5 s7'], ['c1 c1', 'c1 c5 s7'])
    expect(lesson).toMatchObject({ kind: 'defeat', wrong: 1, not: { hit: { first: 2, last: 3 } } })
    if (lesson.kind !== 'defeat') return
    expect(lesson.match.specimen.tokens[1]?.size).toBe(7)
    expect(lesson.not.specimen.tokens).toHaveLength(3)
  })

  it('has nothing in common to begin with', () => {
    const lesson = taught(['c5 s9', 's1 s2 s3', 'c5 s9 c4'])
    expect(lesson).toMatchObject({ kind: 'nothing-common', longest: 1 })
    if (lesson.kind !== 'nothing-common') return
    expect(lesson.pair.map(({ tokens }) => tokens.length)).toEqual([2, 3])
  })
})
