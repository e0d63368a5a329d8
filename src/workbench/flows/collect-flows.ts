// Reads captures for the flows that an author asks about. With both ends given hardly more than the
// frames that name them are decoded.

import { openCapture } from '../../capture/open-capture.ts'
import { Decoder } from '../../decode/decoder.ts'
import { DEFAULT_FLOW_BUDGET } from '../../flow/flow-budget.ts'
import { FlowTable } from '../../flow/flow-table.ts'
import { FlowRecords } from '../../model/flow-record.ts'
import { FlowClock } from '../../model/flow-sink.ts'
import { type CaptureProblem, Frame, ReadStatus } from '../../model/frame.ts'
import { PacketView } from '../../model/packet-view.ts'
import { type CollectedFlow, type FlowChoice, FlowCollector } from './flow-collector.ts'
import { mayBeOf } from './flow-ends.ts'

export interface CollectedFlows {
  /** In the order of their numbers. */
  readonly flows: readonly CollectedFlow[]
  readonly problems: readonly CaptureProblem[]
  /** Some flows are not whole: there is too much in the capture to keep all. */
  readonly isCut: boolean
}

const MAX_FLOWS = 1 << 20
/** Both ends are given: few flows are between them. */
const MAX_CHOSEN = 1 << 16
/** Of other flows a frame is decoded so often, so that time passes and flows time out as they do in a replay. */
const OTHERS_MICROS = 1_000_000
const HELD_BYTES = 16 << 20

/** @throws OperatorError when the capture cannot be opened */
export async function collectFlows(path: string, choice: FlowChoice): Promise<CollectedFlows> {
  const reader = await openCapture(path, 0)
  const ends = typeof choice === 'object' ? choice : undefined
  const maxFlows = ends === undefined ? MAX_FLOWS : MAX_CHOSEN
  const records = new FlowRecords(maxFlows)
  const clock = new FlowClock()
  const collector = new FlowCollector(records, clock, choice)
  const budget = { ...DEFAULT_FLOW_BUDGET, maxFlows, heldBytes: HELD_BYTES }
  const table = new FlowTable(records, clock, collector, budget, Math.random)
  const decoder = new Decoder({ checksums: false })
  const view = new PacketView()
  const frame = new Frame()
  let due = Number.NEGATIVE_INFINITY
  try {
    for (;;) {
      const status = reader.next(frame)
      if (status === ReadStatus.end) break
      if (status === ReadStatus.more) await reader.fill()
      else if (ends === undefined || (frame.time[0] ?? 0) >= due || mayBeOf(ends, frame)) {
        if (!decoder.decode(frame, view)) continue
        table.packet(view)
        due = (view.time[0] ?? 0) + OTHERS_MICROS
      }
    }
    table.drain()
    const { problems } = reader
    return {
      flows: collector.flows.sort((a, b) => a.id - b.id),
      problems: [...problems],
      isCut: collector.isCut,
    }
  } finally {
    reader.close()
  }
}
