// A pair of virtual devices for tests that capture: what is sent into one comes out of the other. Needs the
// privilege to make them and to capture; without it such tests skip, and say so.

import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { writePcap } from './pcap-writer.ts'
import { isInstalled } from './tools.ts'

/** Of locally administered addresses; an EtherType for experiments (IEEE 802, 0x88b5) that nothing answers. */
const HEADER = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5]

/** A filter that only packets of send() pass. */
export const OURS = 'ether proto 0x88b5'

/** Whether live captures can be tested here. */
export function canCapture(): boolean {
  const lacking = ['ip', 'tcpdump', 'tcpreplay'].find((tool) => !isInstalled(tool))
  if (lacking !== undefined) {
    console.warn(`skipped: tests that capture, which need ${lacking}`)
    return false
  }
  const pair = new Veth('t')
  const made = pair.make()
  pair.remove()
  if (!made) console.warn('skipped: tests that capture, which need the right to make network devices')
  return made
}

export class Veth {
  readonly near: string
  readonly far: string

  /** @param letter - tells the pairs of one test file apart */
  constructor(letter: string) {
    this.near = `gait${letter}${process.pid}a`
    this.far = `gait${letter}${process.pid}b`
  }

  /** Makes both and switches them on. */
  make(): boolean {
    const made = ip('link', 'add', this.near, 'type', 'veth', 'peer', 'name', this.far)
    for (const device of [this.near, this.far]) {
      const quiet = `/proc/sys/net/ipv6/conf/${device}/disable_ipv6`
      if (made && existsSync(quiet)) writeFileSync(quiet, '1')
    }
    return made && this.set('up')
  }

  set(state: 'up' | 'down', device = this.near): boolean {
    return (device === this.far || ip('link', 'set', this.far, 'up')) && ip('link', 'set', device, state)
  }

  remove(): void {
    ip('link', 'del', this.near)
  }

  /** Sends frames into the far end, numbered from 0 in their first payload byte. */
  send(count: number, file: string): void {
    const packets = Array.from({ length: count }, (_, i) => ({
      data: Uint8Array.from([...HEADER, i & 255, ...new Uint8Array(45)]),
    }))
    writeFileSync(file, writePcap(packets))
    const { status, stderr } = spawnSync('tcpreplay', ['-q', '-t', '-i', this.far, file], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`tcpreplay failed: ${stderr}`)
  }
}

function ip(...args: string[]): boolean {
  return spawnSync('ip', args, { stdio: 'ignore' }).status === 0
}
