// Matches a statement against a flow by the oracles, which share nothing with the matchers.

import { matchNaively } from '../../src/match/naive-matcher.ts'
import { matchSequencesNaively } from '../../src/match/naive-sequences.ts'
import { Message } from '../../src/model/messages.ts'
import { Protocol } from '../../src/model/program.ts'
import { compileProgram } from '../../src/signature/compile-program.ts'
import { formatStatement } from '../../src/signature/format-statement.ts'
import type { DraftStatement } from '../../src/workbench/learn/draft.ts'
import type { Specimen } from '../../src/workbench/learn/specimen.ts'

/** The statement is read again from its text: what is told is what is tried. */
export function hitsNaively(statement: DraftStatement, specimens: readonly Specimen[]): readonly boolean[] {
  const text = formatStatement(statement)
  const { program, diagnostics } = compileProgram([{ name: 'draft.sig', text }])
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(`${text}: ${errors.map(({ message }) => message).join('; ')}`)
  return specimens.map((specimen) => hitsOf(program, specimen) > 0)
}

function hitsOf(program: ReturnType<typeof compileProgram>['program'], specimen: Specimen): number {
  const { exchange, tokens, endSeen } = specimen
  const { protocol, serverPort, startSeen } = exchange
  const endsWhole = exchange.endTime !== undefined
  const gap = { kind: 'gap' } as const
  const common = { serverPort, startSeen, endSeen: endsWhole || endSeen }
  let at = 0
  const token = () => {
    const next = tokens[at++]
    if (next === undefined) throw new Error('there are as many tokens as elements')
    return next
  }
  const packets = exchange.events.map((event) => {
    if (event.kind === 'gap') return gap
    const { direction, size, isPause } = token()
    return { kind: 'element', direction, size, pause: isPause } as const
  })
  at = 0
  const stream = exchange.events.map((event) => {
    if (event.kind === 'gap') return gap
    const { direction, size, name, payload, own, isPause, phases } = token()
    return {
      kind: 'element',
      direction,
      size,
      message: Message[name],
      payload: payload === undefined ? undefined : { low: payload[0], high: payload[1] },
      // Ranges of drafts over messages are all less the round trip.
      delay: own,
      isPause,
      phases,
    } as const
  })
  const classic =
    protocol === 'ssh'
      ? []
      : matchNaively(program, { ...common, protocol: Protocol[protocol], events: packets })
  const sequences = matchSequencesNaively(program.sequences, {
    ...common,
    protocol,
    rtt: 0,
    events: stream,
    figure: () => 0,
  })
  return classic.length + sequences.length
}
