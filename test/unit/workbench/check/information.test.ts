import { describe, expect, it } from 'vitest'
import { informationOf } from '../../../../src/workbench/check/information.ts'
import { check, recogniser } from '../signatures.ts'

const bits = (text: string) => informationOf(recogniser(text))

describe('informationOf', () => {
  it('is the less the wider sizes are', () => {
    expect(bits('tcp * = s12 c12')).toBeGreaterThan(bits('tcp * s12/6 c12'))
    expect(bits('tcp * s12/6 c12')).toBeGreaterThan(bits('tcp * s* c12'))
  })

  it('is the more the more is told', () => {
    const plain = bits('tcp * = s12 c12')
    for (const text of [
      'tcp 22 = s12 c12',
      'tcp * = < s12 c12',
      'tcp * = s12 c12 >',
      'tcp * = s12 + c12',
      'tcp * s12 c12 where packets > 3',
    ])
      expect(bits(text)).toBeGreaterThan(plain)
  })

  it('is that of the way that tells least', () => {
    expect(bits('tcp * (s12 c12 s28 | s*) c1')).toBeCloseTo(
      bits('tcp * s* c1 any{0}'.replace(' any{0}', '')),
      1,
    )
  })
})

describe('patterns that say little', () => {
  it('are told of', () => {
    expect(check('tcp * s1..700 c40/38 : Test\n').map(({ code }) => code)).toEqual(['S106'])
    expect(check('tcp * + c1 s1 c1 s1 : Test\n')).toEqual([])
  })

  it('are told of once: not where the language says more', () => {
    expect(check('tcp * c* s* : Test\n').map(({ code }) => code)).toEqual(['S032'])
  })
})
