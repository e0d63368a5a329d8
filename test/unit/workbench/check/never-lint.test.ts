import { describe, expect, it } from 'vitest'
import { check, found } from '../signatures.ts'

const codes = (text: string) => check(`${text} : Test\n`).map(({ code }) => code)

describe('statements that never match', () => {
  it.each([
    'tcp 22 c10 s@1-20',
    'tcp 22 c10 s@1+5 c@2-16',
    'tcp 22 s12 c12 where c.bytes > 5 and c.bytes < 3',
    'ssh * <auth s:FAILURE',
    'ssh * s:SUCCESS any{0,} s:FAILURE',
    'ssh * c:NEWKEYS any{0,5} c:KEXINIT',
    'ssh * <session c:PASSWORD',
    'ssh * where version = 1 and version = 2',
  ])('%s', (text) => {
    expect(codes(text)).toEqual(['S101'])
  })

  it('is told at the pattern', () => {
    expect(found('tcp 22 c10 s@1-20 : Test\n')).toEqual(['S101 tcp 22 c10 s@1-20'])
  })

  it.each([
    'tcp 22 c10 s@1-10 c5',
    'tcp 22 c10 s@1-9 c5',
    'tcp 22 (c10 s@1-20 | c9 c8) s1',
    'ssh * <auth (s:FAILURE | c:PASSWORD)',
    'ssh * s:FAILURE any{0,} s:SUCCESS',
    'ssh * c:NEWKEYS s:KEXINIT',
  ])('is not told of %s', (text) => {
    expect(codes(text)).toEqual(text.includes('@1-10') ? ['S101'] : [])
  })

  it('is not told where the reason is told already', () => {
    expect(codes('tcp 22 s12 c0 s28')).toEqual(['S033'])
  })

  it('is told of campaigns, too', () => {
    const text =
      '#: class=a\ntcp 22 s12 c12 : A\ncount a by client within 1h where hits > 3 and hits < 2 : B\n'
    expect(found(text)).toEqual(['S101 count a by client within 1h where hits > 3 and hits < 2'])
  })
})

describe('conditions that always hold', () => {
  it('are told of', () => {
    expect(codes('tcp 22 s12 c12 where c.bytes >= 0 or duration > 1s')).toEqual(['S109'])
    expect(codes('tcp 22 s12 c12 where c.bytes > 0')).toEqual([])
  })
})
