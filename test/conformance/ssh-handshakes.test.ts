// The handshakes of the corpus as the events tell them, beside what its labels say was negotiated.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FlowFacts, SshReport } from '../../src/model/report.ts'
import { ACTIVITY, labelsOf, missesCorpus, SSH_AUTH } from '../support/corpus.ts'
import { reportsOf } from '../support/handshakes.ts'

interface SshLabel {
  readonly pcap: string
  readonly client: string
  readonly server: string
  readonly app: string
  readonly derivation?: string
  readonly kex?: string | null
  readonly hostkey_alg?: string | null
  readonly cipher?: string | null
  readonly mac?: string | null
  readonly compression?: string | boolean | null
  readonly server_sw?: string | null
  readonly client_sw?: string | null
}

const without = missesCorpus('the handshakes of the corpus')

function nameOf({ address, port }: FlowFacts['client']): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** What a label says, as far as it does. */
function wanted(label: SshLabel): Record<string, string> {
  const all = {
    kex: label.kex,
    hostKey: label.hostkey_alg,
    cipher: label.cipher,
    mac: label.mac,
    // Some labels say here whether the client was told to compress.
    compression: typeof label.compression === 'string' ? label.compression : undefined,
    server: label.server_sw,
    client: label.client_sw,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function told({ handshake: { client, server, algorithms } }: SshReport): Record<string, string> {
  return {
    kex: algorithms?.kex ?? '',
    hostKey: algorithms?.hostKey ?? '',
    cipher: algorithms?.cipherToServer ?? '',
    mac: algorithms?.macToServer ?? '',
    compression: algorithms?.compressionToServer ?? '',
    server: `SSH-${server.protocolVersion}-${server.softwareVersion}`,
    client: `SSH-${client.protocolVersion}-${client.softwareVersion}`,
  }
}

describe.skipIf(without)('every labelled handshake that the capture holds is told, and told right', () => {
  for (const [folder, path] of [
    ['ssh-auth', SSH_AUTH],
    ['activity', ACTIVITY],
  ] as const) {
    const labels = labelsOf(path) as unknown as readonly SshLabel[]
    const ssh = labels.filter(({ app, cipher }) => app === 'ssh' && typeof cipher === 'string')
    test(folder, async () => {
      const captures = [...new Set(ssh.map(({ pcap }) => pcap))]
      let equal = 0
      for (const pcap of captures) {
        const reports = await reportsOf(join(path, pcap))
        const byEnds = new Map(
          reports.map((report) => [`${nameOf(report.flow.client)} ${nameOf(report.flow.server)}`, report]),
        )
        for (const label of ssh.filter((one) => one.pcap === pcap)) {
          const report = byEnds.get(`${label.client} ${label.server}`)
          // A capture that lost the handshake's own bytes has none to tell.
          if (report === undefined && /^(cut|lost|snap)-/.test(pcap)) continue
          expect(report, `${pcap} ${label.client}`).toBeDefined()
          if (report === undefined) continue
          expect(told(report), `${pcap} ${label.client}`).toMatchObject(wanted(label))
          equal++
        }
      }
      expect(equal).toBeGreaterThan(200)
    }, 120_000)
  }
})
