// The totals of a run for people.

import type { RunTotals } from '../model/report.ts'
import { formatBytes } from './human-units.ts'
import { printable } from './printable.ts'

/** Lines of the summary: volumes, what was skipped and why, hits by signature, most first. */
export function formatSummary(totals: RunTotals): readonly string[] {
  const hits = [...totals.hits].sort((a, b) => b.count - a.count)
  const trouble = [...totals.skipped, ...totals.counters].filter(([, count]) => count > 0)
  return [
    `packets:    ${totals.frames}`,
    `bytes:      ${totals.bytes} (${formatBytes(totals.bytes)})`,
    `flows:      ${totals.flows}`,
    `signatures: ${totals.signatures}`,
    `hits:       ${totals.alerts}`,
    ...(trouble.length > 0 ? ['out of the ordinary:'] : []),
    ...trouble.map(([name, count]) => `  ${String(count).padStart(10)}  ${name}`),
    ...(hits.length > 0 ? ['hits by signature:'] : []),
    ...hits.map(
      ({ signature, count }) =>
        `  ${String(count).padStart(10)}  ${signature.sid}  ${printable(signature.description)}`,
    ),
  ]
}
