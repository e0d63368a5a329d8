import { describe, expect, it } from 'vitest'
import { parseNetwork } from '../../../../src/sensor/config/network.ts'

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.6/31', '192.0.2.6/31'],
    ['fd00::/8', 'fd00::/8'],
    ['2001:db8:0:4000::/50', '2001:db8:0:4000::/50'],
    ['::1', '::1/128'],
  ])('%s is %s', (text, network) => {
    expect(parseNetwork(text)).toBe(network)
  })

  it.each([
    ['nothing', ''],
    ['a name', 'localhost'],
    ['a part of an address', '10.0'],
    ['a number above 255', '10.0.0.256/32'],
    ['a prefix that is too long', '10.0.0.0/33'],
    ['a prefix that is too long for IPv6', '::/129'],
    ['no prefix behind the slash', '10.0.0.0/'],
    ['a mask', '10.0.0.0/255.0.0.0'],
    ['two prefixes', '10.0.0.0/8/8'],
    ['a zone', 'fe80::1%eth0'],
    ['a host and its network', '10.0.0.7/8'],
    ['a bit behind the prefix of IPv6', '2001:db8:0:4000::/49'],
  ])('is not %s: %s', (_what, text) => {
    expect(parseNetwork(text)).toBeUndefined()
  })
})
