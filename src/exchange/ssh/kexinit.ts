// KEXINIT (RFC 4253 §7.1): ten name-lists behind a cookie, and what two of them come to.

import type { KexInit, SshAlgorithms } from '../../model/ssh.ts'

/** Message number and cookie. */
const LISTS_AT = 17
const LISTS = 8
/** Names of all lists together: real ones have fewer than a hundred. */
const MOST_NAMES = 512

/**
 * Parses the payload of a KEXINIT message, message number included.
 *
 * @returns undefined when a list leaves the payload, or there are too many names to be meant
 */
export function parseKexInit(payload: Uint8Array): KexInit | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const lists: (readonly string[])[] = []
  let at = LISTS_AT
  let names = 0
  while (lists.length < LISTS) {
    if (at + 4 > payload.length) return undefined
    const end = at + 4 + view.getUint32(at)
    if (end > payload.length) return undefined
    const text = Buffer.from(payload.buffer, payload.byteOffset + at + 4, end - at - 4).toString('latin1')
    const list = text === '' ? [] : text.split(',', MOST_NAMES + 1)
    names += list.length
    if (names > MOST_NAMES) return undefined
    lists.push(list)
    at = end
  }
  const [kex = [], hostKeys = [], ciphersToServer = [], ciphersToClient = [], ...rest] = lists
  const [macsToServer = [], macsToClient = [], compressionToServer = [], compressionToClient = []] = rest
  return {
    kex,
    hostKeys,
    ciphersToServer,
    ciphersToClient,
    macsToServer,
    macsToClient,
    compressionToServer,
    compressionToClient,
  }
}

/** Names in the list of key exchanges that stand for an extension (RFC 8308 §2.1; OpenSSH PROTOCOL §1.10). */
const MARKERS = /^(ext-info-[cs]|kex-strict-[cs](-.*)?)$/

/** What a client and a server will use: each time the client's first choice that the server has. */
export function negotiate(client: KexInit, server: KexInit): SshAlgorithms {
  const cipherToServer = choose(client.ciphersToServer, server.ciphersToServer)
  const cipherToClient = choose(client.ciphersToClient, server.ciphersToClient)
  return {
    kex: choose(
      client.kex.filter((name) => !MARKERS.test(name)),
      server.kex,
    ),
    hostKey: choose(client.hostKeys, server.hostKeys),
    cipherToServer,
    cipherToClient,
    macToServer: isAuthenticating(cipherToServer)
      ? 'implicit'
      : choose(client.macsToServer, server.macsToServer),
    macToClient: isAuthenticating(cipherToClient)
      ? 'implicit'
      : choose(client.macsToClient, server.macsToClient),
    compressionToServer: choose(client.compressionToServer, server.compressionToServer),
    compressionToClient: choose(client.compressionToClient, server.compressionToClient),
  }
}

function choose(wanted: readonly string[], offered: readonly string[]): string {
  const has = new Set(offered)
  return wanted.find((name) => has.has(name)) ?? ''
}

/** Ciphers with a tag of their own (RFC 5647; OpenSSH PROTOCOL.chacha20poly1305). */
function isAuthenticating(cipher: string): boolean {
  return /-gcm(@openssh\.com)?$|^AEAD_AES_|^chacha20-poly1305(@openssh\.com)?$/.test(cipher)
}

/** Whose KEXINIT it is, by the extensions that only one side may name; undefined when it names none. */
export function roleOf(kexInit: KexInit): 'client' | 'server' | undefined {
  const marker = kexInit.kex.find((name) => MARKERS.test(name))
  if (marker === undefined) return undefined
  return /^(ext-info|kex-strict)-c/.test(marker) ? 'client' : 'server'
}

/** Both sides ask for strict key exchange (OpenSSH PROTOCOL §1.10). */
export function isStrict(client: KexInit, server: KexInit): boolean {
  return (
    client.kex.some((name) => name.startsWith('kex-strict-c')) &&
    server.kex.some((name) => name.startsWith('kex-strict-s'))
  )
}

/** A side asks for EXT_INFO (RFC 8308 §2.1): the client with `ext-info-c`, the server with `ext-info-s`. */
export function extendsWith(kexInit: KexInit | undefined, side: 'c' | 's'): boolean {
  return kexInit?.kex.includes(`ext-info-${side}`) ?? false
}
