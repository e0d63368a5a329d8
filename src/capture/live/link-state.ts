// What Linux says of a network device: there and switched on, or not.

import { readFileSync } from 'node:fs'

/** `no-carrier`: switched on, but no cable or peer. `unknown`: not a device of this kind, as `any`. */
export type LinkState = 'up' | 'no-carrier' | 'down' | 'gone' | 'unknown'

const FOLDER = '/sys/class/net'

/** IFF_UP of linux/if.h. */
const UP = 1

/** States of RFC 2863 that carry nothing; `unknown` is said by drivers that do not tell, and by `lo`. */
const SILENT = new Set(['down', 'lowerlayerdown', 'notpresent'])

/** The pseudo-device of libpcap that stands for all. */
export const ANY = 'any'

/** @param device - as capturing programs take it */
export function linkState(device: string): LinkState {
  if (device === ANY || device.includes('/') || deviceFact('lo', 'flags') === undefined) return 'unknown'
  const flags = deviceFact(device, 'flags')
  if (flags === undefined) return 'gone'
  if ((Number(flags) & UP) === 0) return 'down'
  return SILENT.has(deviceFact(device, 'operstate') ?? '') ? 'no-carrier' : 'up'
}

/** A file of the device's folder in sysfs, without its line end; undefined when there is none. */
export function deviceFact(device: string, name: string): string | undefined {
  try {
    return readFileSync(`${FOLDER}/${device}/${name}`, 'latin1').trim()
  } catch {
    return undefined
  }
}
