import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { KexInit, SshHandshake } from '../../../src/model/ssh.ts'
import { sshGait, sshObject } from '../../../src/output/eve-ssh.ts'

const kexInit: KexInit = {
  kex: ['k1', 'k2'],
  hostKeys: ['h'],
  ciphersToServer: ['cs'],
  ciphersToClient: ['cc'],
  macsToServer: ['ms'],
  macsToClient: ['mc'],
  compressionToServer: ['none'],
  compressionToClient: ['zlib'],
}
const side = { protocolVersion: '2.0', softwareVersion: 'x', kexInit }
const handshake: SshHandshake = {
  client: side,
  server: side,
  isReversed: true,
  isStrict: false,
  algorithms: {
    kex: 'k1',
    hostKey: 'h',
    cipherToServer: 'cs',
    cipherToClient: 'cc',
    macToServer: 'ms',
    macToClient: 'mc',
    compressionToServer: 'none',
    compressionToClient: 'zlib',
  },
}

test('HASSH is of what each side offers for the direction in which it sends', () => {
  const md5 = (string: string) => ({ hash: createHash('md5').update(string).digest('hex'), string })
  expect(sshObject(handshake)).toMatchObject({
    client: { hassh: md5('k1,k2;cs;ms;none') },
    server: { hassh: md5('k1,k2;cc;mc;zlib') },
  })
})

test('compression is told by direction where the directions differ', () => {
  expect(sshGait(handshake)).toMatchObject({ compression: 'none/zlib', reversed: true, strict_kex: false })
})

test('what was not seen is left out', () => {
  const unseen = { protocolVersion: undefined, softwareVersion: undefined, kexInit: undefined }
  const old = { ...handshake, client: unseen, algorithms: undefined }
  expect(sshObject(old)).toMatchObject({ client: {} })
  expect(sshGait(old)).toEqual({ reversed: true })
})
