import { describe, expect, test } from 'vitest'
import { handshakeFigures } from '../../../../src/exchange/ssh/handshake-figures.ts'
import { negotiate, parseKexInit } from '../../../../src/exchange/ssh/kexinit.ts'
import type { SshHandshake } from '../../../../src/model/ssh.ts'
import { kexInit, type Lists } from '../../../support/ssh-bytes.ts'

/** Both sides offer the same. */
function handshake(lists: Lists = {}, fields: Partial<SshHandshake> = {}): SshHandshake {
  const init = parseKexInit(kexInit(lists))
  const side = { protocolVersion: '2.0', softwareVersion: 'x', kexInit: init }
  const algorithms = init && negotiate(init, init)
  return { client: side, server: side, isReversed: false, isStrict: false, algorithms, ...fields }
}

const software = (softwareVersion: string | undefined) => ({
  protocolVersion: '2.0',
  softwareVersion,
  kexInit: undefined,
})

/** Figures that are not 0, but for the version and the count of host keys. */
function weaknesses(lists: Lists): readonly string[] {
  const { version, 'c.hostkeys': _, ...others } = handshakeFigures(handshake(lists))
  expect(version).toBe(2)
  return Object.entries(others).flatMap(([name, value]) => (value === 0 ? [] : [name]))
}

describe('what is weak', () => {
  test.each([
    [{ kex: 'diffie-hellman-group1-sha1' }, 'weak.kex'],
    [{ kex: 'diffie-hellman-group14-sha1' }, 'weak.kex'],
    [{ kex: 'diffie-hellman-group-exchange-sha1' }, 'weak.kex'],
    [{ hostKeys: 'ssh-dss' }, 'weak.hostkey'],
    [{ hostKeys: 'ssh-rsa' }, 'weak.hostkey'],
    [{ ciphers: 'aes128-cbc' }, 'weak.cipher'],
    [{ ciphers: 'rijndael-cbc@lysator.liu.se' }, 'weak.cipher'],
    [{ ciphers: '3des-ctr' }, 'weak.cipher'],
    [{ ciphers: 'arcfour256' }, 'weak.cipher'],
    [{ ciphers: 'aes128-ctr|3des-cbc' }, 'weak.cipher'],
    [{ macs: 'hmac-md5' }, 'weak.mac'],
    [{ macs: 'hmac-sha1-96-etm@openssh.com' }, 'weak.mac'],
    [{ macs: 'hmac-sha2-256|hmac-md5' }, 'weak.mac'],
  ] as const)('%j', (lists, name) => {
    expect(weaknesses(lists)).toEqual([name])
  })

  test.each([
    {},
    { kex: 'diffie-hellman-group14-sha256', hostKeys: 'rsa-sha2-512' },
    { kex: 'sntrup761x25519-sha512@openssh.com', hostKeys: 'ecdsa-sha2-nistp256' },
    { ciphers: 'aes256-gcm@openssh.com' },
    { ciphers: 'aes256-ctr', macs: 'hmac-sha2-512-etm@openssh.com' },
    { macs: 'umac-128@openssh.com' },
  ] as Lists[])('is not %j', (lists) => {
    expect(weaknesses(lists)).toEqual([])
  })
})

describe('Terrapin', () => {
  const exposed = (lists: Lists, isStrict: boolean) =>
    handshakeFigures(handshake(lists, { isStrict })).terrapin === 1

  test.each([
    [{ ciphers: 'chacha20-poly1305@openssh.com' }, true],
    [{ ciphers: 'aes128-ctr|chacha20-poly1305@openssh.com' }, true],
    [{ ciphers: 'aes128-cbc', macs: 'hmac-sha2-256-etm@openssh.com' }, true],
    [{ ciphers: 'aes128-ctr|aes128-cbc', macs: 'hmac-sha2-256-etm@openssh.com|hmac-sha1' }, false],
    [{ ciphers: 'aes128-cbc', macs: 'hmac-sha2-256' }, false],
    [{ ciphers: 'aes128-ctr', macs: 'hmac-sha2-256-etm@openssh.com' }, false],
    [{ ciphers: 'aes128-gcm@openssh.com' }, false],
  ] as const)('%j is exposed to it: %s', (lists, isExposed) => {
    expect(exposed(lists, false)).toBe(isExposed)
    expect(exposed(lists, true)).toBe(false)
  })
})

test.each([
  ['OpenSSH_9.2p1 Debian-2+deb12u10', 9.2],
  ['OpenSSH_10.0', 10],
  ['OpenSSH_8.4p1', 8.4],
  ['OpenSSH_for_Windows_8.1', 0],
  ['dropbear_2022.83', 0],
  [undefined, 0],
])('the version of %s is %s', (name, version) => {
  const { 's.openssh': server, 'c.openssh': client } = handshakeFigures(
    handshake({}, { server: software(name), client: software('x') }),
  )
  expect([client, server]).toEqual([0, version])
})

test('a client may name a library', () => {
  const library = (name: string) => handshakeFigures(handshake({}, { client: software(name) }))['c.library']
  expect(['libssh_0.10.6', 'OpenSSH_9.2p1'].map(library)).toEqual([1, 0])
})

test.each([
  ['ssh-ed25519', 1],
  ['rsa-sha2-512,rsa-sha2-256,ssh-rsa', 1],
  ['ecdsa-sha2-nistp256,ecdsa-sha2-nistp384', 1],
  ['ssh-ed25519,ssh-ed25519-cert-v01@openssh.com,rsa-sha2-256,ssh-dss', 3],
])('kinds of host keys in %s: %i', (hostKeys, kinds) => {
  expect(handshakeFigures(handshake({ hostKeys }))['c.hostkeys']).toBe(kinds)
})

test.each([
  ['none', 0],
  ['zlib', 1],
  ['zlib@openssh.com', 1],
])('compression with %s: %i', (compression, compressed) => {
  expect(handshakeFigures(handshake({ compression })).compressed).toBe(compressed)
})

test('of SSH 1 there is its version', () => {
  const old = handshakeFigures(
    handshake({}, { algorithms: undefined, client: software('x'), server: software('y') }),
  )
  expect(old).toMatchObject({ version: 1, 'weak.kex': 0, 'weak.cipher': 0, terrapin: 0, 'c.hostkeys': 0 })
})
