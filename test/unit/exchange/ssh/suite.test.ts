import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hiddenWireLength,
  payloadsOf,
  shortestWireLength,
  suiteOf,
  wireLength,
} from '../../../../src/exchange/ssh/suite.ts'

const SUITES = [
  ['chacha20-poly1305@openssh.com', 'implicit'],
  ['aes128-gcm@openssh.com', 'implicit'],
  ['aes128-ctr', 'hmac-sha2-256-etm@openssh.com'],
  ['aes256-ctr', 'hmac-sha1-etm@openssh.com'],
  ['aes128-ctr', 'umac-64-etm@openssh.com'],
  ['aes128-cbc', 'hmac-sha2-256'],
  ['aes128-ctr', 'hmac-sha1'],
  ['aes128-ctr', 'hmac-md5'],
  ['3des-cbc', 'hmac-sha1'],
] as const

function suite(cipher: string, mac: string) {
  const found = suiteOf(cipher, mac)
  if (found === undefined) throw new Error(`${cipher} ${mac} is not known`)
  return found
}

const suites = SUITES.map(([cipher, mac]) => suite(cipher, mac))

/** Measured between OpenSSH and others: payload, then the length on the wire in each suite. */
const MEASURED: readonly [string, number, readonly number[]][] = [
  ['SERVICE_REQUEST', 17, [44, 52, 68, 56, 44, 64, 52, 48, 52]],
  ['USERAUTH_REQUEST none, user of 4', 35, [60, 68, 84, 72, 60, 80, 68, 64, 68]],
  ['password of 8, not hidden', 52, [84, 84, 100, 88, 76, 96, 84, 80, 84]],
  ['public key probe, ed25519', 111, [140, 148, 164, 152, 140, 160, 148, 144, 140]],
  ['USERAUTH_FAILURE publickey,password', 24, [52, 52, 68, 56, 44, 80, 68, 64, 60]],
  ['USERAUTH_FAILURE publickey', 15, [44, 52, 68, 56, 44, 64, 52, 48, 44]],
  ['USERAUTH_SUCCESS', 1, [28, 36, 52, 40, 28, 48, 36, 32, 36]],
  ['CHANNEL_OPEN session', 24, [52, 52, 68, 56, 44, 80, 68, 64, 60]],
  ['CHANNEL_DATA of one byte', 10, [36, 36, 52, 40, 28, 64, 52, 48, 44]],
]

describe('a payload on the wire', () => {
  test.each(MEASURED)('%s', (_, payload, lengths) => {
    expect(suites.map((one) => wireLength(one, payload))).toEqual(lengths)
  })

  test('that hides a password is filled up to 64 more', () => {
    expect(suites.map((one) => hiddenWireLength(one, 52))).toEqual([
      148, 148, 164, 152, 140, 160, 148, 144, 148,
    ])
    expect(hiddenWireLength(suite('aes128-ctr', 'hmac-sha1'), 17)).toBe(84)
  })

  test('is never shorter than the shortest', () => {
    expect(suites.map(shortestWireLength)).toEqual([28, 36, 52, 40, 28, 48, 36, 32, 36])
  })
})

describe('the payloads of a length on the wire', () => {
  test('are those that come to it, and no others', () => {
    fc.assert(
      fc.property(fc.constantFrom(...suites), fc.integer({ min: 1, max: 40_000 }), (one, payload) => {
        const wire = wireLength(one, payload)
        const [low, high] = payloadsOf(one, wire) ?? [0, 0]
        expect(low).toBeLessThanOrEqual(payload)
        expect(high).toBeGreaterThanOrEqual(payload)
        expect(wireLength(one, low)).toBe(wire)
        expect(wireLength(one, high)).toBe(wire)
        if (low > 1) expect(wireLength(one, low - 1)).toBeLessThan(wire)
        expect(wireLength(one, high + 1)).toBeGreaterThan(wire)
      }),
    )
  })

  test('of a length that no message has are none', () => {
    const chacha = suite('chacha20-poly1305@openssh.com', 'implicit')
    expect([27, 29, 35].map((wire) => payloadsOf(chacha, wire))).toEqual([undefined, undefined, undefined])
    expect(payloadsOf(chacha, 20)).toBeUndefined()
  })
})

describe('a suite', () => {
  test.each([
    ['aes256-gcm@openssh.com', 'hmac-md5', true],
    ['AEAD_AES_256_GCM', 'AEAD_AES_256_GCM', true],
    ['aes128-cbc', 'hmac-sha2-512-etm@openssh.com', true],
    ['none', 'none', true],
    ['aes128-ctr', 'hmac-sha2-512', false],
    ['chacha20-poly1305', 'implicit', false],
  ])('with %s and %s: its lengths can be read: %s', (cipher, mac, clear) => {
    expect(suiteOf(cipher, mac)?.hasClearLength).toBe(clear)
  })

  test.each([
    ['blowfish-cbc', 8],
    ['cast128-cbc', 8],
    ['arcfour256', 8],
    ['rijndael-cbc@lysator.liu.se', 16],
    ['twofish256-cbc', 16],
    ['camellia128-ctr', 16],
  ])('with %s has blocks of %i bytes', (cipher, block) => {
    expect(suiteOf(cipher, 'hmac-sha1')?.block).toBe(block)
  })

  test('with a name that nobody knows is not known', () => {
    expect(suiteOf('rot13', 'hmac-sha1')).toBeUndefined()
    expect(suiteOf('aes128-ctr', 'crc32')).toBeUndefined()
  })
})
