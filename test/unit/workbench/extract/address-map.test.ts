import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIpv4, formatIpv6 } from '../../../../src/core/address.ts'
import { AddressMap } from '../../../../src/workbench/extract/address-map.ts'

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

describe('AddressMap', () => {
  it('gives an address the same address each time, and in each run with the same key', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(word), (key, addresses) => {
        const one = new AddressMap(key)
        const mapped = addresses.map((address) => one.v4(address))
        expect(addresses.map((address) => one.v4(address))).toEqual(mapped)
        const two = new AddressMap(key)
        expect(addresses.map((address) => two.v4(address))).toEqual(mapped)
        expect(mapped.every((address) => address >>> 24 === 10)).toBe(true)
        expect(new Set(mapped).size).toBe(new Set(addresses).size)
      }),
    )
  })

  it('keeps addresses apart that would come to the same one', () => {
    const map = new AddressMap('k')
    // So many that some surely collide in 24 bits.
    const mapped = Array.from({ length: 20_000 }, (_, i) => map.v4(i))
    expect(new Set(mapped).size).toBe(mapped.length)
  })

  it('maps IPv6 addresses into fd00::/8', () => {
    const mapped = new AddressMap('k').v6([0x20010db8, 0, 0, 1])
    expect(mapped).toHaveLength(4)
    expect(formatIpv6(mapped)).toMatch(/^fd/)
  })

  it('gives other addresses for another key', () => {
    expect(new AddressMap('a').v4(1)).not.toBe(new AddressMap('b').v4(1))
  })

  it('tells as text what it has mapped', () => {
    const map = new AddressMap('k')
    const four = map.v4(0x0a000001)
    const six = map.v6([0x20010db8, 0, 0, 1])
    expect(map.text('10.0.0.1')).toBe(formatIpv4(four))
    expect(map.text('2001:db8::1')).toBe(formatIpv6(six))
    expect(map.text('10.0.0.9')).toBeUndefined()
  })
})
