// Tries drafts on flows, many at once: all go into one program, and the matchers that run over traffic tell which of
// them hit which flow, and where.

import {
  NO_DETAILS,
  type Program,
  type ProgramSignature,
  type SequenceSignature,
} from '../../model/program.ts'
import { compilePattern } from '../../signature/compile-pattern.ts'
import { compileSequence } from '../../signature/compile-sequence.ts'
import { formatStatement } from '../../signature/format-statement.ts'
import { informationOf } from '../check/information.ts'
import { ExchangeRun } from '../exchange-run.ts'
import { recogniserOf } from '../prove/recogniser.ts'
import type { DraftStatement } from './draft.ts'
import type { Specimen } from './specimen.ts'

/** Ordinals of the first hit's elements, from 1. */
export interface Hit {
  readonly first: number
  readonly last: number
}

/** First hits of one draft, by the index of the flow. */
export type Hits = ReadonlyMap<number, Hit>

/** @returns the program, and by the index of each statement what it was compiled to; nothing for one that is too large */
export function compileDrafts(
  statements: readonly DraftStatement[],
  limit: number,
): {
  readonly program: Program
  readonly compiled: ReadonlyMap<number, ProgramSignature | SequenceSignature>
} {
  const signatures: ProgramSignature[] = []
  const sequences: SequenceSignature[] = []
  const compiled = new Map<number, ProgramSignature | SequenceSignature>()
  for (const [i, statement] of statements.entries()) {
    const head = {
      sid: i + 1,
      rev: 1,
      description: statement.description,
      class: undefined,
      severity: 3,
      limit,
      details: NO_DETAILS,
      text: formatStatement(statement),
      file: '',
      line: i + 1,
    }
    if (statement.kind === 'classic') {
      const signature = { ...head, ...compilePattern(statement) }
      signatures.push(signature)
      compiled.set(i, signature)
      continue
    }
    const sequence = compileSequence(statement)
    if (sequence === undefined) continue
    sequences.push({ ...head, ...sequence })
    compiled.set(i, { ...head, ...sequence })
  }
  return { program: { hash: '', signatures, sequences, campaigns: [] }, compiled }
}

/** Of each statement the flows that it hits. */
export function tryDrafts(
  statements: readonly DraftStatement[],
  specimens: readonly Specimen[],
  thresholdMicros: number,
): readonly Hits[] {
  const hits = statements.map(() => new Map<number, Hit>())
  if (statements.length === 0 || specimens.length === 0) return hits
  const run = new ExchangeRun(compileDrafts(statements, 1).program, thresholdMicros)
  for (const [flow, { exchange }] of specimens.entries())
    for (const { signature, count, first, last } of run.run(exchange))
      if (count === 1) hits[signature.sid - 1]?.set(flow, { first, last })
  return hits
}

/** Bits that a statement tells of a flow: information.ts. */
export function bitsOf(statement: DraftStatement): number {
  const signature = compileDrafts([statement], 0).compiled.get(0)
  return signature === undefined ? 0 : informationOf(recogniserOf(signature))
}
