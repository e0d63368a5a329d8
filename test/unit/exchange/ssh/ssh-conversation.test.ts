import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SshConversation } from '../../../../src/exchange/ssh/ssh-conversation.ts'
import type { SshHandshake } from '../../../../src/model/ssh.ts'
import { kexInit, message, newKeys, packet, versionLine } from '../../../support/ssh-bytes.ts'
import { Listener } from '../../../support/ssh-listener.ts'

const CLIENT = 0
const SERVER = 1
const clientInit = packet(kexInit({ kex: 'a,b,ext-info-c', ciphers: 'aes128-ctr' }))
const serverInit = packet(kexInit({ kex: 'b,kex-strict-s-v00@openssh.com', ciphers: 'aes128-ctr,3des-cbc' }))
const plainInit = packet(kexInit({ kex: 'b' }))

class Talk {
  readonly #listener = new Listener()

  client(...parts: readonly Uint8Array[]): this {
    return this.#send(CLIENT, parts)
  }

  server(...parts: readonly Uint8Array[]): this {
    return this.#send(SERVER, parts)
  }

  /** A segment of which only some was captured. */
  cut(side: 0 | 1, bytes: Uint8Array, captured: number): this {
    const size = bytes.length
    this.#listener.take({ side, time: 1, bytes: bytes.subarray(0, captured), size, isLost: false })
    return this
  }

  get told(): readonly SshHandshake[] {
    return this.#listener.handshakes
  }

  get conversation(): SshConversation {
    return this.#listener.conversation
  }

  #send(side: 0 | 1, parts: readonly Uint8Array[]): this {
    for (const bytes of parts) this.cut(side, bytes, bytes.length)
    return this
  }
}

describe('a handshake', () => {
  test('is told once, when both sides have said what they offer', () => {
    const talk = new Talk()
      .server(versionLine('OpenSSH_9.2p1 Debian-2'), serverInit)
      .client(versionLine('PuTTY'))
    expect(talk.told).toEqual([])
    talk.client(clientInit).client(message(30)).server(message(31), newKeys)
    expect(talk.told).toHaveLength(1)
    expect(talk.told[0]).toMatchObject({
      client: { protocolVersion: '2.0', softwareVersion: 'PuTTY' },
      server: { protocolVersion: '2.0', softwareVersion: 'OpenSSH_9.2p1 Debian-2' },
      isReversed: false,
      isStrict: false,
      algorithms: { kex: 'b', cipherToServer: 'aes128-ctr' },
    })
  })

  test('is the same however the bytes are cut into segments', () => {
    const stream = Buffer.concat([versionLine('PuTTY'), clientInit, message(30)])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), (sizes) => {
        const talk = new Talk().server(versionLine('x'), serverInit)
        let at = 0
        for (const size of [...sizes, stream.length]) {
          talk.client(stream.subarray(at, at + size))
          at += size
        }
        expect(talk.told).toHaveLength(1)
        expect(talk.told[0]?.client.softwareVersion).toBe('PuTTY')
      }),
    )
  })

  test('may stand behind other lines of the server', () => {
    const talk = new Talk()
      .server(Buffer.from('Welcome\r\nto this host\n'), versionLine('x'), serverInit)
      .client(versionLine('y'), clientInit)
    expect(talk.told[0]?.server.softwareVersion).toBe('x')
  })

  test('of SSH 1 is two version lines', () => {
    const talk = new Talk().server(versionLine('OpenSSH_3.9p1', '1.5')).client(versionLine('PuTTY', '1.5'))
    expect(talk.told).toEqual([
      expect.objectContaining({
        client: { protocolVersion: '1.5', softwareVersion: 'PuTTY', kexInit: undefined },
        algorithms: undefined,
      }),
    ])
    expect(talk.conversation.isOver).toBe(true)
  })

  test('with a server of both versions is one of SSH 2', () => {
    const talk = new Talk().server(versionLine('x', '1.99'), serverInit).client(versionLine('y'), clientInit)
    expect(talk.told[0]?.algorithms?.kex).toBe('b')
  })
})

describe('a version line', () => {
  test.each([
    ['in a segment of its own behind another line', [Buffer.from('Welcome\r\n'), versionLine('x')]],
    ['with a return too many', [Buffer.from('SSH-2.0-x\r\r\n')]],
  ])('%s is read', (_, parts) => {
    const talk = new Talk().server(...parts, serverInit).client(versionLine('y'), clientInit)
    expect(talk.told[0]?.server.softwareVersion).toBe('x')
  })

  test('that was not seen costs nothing but itself', () => {
    const talk = new Talk().server(Buffer.from('-2.0-x\r\n'), serverInit).client(versionLine('y'), clientInit)
    expect(talk.told[0]?.server).toMatchObject({
      softwareVersion: undefined,
      kexInit: { kex: ['b', 'kex-strict-s-v00@openssh.com'] },
    })
  })
})

