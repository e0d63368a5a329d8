// The network interfaces that can be watched, as the system lists them.

import { existsSync, readdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { ANY, deviceFact, type LinkState, linkState } from './link-state.ts'

export interface InterfaceFacts {
  readonly name: string
  readonly state: LinkState
  /** `ethernet`, `loopback`, `tunnel`... */
  readonly kind: string
  readonly addresses: readonly string[]
}

const FOLDER = '/sys/class/net'

/** ARPHRD_ values of linux/if_arp.h. */
const KINDS: Readonly<Record<string, string>> = {
  1: 'ethernet',
  512: 'ppp',
  768: 'tunnel',
  769: 'tunnel',
  772: 'loopback',
  776: 'tunnel',
  778: 'tunnel',
  801: 'wireless',
  802: 'wireless monitor',
  803: 'wireless monitor',
  823: 'tunnel',
  65534: 'tunnel',
}

/** Files that only devices of a kind have. */
const SIGNS = [
  ['wireless', 'wireless'],
  ['phy80211', 'wireless'],
  ['bridge', 'bridge'],
  ['bonding', 'bond'],
  ['tun_flags', 'tunnel'],
] as const

/** All interfaces by name, and `any`, which stands for all of them, at the end. */
export function listInterfaces(): readonly InterfaceFacts[] {
  const addresses = networkInterfaces()
  const names = new Set([...devices(), ...Object.keys(addresses)])
  const listed = [...names].sort().map((name) => ({
    name,
    state: linkState(name),
    kind: kindOf(name),
    addresses: (addresses[name] ?? []).map(({ address }) => address),
  }))
  return [...listed, { name: ANY, state: 'unknown', kind: 'all interfaces', addresses: [] }]
}

function devices(): readonly string[] {
  try {
    return readdirSync(FOLDER).filter((name) => deviceFact(name, 'flags') !== undefined)
  } catch {
    return []
  }
}

function kindOf(name: string): string {
  for (const [file, kind] of SIGNS) if (existsSync(`${FOLDER}/${name}/${file}`)) return kind
  return KINDS[deviceFact(name, 'type') ?? ''] ?? 'other'
}
