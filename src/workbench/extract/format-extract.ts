// What was extracted, for a terminal.

import { basename } from 'node:path'
import type { FlowFacts, Hit } from '../../model/report.ts'
import type { SshHandshake } from '../../model/ssh.ts'
import { formatBytes, formatCount, formatSpan } from '../../output/human-units.ts'
import { printable } from '../../output/printable.ts'
import type { Comparison } from './extract-flow.ts'

const MOST_LINES = 6

export interface ExtractReport {
  readonly flow: FlowFacts
  readonly name: string
  readonly capture: string
  readonly eventsPath: string
  readonly frames: number
  readonly bytes: number
  readonly events: number
  readonly hits: readonly Hit[]
  /** Campaigns' hits that are not among the events. */
  readonly campaigns: number
  readonly isAnonymous: boolean
  /** Addresses were mapped by a key that the author gave. */
  readonly hasKey: boolean
  readonly handshake: SshHandshake | undefined
  readonly comparison: Comparison
}

export function formatExtract(report: ExtractReport): readonly string[] {
  const { flow, name, capture, eventsPath, frames, bytes, events } = report
  return [
    `flow ${flow.id}, ${name}: ${formatCount(flow.elements, 'packet')} with payload, ${formatSpan(flow.last - flow.start)}`,
    `${capture}: ${formatCount(frames, 'frame')}, ${formatBytes(bytes)}`,
    `${eventsPath}: ${formatCount(events, 'event')}`,
    ...anonymity(report),
    ...verdict(report),
    ...examples(report),
  ].map(printable)
}

function anonymity({ isAnonymous, hasKey, handshake }: ExtractReport): readonly string[] {
  if (!isAnonymous) return ['nothing is hidden: --anonymize maps addresses and blanks payload']
  const key = hasKey ? 'by the key given' : 'by a key of this run; --key makes several extracts fit together'
  const versions = handshake === undefined ? [] : [handshake.client, handshake.server]
  return [
    `addresses are mapped ${key}`,
    ...versions.map(
      ({ protocolVersion, softwareVersion }, side) =>
        `still readable: the ${side === 0 ? 'client' : 'server'}'s SSH-${protocolVersion ?? '?'}-${softwareVersion ?? '?'}`,
    ),
  ]
}

function verdict({ hits, campaigns, comparison: { missing, unexpected } }: ExtractReport): readonly string[] {
  const left =
    campaigns === 0
      ? []
      : [`left out: ${formatCount(campaigns, 'alert')} of campaigns, which count over flows`]
  if (missing.length + unexpected.length === 0)
    return [
      `verified: a replay gives the same ${formatCount(hits.length, 'alert')}, and no other event`,
      ...left,
    ]
  const shown = [...missing.map((line) => `- ${line}`), ...unexpected.map((line) => `+ ${line}`)]
  const hidden = shown.length - MOST_LINES
  return [
    `NOT the same: a replay lacks ${formatCount(missing.length, 'event')} (-) and gives ${unexpected.length} others (+)`,
    ...shown.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...left,
  ]
}

/** Lines for signature files. */
function examples({ hits, capture }: ExtractReport): readonly string[] {
  const counts = new Map<number, number>()
  for (const { signature } of hits) counts.set(signature.sid, (counts.get(signature.sid) ?? 0) + 1)
  return [...counts].map(
    ([sid, count]) =>
      `example for sid ${sid}: #+ ${count === 1 ? '' : `${count}x `}file:${basename(capture)}`,
  )
}
