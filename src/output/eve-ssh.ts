// The parts of an EVE ssh event: Suricata's `ssh` object with HASSH fingerprints, and what both sides agreed on.

import { createHash } from 'node:crypto'
import type { KexInit, SshHandshake, SshSide } from '../model/ssh.ts'

/** Suricata's `ssh` object. */
export function sshObject({ client, server }: SshHandshake): object {
  return { client: sideObject(client, clientHassh), server: sideObject(server, serverHassh) }
}

/** What was negotiated, by SSH's roles. */
export function sshGait({ algorithms, isReversed, isStrict }: SshHandshake): object {
  if (algorithms === undefined) return { reversed: isReversed }
  const { compressionToServer, compressionToClient } = algorithms
  return {
    kex: algorithms.kex,
    host_key: algorithms.hostKey,
    cipher_toserver: algorithms.cipherToServer,
    cipher_toclient: algorithms.cipherToClient,
    mac_toserver: algorithms.macToServer,
    mac_toclient: algorithms.macToClient,
    compression:
      compressionToServer === compressionToClient
        ? compressionToServer
        : `${compressionToServer}/${compressionToClient}`,
    strict_kex: isStrict,
    reversed: isReversed,
  }
}

function sideObject(side: SshSide, hasshOf: (kexInit: KexInit) => string): object {
  const { protocolVersion, softwareVersion, kexInit } = side
  const string = kexInit === undefined ? undefined : hasshOf(kexInit)
  return {
    ...(protocolVersion === undefined ? {} : { proto_version: protocolVersion }),
    ...(softwareVersion === undefined ? {} : { software_version: softwareVersion }),
    ...(string === undefined ? {} : { hassh: { hash: md5(string), string } }),
  }
}

/** HASSH (https://github.com/salesforce/hassh): what a client offers for its own direction. */
function clientHassh(init: KexInit): string {
  return joinLists(init.kex, init.ciphersToServer, init.macsToServer, init.compressionToServer)
}

/** HASSHServer: what a server offers for its own. */
function serverHassh(init: KexInit): string {
  return joinLists(init.kex, init.ciphersToClient, init.macsToClient, init.compressionToClient)
}

function joinLists(...lists: readonly (readonly string[])[]): string {
  return lists.map((names) => names.join(',')).join(';')
}

function md5(text: string): string {
  return createHash('md5').update(text, 'latin1').digest('hex')
}
