// What a handshake says of a connection, as figures: constant from then on.

import type { HandshakeFigureName } from '../../model/figures.ts'
import type { SshAlgorithms, SshHandshake } from '../../model/ssh.ts'
import { isLibrary } from './habits.ts'

/** Key exchanges of 1024 bits or with SHA-1 (RFC 9142 §3). */
const WEAK_KEX = /-sha1$|^rsa1024-|^diffie-hellman-group1-/
/** Modes with CBC, and ciphers with blocks of 64 bits or RC4 (RFC 8758). */
const WEAK_CIPHER = /-cbc(@|$)|^3des|^des|^blowfish|^cast128|^arcfour|^idea|^none$/
const WEAK_MAC = /md5|-96(-|@|$)|ripemd|^none$/
/** DSA, and RSA with SHA-1 (RFC 8332 §1). */
const WEAK_HOST_KEY = /^ssh-dss|^ssh-rsa(-cert-v0[01]@openssh\.com)?$/

export type HandshakeFigures = Readonly<Record<HandshakeFigureName, number>>

export function handshakeFigures({ client, server, algorithms, isStrict }: SshHandshake): HandshakeFigures {
  const { kex = '', hostKey = '' } = algorithms ?? {}
  return {
    version: algorithms === undefined ? 1 : 2,
    'weak.kex': flag(WEAK_KEX.test(kex)),
    'weak.hostkey': flag(WEAK_HOST_KEY.test(hostKey)),
    'weak.cipher': flag(ciphersOf(algorithms).some((name) => WEAK_CIPHER.test(name))),
    'weak.mac': flag(macsOf(algorithms).some((name) => WEAK_MAC.test(name))),
    terrapin: flag(!isStrict && isExposed(algorithms)),
    compressed: flag(algorithms !== undefined && isCompressed(algorithms)),
    'c.openssh': versionOfOpenSsh(client.softwareVersion),
    's.openssh': versionOfOpenSsh(server.softwareVersion),
    'c.library': flag(isLibrary(client.softwareVersion ?? '')),
    'c.hostkeys': new Set(client.kexInit?.hostKeys.map(familyOf)).size,
  }
}

function flag(isSo: boolean): number {
  return isSo ? 1 : 0
}

function ciphersOf(algorithms: SshAlgorithms | undefined): readonly string[] {
  return algorithms === undefined ? [] : [algorithms.cipherToServer, algorithms.cipherToClient]
}

function macsOf(algorithms: SshAlgorithms | undefined): readonly string[] {
  return algorithms === undefined ? [] : [algorithms.macToServer, algorithms.macToClient]
}

/** What CVE-2023-48795 (Terrapin) can be used against: ChaCha20-Poly1305, or CBC with encrypt-then-MAC. */
function isExposed(algorithms: SshAlgorithms | undefined): boolean {
  const macs = macsOf(algorithms)
  return ciphersOf(algorithms).some(
    (cipher, i) => cipher.startsWith('chacha20-') || (cipher.includes('-cbc') && /-etm@/.test(macs[i] ?? '')),
  )
}

function isCompressed({ compressionToServer, compressionToClient }: SshAlgorithms): boolean {
  return compressionToServer.startsWith('zlib') && compressionToClient.startsWith('zlib')
}

/** `OpenSSH_9.2p1` is 9.2; 0 for other software. */
function versionOfOpenSsh(software: string | undefined): number {
  return Number(/^OpenSSH_(\d+\.\d+)/.exec(software ?? '')?.[1] ?? 0)
}

/** The kind of key that an algorithm is for: RSA has several algorithms, ECDSA several curves. */
function familyOf(algorithm: string): string {
  return /rsa|ecdsa|ed25519|ed448|dss/.exec(algorithm)?.[0] ?? algorithm
}
