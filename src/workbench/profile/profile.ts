// What each signature of a program cost in a run, and what it found. Work is counted, not timed: a clock cannot be
// read as often as a match takes a step without measuring mostly itself, and counts are the same every time.

import type { ProgramWatch } from '../../model/match-watch.ts'
import type { Program, SignatureHead } from '../../model/program.ts'
import type { Hit } from '../../model/report.ts'
import { type Work, WorkTally } from './work-tally.ts'

export interface SignatureProfile {
  readonly signature: SignatureHead
  /** undefined for a campaign, which is told of hits and matches nothing itself. */
  readonly work: Work | undefined
  /** Steps that were taken for it: matches begun, elements offered to matches under way, conditions asked. */
  readonly steps: number
  /** Its part of the steps of all signatures, 0 to 1: an estimate of its part of the time. */
  readonly share: number
  readonly hits: number
  /** Packet time of the last hit, µs. */
  readonly lastHit: number | undefined
}

export const PROFILE_ORDERS = ['share', 'begun', 'dropped', 'hits', 'last', 'sid'] as const
export type ProfileOrder = (typeof PROFILE_ORDERS)[number]

/** Watches one run of a program. */
export class Profiler {
  readonly watch: ProgramWatch
  readonly #program: Program
  readonly #signatures: WorkTally
  readonly #sequences: WorkTally
  readonly #hits = new Map<SignatureHead, { count: number; last: number }>()

  constructor(program: Program) {
    this.#program = program
    this.#signatures = new WorkTally(program.signatures.length)
    this.#sequences = new WorkTally(program.sequences.length)
    this.watch = { signatures: this.#signatures, sequences: this.#sequences }
  }

  hit({ signature, time }: Hit): void {
    const known = this.#hits.get(signature) ?? { count: 0, last: time }
    known.count++
    known.last = Math.max(known.last, time)
    this.#hits.set(signature, known)
  }

  /** All signatures, in the order asked for; those that are alike in it by sid. */
  rows(order: ProfileOrder): readonly SignatureProfile[] {
    const { signatures, sequences, campaigns } = this.#program
    const measured: readonly (readonly [SignatureHead, Work | undefined])[] = [
      ...signatures.map((head, i) => [head, this.#signatures.of(i)] as const),
      // What has no condition was asked in name only.
      ...sequences.map((head, i) => {
        const work = this.#sequences.of(i)
        return [head, head.where === undefined ? { ...work, asked: 0 } : work] as const
      }),
      ...campaigns.map((head) => [head, undefined] as const),
    ]
    const total = measured.reduce((sum, [, work]) => sum + stepsOf(work), 0)
    const rows = measured.map(([signature, work]): SignatureProfile => {
      const steps = stepsOf(work)
      const found = this.#hits.get(signature)
      const share = total === 0 ? 0 : steps / total
      return { signature, work, steps, share, hits: found?.count ?? 0, lastHit: found?.last }
    })
    return rows.sort((a, b) => rankOf(b, order) - rankOf(a, order) || a.signature.sid - b.signature.sid)
  }
}

function stepsOf(work: Work | undefined): number {
  return work === undefined ? 0 : work.begun + work.offered + work.asked
}

/** Greater comes first. */
function rankOf({ signature, work, share, hits, lastHit }: SignatureProfile, order: ProfileOrder): number {
  if (order === 'share') return share
  if (order === 'begun') return work?.begun ?? 0
  if (order === 'dropped') return work?.dropped ?? 0
  if (order === 'hits') return hits
  if (order === 'last') return lastHit ?? 0
  return -signature.sid
}
