// Names of addresses from reverse DNS, asked for ahead and remembered, so that reports themselves never wait
// in the middle of a packet.

import { Resolver } from 'node:dns/promises'
import type { FlowEnd, Hit, ReportSink, RunTotals, SshReport } from '../model/report.ts'

const MOST_NAMES = 65_536
const TIMEOUT_MS = 1500

/** Names of an address, the first is taken; rejects when there is none. */
export type ReverseLookup = (address: string) => Promise<readonly string[]>

export class HostNames {
  readonly #reverse: ReverseLookup
  readonly #names = new Map<string, string>()

  constructor(reverse: ReverseLookup = reverseDns()) {
    this.#reverse = reverse
  }

  /** The name found for an address by find(), or the address. */
  nameOf(address: string): string {
    return this.#names.get(address) ?? address
  }

  /** Looks up those addresses that were not looked up before. Never rejects: what has no name keeps its address. */
  async find(addresses: ReadonlySet<string>): Promise<void> {
    const unknown = [...addresses].filter((address) => !this.#names.has(address))
    if (this.#names.size + unknown.length > MOST_NAMES) this.#names.clear()
    await Promise.all(
      unknown.map(async (address) => {
        const names = await this.#reverse(address).catch(() => [])
        this.#names.set(address, names[0] ?? address)
      }),
    )
  }
}

function reverseDns(): ReverseLookup {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  return (address) => resolver.reverse(address)
}

/** Holds reports back until settle() has found the names of their hosts; the order stays. */
export class NamingReport implements ReportSink {
  readonly #names: HostNames
  readonly #target: ReportSink
  #waiting: (() => void)[] = []
  #addresses = new Set<string>()

  constructor(names: HostNames, target: ReportSink) {
    this.#names = names
    this.#target = target
  }

  hit(hit: Hit): void {
    this.#hold(hit.flow.client.address, hit.flow.server.address, () => this.#target.hit(hit))
  }

  ssh(report: SshReport): void {
    this.#hold(report.flow.client.address, report.flow.server.address, () => this.#target.ssh(report))
  }

  flowEnd(end: FlowEnd): void {
    this.#hold(end.flow.client.address, end.flow.server.address, () => this.#target.flowEnd(end))
  }

  totals(totals: RunTotals): void {
    this.#waiting.push(() => this.#target.totals(totals))
  }

  /** Passes on what was held back. */
  async settle(): Promise<void> {
    const reports = this.#waiting
    const addresses = this.#addresses
    this.#waiting = []
    this.#addresses = new Set()
    await this.#names.find(addresses)
    for (const report of reports) report()
  }

  #hold(client: string, server: string, report: () => void): void {
    this.#addresses.add(client)
    this.#addresses.add(server)
    this.#waiting.push(report)
  }
}
