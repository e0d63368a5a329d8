import { describe, expect, test } from 'vitest'
import { isStrict, negotiate, parseKexInit, roleOf } from '../../../../src/exchange/ssh/kexinit.ts'
import { kexInit, type Lists } from '../../../support/ssh-bytes.ts'

function parsed(lists: Lists) {
  const init = parseKexInit(kexInit(lists))
  if (init === undefined) throw new Error('not a KEXINIT')
  return init
}

describe('KEXINIT', () => {
  test('has its lists in their order, each direction apart', () => {
    expect(
      parsed({ kex: 'a,b', hostKeys: 'c', ciphers: 'd,e|f', macs: 'g|h,i', compression: 'none|zlib' }),
    ).toEqual({
      kex: ['a', 'b'],
      hostKeys: ['c'],
      ciphersToServer: ['d', 'e'],
      ciphersToClient: ['f'],
      macsToServer: ['g'],
      macsToClient: ['h', 'i'],
      compressionToServer: ['none'],
      compressionToClient: ['zlib'],
    })
  })

  test('with a list that leaves the payload is none, wherever it is cut', () => {
    const whole = kexInit()
    const lists = whole.length - 5 - 8
    for (let length = 0; length < lists; length++)
      expect(parseKexInit(whole.subarray(0, length))).toBeUndefined()
    expect(parseKexInit(whole.subarray(0, lists))).toBeDefined()
  })

  test('with empty lists has no names', () => {
    expect(parsed({ kex: '', macs: '' })).toMatchObject({ kex: [], macsToServer: [] })
  })
})

describe('what both sides will use', () => {
  test('is the first of the client that the server has', () => {
    const client = parsed({ kex: 'a,b,c', ciphers: 'x,y|y,x', macs: 'm,n' })
    const server = parsed({ kex: 'c,b', ciphers: 'y,x', macs: 'n', hostKeys: 'other' })
    expect(negotiate(client, server)).toMatchObject({
      kex: 'b',
      hostKey: '',
      cipherToServer: 'x',
      cipherToClient: 'y',
      macToServer: 'n',
    })
  })

  test('is never an extension', () => {
    const client = parsed({ kex: 'ext-info-c,kex-strict-c-v00@openssh.com,a' })
    const server = parsed({ kex: 'ext-info-c,kex-strict-c-v00@openssh.com,a' })
    expect(negotiate(client, server).kex).toBe('a')
  })

  test.each(['aes128-gcm@openssh.com', 'aes256-gcm', 'chacha20-poly1305@openssh.com', 'AEAD_AES_128_GCM'])(
    'has no MAC of its own with %s',
    (ciphers) => {
      const init = parsed({ ciphers: `${ciphers}|aes128-cbc` })
      expect(negotiate(init, init)).toMatchObject({ macToServer: 'implicit', macToClient: 'hmac-sha2-256' })
    },
  )
})

test.each([
  ['a,ext-info-c', 'client'],
  ['a,kex-strict-c-v00@openssh.com', 'client'],
  ['a,ext-info-s', 'server'],
  ['kex-strict-s-v00@openssh.com', 'server'],
  ['a,ext-info-x', undefined],
] as const)('the role that %s tells is %s', (kex, role) => {
  expect(roleOf(parsed({ kex }))).toBe(role)
})

test('key exchange is strict when both sides ask for it', () => {
  const client = parsed({ kex: 'a,kex-strict-c-v00@openssh.com' })
  const server = parsed({ kex: 'a,kex-strict-s-v00@openssh.com' })
  expect(isStrict(client, server)).toBe(true)
  expect(isStrict(client, parsed({}))).toBe(false)
  expect(isStrict(parsed({}), server)).toBe(false)
})
