// SSH in the clear, spelled out: version lines and binary packets (RFC 4253 §6).

import { u32 } from './packet.ts'

export const versionLine = (software: string, version = '2.0') =>
  Buffer.from(`SSH-${version}-${software}\r\n`, 'latin1')

/** A binary packet in the clear, padded to 8 bytes. */
export function packet(payload: Uint8Array): Buffer {
  const padding = 4 + ((8 - ((5 + payload.length + 4) % 8)) % 8)
  const head = Buffer.from([0, 0, 0, 0, padding])
  head.writeUInt32BE(1 + payload.length + padding)
  return Buffer.concat([head, payload, Buffer.alloc(padding)])
}

export const message = (number: number, length = 20) => packet(Buffer.alloc(length, 7).fill(number, 0, 1))
export const newKeys = packet(Buffer.from([21]))

export interface Lists {
  readonly kex?: string
  readonly hostKeys?: string
  /** Ciphers, MACs and compression of both directions, or to the server | to the client. */
  readonly ciphers?: string
  readonly macs?: string
  readonly compression?: string
}

/** Payload of a KEXINIT. */
export function kexInit(lists: Lists = {}): Buffer {
  const { kex = 'curve25519-sha256', hostKeys = 'ssh-ed25519' } = lists
  const pairs = [lists.ciphers ?? 'aes128-ctr', lists.macs ?? 'hmac-sha2-256', lists.compression ?? 'none']
  const directed = pairs.flatMap((text) => {
    const [toServer = '', toClient = toServer] = text.split('|')
    return [toServer, toClient]
  })
  const names = [kex, hostKeys, ...directed, '', ''].map((text) => Buffer.from(text, 'latin1'))
  return Buffer.concat([
    Buffer.alloc(17, 0xcc).fill(20, 0, 1),
    ...names.flatMap((name) => [u32(name.length), name]),
    Buffer.alloc(5),
  ])
}
