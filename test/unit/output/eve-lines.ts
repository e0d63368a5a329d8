// The events that an EVE report writes, read back.

import { expect } from 'vitest'
import { EveReport } from '../../../src/output/eve-report.ts'
import { createLineEvents } from '../../../src/output/line-events.ts'
import { linesOf } from './reports.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is read here is what is tested
export type EveLine = any

export function eventsOf(write: (report: EveReport) => void): readonly EveLine[] {
  return linesOf((sink) => write(new EveReport(createLineEvents(sink), ['a.pcap', 'b.pcap']))).map((line) =>
    JSON.parse(line),
  )
}

export function eventOf(write: (report: EveReport) => void): EveLine {
  const events = eventsOf(write)
  expect(events).toHaveLength(1)
  return events[0]
}
