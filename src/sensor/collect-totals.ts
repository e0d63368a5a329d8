// The totals of a run, as its stages count them.

import { SKIP_NAMES } from '../decode/layer.ts'
import { Counters } from '../model/counters.ts'
import type { RunTotals } from '../model/report.ts'
import type { Pipeline } from './pipeline.ts'
import type { Reporter } from './reporter.ts'

/** What only the owner of the run knows. */
export type RunFacts = Pick<RunTotals, 'time' | 'uptimeSeconds' | 'frames' | 'bytes' | 'liveFlows'>

/** @param more - counters beside those of pipeline and reporter */
export function collectTotals(
  pipeline: Pipeline,
  reporter: Reporter,
  facts: RunFacts,
  more: readonly (readonly [name: string, count: number])[] = [],
): RunTotals {
  const counters = new Counters()
  pipeline.count(counters)
  reporter.count(counters)
  for (const [name, count] of more) counters.add(name, count)
  const entries = counters.entries().filter(([name]) => name !== 'flow.opened_flows')
  const isSkip = (name: string) => (SKIP_NAMES as readonly string[]).includes(name)
  const { signatures, sequences, campaigns } = pipeline.generations.current.program
  return {
    ...facts,
    skipped: entries.filter(([name]) => isSkip(name)),
    counters: entries.filter(([name]) => !isSkip(name)),
    flows: pipeline.table.opened,
    evictedFlows: counters.of('flow.evicted_flows'),
    signatures: signatures.length + sequences.length + campaigns.length,
    alerts: reporter.hits,
    hits: reporter.hitCounts(),
  }
}
