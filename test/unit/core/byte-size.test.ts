import { describe, expect, it } from 'vitest'
import { formatByteSize, parseByteSize } from '../../../src/core/byte-size.ts'

describe('a size', () => {
  it.each([
    ['0', 0],
    ['262144', 262144],
    ['12B', 12],
    ['64KiB', 65536],
    ['500kB', 500_000],
    ['8MiB', 8 << 20],
    ['8mib', 8 << 20],
    ['1.5MiB', 1.5 * (1 << 20)],
    ['8 MiB', 8 << 20],
    ['2GB', 2e9],
    ['2GiB', 2 ** 31],
  ])('may be written `%s`', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes)
  })

  it.each(['', 'MiB', '-1', '1e3', '8M', '8 M iB', '8MiBs', '8iB', '1234567890123'])(
    'is not `%s`',
    (text) => {
      expect(parseByteSize(text)).toBeUndefined()
    },
  )

  it.each([
    [0, '0B'],
    [1500, '1500B'],
    [65536, '64KiB'],
    [8 << 20, '8MiB'],
    [1.5 * (1 << 20), '1536KiB'],
    [2 ** 31, '2GiB'],
  ])('of %i bytes is told as %s', (bytes, text) => {
    expect(formatByteSize(bytes)).toBe(text)
    expect(parseByteSize(text)).toBe(bytes)
  })
})
