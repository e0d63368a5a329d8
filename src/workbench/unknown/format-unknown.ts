// Clusters of unknown flows for a person: one paragraph each, its lines comments, so that the whole is a signature
// file of drafts.

import { formatBytes, formatCount, formatTime } from '../../output/human-units.ts'
import { printable } from '../../output/printable.ts'
import type { Count, Unknown, UnknownReport } from './clusters.ts'

const MOST_NAMES = 4

export function formatUnknown(report: UnknownReport): readonly string[] {
  const { flows, matched, empty, clusters, unknown } = report
  const rest = flows - matched - empty
  const bare = empty === 0 ? '' : `, ${empty} without payload`
  const head = `# ${formatCount(flows, 'flow')}: ${matched} matched${bare}, ${rest} unknown in ${formatCount(clusters, 'cluster')}.`
  const told = unknown.reduce((sum, one) => sum + one.flows, 0)
  const left =
    told === rest
      ? []
      : [
          `# Not shown: ${formatCount(clusters - unknown.length, 'cluster')} of ${formatCount(rest - told, 'flow')}.`,
        ]
  return [head, ...left, ...unknown.flatMap((one, i) => ['', ...formatCluster(one, i + 1)])]
}

function formatCluster(cluster: Unknown, rank: number): readonly string[] {
  const { flows, protocol, shape, ports, clients, servers, firstSeen, lastSeen, bytes, captures } = cluster
  const drafted =
    cluster.signature === undefined
      ? ['# Its flows have too little in common for a draft.']
      : cluster.signature.trimEnd().split('\n')
  const hits = cluster.hits === flows ? `all ${flows}` : `${cluster.hits} of ${flows}`
  const comments = [
    `${rank}. ${formatCount(flows, 'flow')} like ${protocol} ${shape}, ${formatBytes(bytes)} in all`,
    ...(ports.length === 0 ? [] : [`ports ${list(ports)}`]),
    `clients ${list(clients)}; servers ${list(servers)}`,
    lastSeen === firstSeen
      ? `seen ${formatTime(firstSeen, 'Z')}`
      : `first seen ${formatTime(firstSeen, 'Z')}, last seen ${formatTime(lastSeen, 'Z')}`,
    `in ${names(captures)}`,
    ...(cluster.signature === undefined || flows === 1 ? [] : [`The draft hits ${hits}.`]),
  ]
  return [...comments.map((comment) => `# ${printable(comment)}`), ...drafted]
}

function list(counts: readonly Count[]): string {
  const [only] = counts
  if (counts.length === 1 && only !== undefined) return only.name
  return names(counts.map(({ name, flows }) => `${name} (${flows})`))
}

function names(all: readonly string[]): string {
  const more = all.length - MOST_NAMES
  return `${all.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** For JSON: plain values only. Times are seconds since the epoch. */
export function unknownFacts({ unknown, ...totals }: UnknownReport): object {
  return {
    ...totals,
    unknown: unknown.map(({ traces, firstSeen, lastSeen, ...cluster }) => ({
      ...cluster,
      firstSeen: firstSeen / 1e6,
      lastSeen: lastSeen / 1e6,
      ids: traces.map(({ flow }) => flow.id),
    })),
  }
}
