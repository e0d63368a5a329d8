import { describe, expect, it } from 'vitest'
import { formatPattern } from '../../../../src/signature/format-statement.ts'
import { gappedAlignment } from '../../../../src/workbench/learn/align.ts'
import { blockOf, type Draft, draftOf, statementOf } from '../../../../src/workbench/learn/draft.ts'
import type { Stream } from '../../../../src/workbench/learn/specimen.ts'
import { specimensOf } from '../traces.ts'

function draft(texts: readonly string[], stream: Stream = 'packets'): Draft {
  const specimens = specimensOf(texts, stream)
  const block = blockOf(specimens, gappedAlignment(specimens), stream)
  if (block === undefined) throw new Error('no block')
  return draftOf(block)
}

const usual = (texts: readonly string[], stream: Stream = 'packets') =>
  formatPattern(statementOf(draft(texts, stream), [], 'a'))

describe('a draft over packets', () => {
  it('says constants, ranges and pauses', () => {
    expect(usual(['c12 s20 + c5', 'c12 s30 + c5'])).toBe('tcp * = c12 s25/5 + c5')
    expect(usual(['c12 s20', 'c12 s23'])).toBe('tcp * = c12 s22/2')
  })

  it('says `+?` where only some paused, but not before the first packet', () => {
    expect(usual(['c1 + s2', 'c1 s2'])).toBe('tcp * c1 +? s2')
    expect(usual(['+ c1 s2', 'c1 s2'])).toBe('tcp * = c1 s2')
  })

  it('says that a packet repeats another one', () => {
    expect(usual(['s12 c12 s28', 's44 c44 s28'])).toBe('tcp * = s28/16 c@1 s28')
    expect(usual(['c10 s18', 'c20 s28', 'c31 s39'])).toBe('tcp * c21/11 s@1+8')
  })

  it('takes no number that two flows share by chance for a relation', () => {
    expect(usual(['c10 s18', 'c20 s28'])).toBe('tcp * = c15/5 s23/5')
  })

  it('counts what is left out as the language does', () => {
    expect(usual(['c40 s9 s40', 'c44 s44'])).toBe('tcp * c42/2 any? s@1')
  })

  it('is tied to start and end where all flows are', () => {
    expect(usual(['< c1 s2 >', '< c1 s3 >'])).toBe('tcp * = < c1 s3/1 >')
    expect(usual(['< c1 s2 >', 'c1 s3 >'])).toBe('tcp * = c1 s3/1 >')
  })

  it('names the ports that it is given', () => {
    const some = draft(['c1 s2'])
    const ports = [22, 2222].map((port) => ({ low: port, high: port }))
    expect(formatPattern(statementOf(some, ports, 'a'))).toBe('tcp 22,2222 c1 s2')
    expect(formatPattern(statementOf(some, ports.slice(0, 1), 'a'))).toBe('tcp 22 = c1 s2')
  })

  it('can say the times', () => {
    const some = draft(['c1 +2s s2', 'c1 +3123ms s2'])
    const said = (k: number) =>
      formatPattern(statementOf({ ...some, pauses: some.pauses.with(1, k) }, [], 'a'))
    expect([1, 2, 3].map(said)).toEqual(['tcp * c1 +2s.. s2', 'tcp * c1 +..3.2s s2', 'tcp * c1 +2s..3.2s s2'])
  })
})

describe('a draft over messages', () => {
  it('says names, and lengths of what has none', () => {
    expect(
      usual(['c:PASSWORD s:FAILURE c:ssh(10)', 'c:PASSWORD(60) s:FAILURE c:ssh(10)'], 'messages'),
    ).toMatch(/^ssh \* <newkeys c:PASSWORD s:FAILURE c:ssh\(\d+\)$/)
  })

  it('says how long greetings are, where they all are', () => {
    expect(usual(['< s:VERSION(40) c:VERSION(23)', '< s:VERSION(41) c:VERSION(23)'], 'messages')).toBe(
      'ssh * < s:VERSION c23',
    )
  })

  it('is tied to a phase where the flow is not', () => {
    expect(
      usual(['c:SERVICE_REQUEST s:SERVICE_ACCEPT', 'c:SERVICE_REQUEST s:SERVICE_ACCEPT'], 'messages'),
    ).toBe('ssh * <newkeys c:SERVICE_REQUEST s:SERVICE_ACCEPT')
  })

  it('says times less the round trip', () => {
    const some = draft(['s:FAILURE +2s c:PASSWORD', 's:FAILURE +4s c:PASSWORD'], 'messages')
    const said = formatPattern(statementOf({ ...some, pauses: some.pauses.with(1, 1) }, [], 'a'))
    expect(said).toMatch(/^ssh \* <newkeys s:FAILURE \+1\.9s\.\.-rtt c:PASSWORD$/)
  })
})

it('has no block across a gap', () => {
  const specimens = specimensOf(['c1 ! s2'])
  expect(blockOf(specimens, [[0], [1]], 'packets')).toBeUndefined()
})
