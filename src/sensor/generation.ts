// hot path
// A program at work: its matchers, over records that all programs share. After a reload the flows that were open
// finish on the generation that they began with; each flow's record names it.

import { DEFAULT_MATCH_BUDGET, type MatchBudget, Matcher } from '../match/matcher.ts'
import { DEFAULT_SEQUENCE_BUDGET, type SequenceBudget, Stream } from '../match/sequence-flows.ts'
import { SequenceMatcher } from '../match/sequence-matcher.ts'
import type { Counters } from '../model/counters.ts'
import type { FlowFigureSource } from '../model/figures.ts'
import type { FlowRecords } from '../model/flow-record.ts'
import type { MatchSink } from '../model/match-sink.ts'
import type { ProgramWatch } from '../model/match-watch.ts'
import type { Program } from '../model/program.ts'

export class Generation {
  readonly program: Program
  readonly matcher: Matcher
  readonly sequences: SequenceMatcher
  readonly hasPacketSequences: boolean
  /** Open flows that run on it. */
  flows = 0

  constructor(
    records: FlowRecords,
    program: Program,
    sink: MatchSink,
    figures: FlowFigureSource,
    match: MatchBudget = DEFAULT_MATCH_BUDGET,
    sequence: SequenceBudget = DEFAULT_SEQUENCE_BUDGET,
    watch?: ProgramWatch,
  ) {
    this.program = program
    this.matcher = new Matcher(records, program, sink, match, watch?.signatures)
    this.sequences = new SequenceMatcher(
      records,
      program.sequences,
      sink,
      figures,
      sequence,
      watch?.sequences,
    )
    this.hasPacketSequences = !this.sequences.isEmpty(Stream.packets)
  }

  /** Forgets what it keeps of a flow. */
  release(flow: number): void {
    this.matcher.release(flow)
    this.sequences.release(flow)
  }

  count(counters: Counters): void {
    this.matcher.count(counters)
    this.sequences.count(counters)
  }
}