test('lists too long to be meant are not kept', () => {
  const long = packet(kexInit({ kex: 'a,'.repeat(600) }))
  const talk = new Talk().server(versionLine('x'), serverInit).client(versionLine('y'), long)
  expect(talk.told).toEqual([])
  expect(talk.conversation.weight).toBeLessThan(40_000)
})

describe('who is the client', () => {
  test('is told by an extension of either side', () => {
    const one = new Talk().client(versionLine('x'), serverInit).server(versionLine('y'), plainInit)
    const two = new Talk().client(versionLine('x'), plainInit).server(versionLine('y'), clientInit)
    for (const talk of [one, two])
      expect(talk.told[0]).toMatchObject({
        isReversed: true,
        client: { softwareVersion: 'y' },
        server: { softwareVersion: 'x' },
      })
  })

  test('else by who begins the key exchange', () => {
    for (const first of [30, 32, 34]) {
      const talk = new Talk().client(versionLine('x'), plainInit).server(versionLine('y'), plainInit)
      expect(talk.told).toEqual([])
      expect(talk.server(message(first)).told[0]?.isReversed).toBe(true)
    }
    const answered = new Talk().client(versionLine('x'), plainInit).server(versionLine('y'), plainInit)
    expect(answered.server(message(31)).told).toEqual([])
    expect(answered.client(message(34)).told[0]?.isReversed).toBe(false)
  })
})

describe('bytes that are missing', () => {
  test('before a KEXINIT at the begin of a segment cost the version line alone', () => {
    const talk = new Talk().server(versionLine('x'), serverInit)
    talk.conversation.tear(CLIENT)
    talk.client(clientInit)
    expect(talk.told[0]?.client).toMatchObject({
      protocolVersion: undefined,
      kexInit: { kex: ['a', 'b', 'ext-info-c'] },
    })
  })

  test('within a KEXINIT leave nothing to tell', () => {
    const talk = new Talk().server(versionLine('x'), serverInit).client(versionLine('y'))
    talk.cut(CLIENT, clientInit, 40).client(message(30), newKeys)
    expect(talk.told).toEqual([])
  })
})

describe('a conversation is over', () => {
  const begun = (ciphers: string) => {
    const init = (kex: string) => packet(kexInit({ kex, ciphers }))
    return new Talk()
      .server(versionLine('x'), init('b,ext-info-s'), newKeys)
      .client(versionLine('y'), init('b,ext-info-c'))
  }

  test('when both sides encrypt in a way that nobody knows', () => {
    const talk = begun('rot13')
    expect(talk.conversation.isOver).toBe(false)
    expect(talk.client(newKeys).conversation.isOver).toBe(true)
    expect(talk.conversation.unsure).toEqual(['ssh: nothing is known of its cipher or MAC'])
  })

  test('never while messages can be told apart', () => {
    const talk = begun('aes128-ctr').client(newKeys)
    for (let i = 0; i < 300; i++) talk.client(Buffer.alloc(64)).server(Buffer.alloc(64))
    expect(talk.conversation.isOver).toBe(false)
    expect(talk.conversation.unsure).toEqual([])
  })

  test('when it is never understood', () => {
    const noise = new Talk()
    for (let i = 0; i < 300 && !noise.conversation.isOver; i++) noise.client(Buffer.alloc(600, i & 255 || 1))
    expect(noise.conversation.isOver).toBe(true)
    const silence = new Talk()
    for (let i = 0; i < 300 && !silence.conversation.isOver; i++) silence.cut(CLIENT, Buffer.alloc(9), 0)
    expect(silence.conversation.isOver).toBe(true)
  })
})

test('no bytes make it throw, and what it keeps stays small', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(0, 1), fc.uint8Array({ maxLength: 300 })), { maxLength: 20 }),
      (segments) => {
        const talk = new Talk().server(versionLine('x')).client(versionLine('y'))
        for (const [direction, bytes] of segments) {
          if (direction === 0) talk.client(bytes)
          else talk.server(bytes)
        }
        expect(talk.told.length).toBeLessThan(2)
      },
    ),
  )
})
