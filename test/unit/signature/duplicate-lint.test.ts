import { describe, expect, it } from 'vitest'
import { findDuplicates } from '../../../src/signature/duplicate-lint.ts'
import { parseSignatures } from '../../../src/signature/parse-signatures.ts'
import { pointed, sourceOf } from './texts.ts'

function duplicatesOf(...texts: readonly string[]): readonly string[] {
  const statements = texts.flatMap((text) => parseSignatures(sourceOf(text)).statements)
  const { repeated, diagnostics } = findDuplicates(statements)
  expect(repeated.size).toBe(diagnostics.filter(({ code }) => code === 'S030').length)
  return diagnostics.map(pointed)
}

describe('findDuplicates', () => {
  it('finds a statement that is spelled differently', () => {
    expect(duplicatesOf('tcp 22 c5 s20 : a\ntcp 022 c5/0 s20/1 : a')).toEqual(['S030 tcp 022 c5/0 s20/1'])
  })

  it('finds it in another file and tells where the first is', () => {
    const one = sourceOf('tcp 22 c5 : a', 'one.sig')
    const two = sourceOf('tcp 22 c5 : a', 'two.sig')
    const statements = [one, two].flatMap((source) => parseSignatures(source).statements)
    const { diagnostics } = findDuplicates(statements)
    expect(diagnostics[0]?.source).toBe(two)
    expect(diagnostics[0]?.related[0]?.source).toBe(one)
  })

  it('tells of two names for one pattern, and keeps both', () => {
    expect(duplicatesOf('tcp 22 c5 : a\ntcp 22 c5 : b\ntcp 22 c5 : c\ntcp 22 c5 : b')).toEqual([
      'S031 tcp 22 c5',
      'S031 tcp 22 c5',
      'S030 tcp 22 c5',
    ])
  })

  it.each([
    ['udp 22 c5 : a'],
    ['tcp 23 c5 : a'],
    ['tcp * c5 : a'],
    ['tcp 22 < c5 : a'],
    ['tcp 22 c5 > : a'],
    ['tcp 22 + c5 : a'],
    ['tcp 22 s5 : a'],
    ['tcp 22 c6 : a'],
    ['tcp 22 c5 c5 : a'],
  ])('takes %s for another pattern than tcp 22 c5', (text) => {
    expect(duplicatesOf('tcp 22 c5 : a', text)).toEqual([])
  })

  it('compares statements of the same meaning, whatever their kind', () => {
    expect(duplicatesOf('tcp 22 c5 : a', 'tcp 22,22 c5 : a')).toEqual(['S030 tcp 22,22 c5'])
    expect(duplicatesOf('tcp * c1 any c2{2} : a', 'tcp * c1 any c2 c2 : b')).toEqual([
      'S031 tcp * c1 any c2 c2',
    ])
    const campaign = 'count a by client within 60m where hits > 1 : a'
    expect(duplicatesOf(campaign, campaign.replace('60m', '1h'))).toEqual([
      'S030 count a by client within 1h where hits > 1',
    ])
  })

  it('minds `=` only where it makes a difference', () => {
    expect(duplicatesOf('tcp 22 c5 : a', 'tcp 22 = c5 : a')).toEqual(['S030 tcp 22 = c5'])
    expect(duplicatesOf('tcp 22 c50 : a', 'tcp 22 = c50 : a')).toEqual([])
    expect(duplicatesOf('tcp 22 c1 c1 c1 c1 c1 : a', 'tcp 22 = c1 c1 c1 c1 c1 : a')).toEqual([])
  })
})
