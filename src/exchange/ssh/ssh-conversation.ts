// Both directions of one SSH connection: reads them in the clear and tells, once, what they agree on.

import type { Direction } from '../../model/program.ts'
import type { SshHandshake, SshSide } from '../../model/ssh.ts'
import { ClearReader, isSsh2, Phase } from './clear-reader.ts'
import { isStrict, negotiate, roleOf } from './kexinit.ts'

/** Segments after which a connection that was never understood is given up. */
const MOST_SEGMENTS = 256

export class SshConversation {
  readonly #toServer = new ClearReader()
  readonly #toClient = new ClearReader()
  #isTold = false
  #segments = 0

  /** Nothing in the clear is to come. */
  get isOver(): boolean {
    if (this.#segments >= MOST_SEGMENTS) return true
    return this.#toServer.phase === Phase.over && this.#toClient.phase === Phase.over
  }

  /**
   * Takes bytes from TCP's client (0) or server (1); `missing` bytes after them were not captured.
   *
   * @returns the handshake when these bytes made it known
   */
  take(direction: Direction, bytes: Uint8Array, missing: boolean): SshHandshake | undefined {
    this.#segments++
    const reader = direction === 0 ? this.#toServer : this.#toClient
    reader.take(bytes)
    if (missing) reader.tear()
    if (this.#isTold) return undefined
    const handshake = this.#handshake()
    this.#isTold = handshake !== undefined
    if (this.#isTold) {
      this.#toServer.kexInit = undefined
      this.#toClient.kexInit = undefined
    }
    return handshake
  }

  /** About what is kept, bytes. */
  get weight(): number {
    return this.#toServer.weight + this.#toClient.weight
  }

  /** Bytes of a direction are missing. */
  tear(direction: Direction): void {
    if (direction === 0) this.#toServer.tear()
    else this.#toClient.tear()
  }

  #handshake(): SshHandshake | undefined {
    const one = this.#toServer
    const two = this.#toClient
    if (!isSsh2(one.protocolVersion) || !isSsh2(two.protocolVersion)) {
      if (one.protocolVersion === undefined || two.protocolVersion === undefined) return undefined
      return {
        client: sideOf(one),
        server: sideOf(two),
        isReversed: false,
        algorithms: undefined,
        isStrict: false,
      }
    }
    if (one.kexInit === undefined || two.kexInit === undefined) return undefined
    const isReversed = rolesAreReversed(one, two)
    if (isReversed === undefined) return undefined
    const [client, server] = isReversed ? [two, one] : [one, two]
    const clientInit = isReversed ? two.kexInit : one.kexInit
    const serverInit = isReversed ? one.kexInit : two.kexInit
    return {
      client: sideOf(client),
      server: sideOf(server),
      isReversed,
      algorithms: negotiate(clientInit, serverInit),
      isStrict: isStrict(clientInit, serverInit),
    }
  }
}

function sideOf(reader: ClearReader): SshSide {
  const { protocolVersion, softwareVersion, kexInit } = reader
  return { protocolVersion, softwareVersion, kexInit }
}

/**
 * True when TCP's server is SSH's client. Extensions tell; else who begins the key exchange: the client, with 30,
 * 32 or 34. undefined before either is known.
 */
function rolesAreReversed(one: ClearReader, two: ClearReader): boolean | undefined {
  const role = one.kexInit && roleOf(one.kexInit)
  if (role !== undefined) return role === 'server'
  const other = two.kexInit && roleOf(two.kexInit)
  if (other !== undefined) return other === 'client'
  if (begins(one)) return false
  if (begins(two)) return true
  return one.phase >= Phase.over || two.phase >= Phase.over ? false : undefined
}

function begins({ firstKexMessage }: ClearReader): boolean {
  return firstKexMessage !== 0 && firstKexMessage % 2 === 0
}
