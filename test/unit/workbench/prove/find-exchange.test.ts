import { describe, expect, it } from 'vitest'
import { formatExchange } from '../../../../src/workbench/prove/exchange.ts'
import { findExchange } from '../../../../src/workbench/prove/find-exchange.ts'
import { recogniser } from '../signatures.ts'

/** The exchange, or why there is none. */
function common(...texts: readonly string[]): string {
  const search = findExchange(texts.map(recogniser))
  return search.kind === 'found' ? formatExchange(search.exchange, 500_000, true) : search.kind
}

describe('findExchange', () => {
  it('takes sizes, pauses, anchors and ports that all accept', () => {
    expect(common('tcp 20-30 = < s12 c10..20', 'tcp 22,80 s* c15..90 >')).toBe('port 22: < s12 c15 >')
    expect(common('tcp * s12 +1s..9s c1', 'tcp * s12 + c1')).toBe('port 1024: s12 +1s c1')
    expect(common('tcp * s12 +..700ms c1', 'tcp * s12 + c1')).toBe('port 1024: s12 + c1')
  })

  it('finds none where directions, sizes, pauses, lengths or ports are apart', () => {
    expect(common('tcp * = s12', 'tcp * = c12')).toBe('never')
    expect(common('tcp * = s12', 'tcp * = s13')).toBe('never')
    expect(common('tcp * = s12 c1', 'tcp * = s12 + c1')).toBe('never')
    expect(common('tcp * = s12 c1', 'tcp * = s12 c1 c1')).toBe('never')
    expect(common('tcp 22 = s12', 'tcp 23 = s12')).toBe('never')
    expect(common('udp * = s12', 'tcp * = s12')).toBe('never')
  })

  it('says nothing of the time before the first packet, unless a pause is asked for', () => {
    expect(common('tcp * = s12 c1', 'tcp * = + s12 c1')).toBe('port 1024: + s12 c1')
  })

  it('solves for sizes that refer to others, one way and the other', () => {
    expect(common('tcp * c* s@1+5', 'tcp * c10..90 s40..41')).toBe('port 1024: c35 s40')
    expect(common('tcp * c* s@1 c@2+1', 'tcp * c5.. s* c30'.replace('5..', '5..99'))).toBe(
      'port 1024: c29 s29 c30',
    )
    expect(common('tcp * c* s@1+1', 'tcp * c* s@1-1')).toBe('never')
    expect(common('tcp * c10 s@1-20')).toBe('never')
  })

  it('goes the shortest way through groups and repeats', () => {
    expect(common('tcp * (c1 s1){2,} >', 'tcp * c1 (s1 c1){1,} s1 >')).toBe('port 1024: c1 s1 c1 s1 >')
    expect(common('tcp * (c1 | c2) s3', 'tcp * (c4 | c2) any')).toBe('port 1024: c2 s3')
  })

  it('knows what the fuzzy rule adds', () => {
    expect(common('tcp * c10 c11 s1 c1 s1', 'tcp * = c21 s1 c1 s1')).toBe('port 1024: c21 s1 c1 s1')
  })

  it('names messages, and payloads with the length of a common suite', () => {
    expect(common('ssh * c:PASSWORD s*', 'ssh * c* s:FAILURE')).toBe('port 22: c:PASSWORD s:FAILURE')
    expect(common('ssh * c:ssh(10..20)', 'ssh * c:ssh(15..30)')).toBe('port 22: c:ssh(15)')
    expect(common('ssh * c:PASSWORD', 'ssh * c:NONE')).toBe('never')
  })

  it('leaves open what it cannot decide', () => {
    expect(common('ssh * c:ssh(10)', 'ssh * c:ssh(12)')).toBe('unknown')
    expect(common('ssh * <auth c*', 'ssh * <session c*')).toBe('unknown')
    expect(common('tcp * s12 where packets > 3')).toBe('unknown')
    expect(common('tcp * s12 +2s..-rtt c1', 'tcp * s12 c1')).toBe('unknown')
  })

  it('gives figures values where they depend on no element', () => {
    expect(common('ssh * c:PASSWORD where c.library = 0', 'ssh * c* where s.openssh > 8')).toBe(
      'port 22: c:PASSWORD where c.library = 0 and s.openssh = 9',
    )
  })

  it('gives a search up that grows too large', () => {
    const long = 'tcp * (c* s@1 (c1 | c2)){40,} c5 >'
    const search = findExchange([recogniser(long)], { thresholdMicros: 500_000, most: 50 })
    expect(search.kind).toBe('unknown')
  })
})
