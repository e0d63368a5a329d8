import { describe, expect, it } from 'vitest'
import { EVERY_SUITE, payloadsOf } from '../../../../src/exchange/ssh/suite.ts'
import {
  count,
  payloadsOfSizes,
  sizesOfPayload,
  usualSizes,
} from '../../../../src/workbench/lsp/wire-sizes.ts'

const cell = (rows: readonly string[], suite: string) =>
  rows
    .find((row) => row.startsWith(`| ${suite} |`))
    ?.split('|')
    .at(-2)
    ?.trim()

describe('usualSizes', () => {
  it('has nothing to tell where there is no usual length', () => {
    expect(usualSizes(0, '')).toEqual([])
  })
})

describe('sizesOfPayload and payloadsOfSizes', () => {
  it('turn each other round, to what padding leaves open', () => {
    expect(cell(sizesOfPayload(10, 10), 'chacha20-poly1305 | its own')).toBe('36')
    expect(cell(payloadsOfSizes(36, 36), 'chacha20-poly1305 | its own')).toBe('4 to 11')
    expect(cell(payloadsOfSizes(37, 43), 'chacha20-poly1305 | its own')).toBe('none')
  })

  it('finds the ends of a wide range without trying all of it', () => {
    const told = payloadsOfSizes(30, 30_000)
    const [, high] = payloadsOf(
      EVERY_SUITE.find(({ outside, block, macBytes }) => outside === 4 && block === 8 && macBytes === 16)!,
      29_996,
    )!
    expect(cell(told, 'chacha20-poly1305 | its own')).toBe(`4 to ${high}`)
  })
})

describe('count', () => {
  it('knows one from many', () => {
    expect([count(0), count(1), count(2)]).toEqual(['0 bytes', '1 byte', '2 bytes'])
  })
})
