import { describe, expect, it } from 'vitest'
import { includes } from '../../../../src/workbench/prove/includes.ts'
import { recogniser } from '../signatures.ts'

const holds = (outer: string, inner: string) => includes(recogniser(outer), recogniser(inner))

describe('includes', () => {
  it('finds the outer pattern anywhere in the inner one', () => {
    expect(holds('tcp * = s12 c12', 'tcp 22 = c1 s12 c12 c9')).toBe(true)
    expect(holds('tcp * = s12 c12', 'tcp 22 = c1 s12 c13 c9')).toBe(false)
    expect(holds('tcp * = s10/5 c*', 'tcp 22 = s12 c12')).toBe(true)
  })

  it('asks for anchors, ports and protocol', () => {
    expect(holds('tcp * = < s12', 'tcp * = < s12 c1')).toBe(true)
    expect(holds('tcp * = < s12', 'tcp * = s12 c1')).toBe(false)
    expect(holds('tcp * = c1 >', 'tcp * = s12 c1 >')).toBe(true)
    expect(holds('tcp * = s12 >', 'tcp * = s12 c1 >')).toBe(false)
    expect(holds('tcp 22 = s12', 'tcp * = s12')).toBe(false)
    expect(holds('tcp 20-30 s12 any', 'tcp 22 = s12 c1')).toBe(true)
    expect(holds('udp * = s12', 'tcp * = s12')).toBe(false)
  })

  it('compares pauses', () => {
    expect(holds('tcp * = s12 c1', 'tcp * = s12 + c1')).toBe(false)
    expect(holds('tcp * s12 +? c1', 'tcp * = s12 + c1')).toBe(true)
    expect(holds('tcp * s12 + c1 any', 'tcp * s12 +2s..3s c1 any')).toBe(true)
    expect(holds('tcp * s12 +1s..5s c1', 'tcp * s12 +2s..3s c1')).toBe(true)
    expect(holds('tcp * s12 +2s.. c1', 'tcp * s12 + c1')).toBe(false)
    expect(holds('ssh * s12 +..2s-rtt c1', 'ssh * s12 +..1s c1')).toBe(true)
    expect(holds('ssh * s12 +1s..2s-rtt c1', 'ssh * s12 +1s..2s c1')).toBe(false)
  })

  it('does not ask for the pause of a first packet, unless it is written', () => {
    expect(holds('tcp * = c1 s1', 'tcp * = s12 + c1 s1')).toBe(true)
    expect(holds('tcp * = + c1 s1', 'tcp * = s12 c1 s1')).toBe(false)
  })

  it('knows sizes that refer to the same packet', () => {
    expect(holds('tcp * c* s@1', 'tcp * = s3 c10/5 s@2')).toBe(true)
    expect(holds('tcp * c* s@1', 'tcp * = s3 c10/5 s10/5')).toBe(false)
    expect(holds('tcp * c* s@1', 'tcp * = c7 s7 c1')).toBe(true)
    expect(holds('tcp * c* any s@1+2/1', 'tcp * c* c@1+1 s@2+1')).toBe(true)
    expect(holds('tcp * c* s@1..'.replace('..', '/4'), 'tcp * c* s@1+2/1')).toBe(true)
    expect(holds('tcp * c* s@1/2', 'tcp * c* s@1+2/1')).toBe(false)
  })

  it('goes all ways of the inner pattern', () => {
    expect(holds('tcp * (s1 | s2) c1', 'tcp * (s1 | s2) c1 c2')).toBe(true)
    expect(holds('tcp * s1 c1', 'tcp * (s1 | s2) c1 c2')).toBe(false)
    expect(holds('tcp * c1 c2', 'tcp * s1 any{0,5} c1 c2')).toBe(true)
    expect(holds('tcp * c1 any{0,} c2', 'tcp * c1 s*{0,3} c2')).toBe(true)
    expect(holds('tcp * c1 s*{0,2} c2', 'tcp * c1 s*{0,3} c2')).toBe(false)
  })

  it('counts with the fuzzy rule of both', () => {
    expect(holds('tcp * c10 s20 c30 s40 c50', 'tcp * = c10 s20 c30 c50')).toBe(true)
    expect(holds('tcp * = c10 s20 c30 s40 c50', 'tcp * c10 s20 c30 s40 c50')).toBe(false)
  })

  it('compares conditions only where they are asked at the same time', () => {
    expect(holds('tcp * s12 where packets > 3', 'tcp * s12 where packets > 5')).toBe(true)
    expect(holds('tcp * s12 where packets > 3', 'tcp * s12 c1 where packets > 5')).toBe(false)
    expect(holds('tcp * s12 where packets > 3', 'tcp * s12 > where packets > 5')).toBe(false)
    expect(holds('tcp * s12 any', 'tcp * s12 c1 where packets > 5')).toBe(true)
    expect(holds('tcp * where packets > 3', 'tcp * s12 where packets > 5')).toBe(true)
    expect(holds('tcp * where packets > 3', 'tcp * s12 > where packets > 5')).toBe(false)
    expect(holds('tcp * where packets > 3', 'tcp * where packets > 5 and duration > 1s')).toBe(true)
    expect(holds('tcp * s12 any', 'tcp * where packets > 5')).toBe(false)
  })

  it('gives up what takes too long', () => {
    const options = { thresholdMicros: 500_000, most: 10 }
    const one = recogniser('tcp * = c1 c2 c3 c4 c5 c6 c7 c8 c9 c1 c2 c3')
    expect(includes(one, one)).toBe(true)
    expect(includes(one, one, options)).toBe(false)
  })
})
