// The hits of one run, by flow, as little of them as a comparison needs: memory grows with the hits, not with the
// captures.

import type { SignatureHead } from '../../model/program.ts'
import type { Hit } from '../../model/report.ts'
import { nameFlow } from '../flow-name.ts'

/** A flow that was hit. */
export interface LoggedFlow {
  /** The same in every run over the same captures, whatever the signatures. */
  readonly id: number
  /** Index of its capture. */
  readonly source: number
  /** `tcp 10.0.0.1:4711>10.0.0.2:22`. */
  readonly name: string
}

export interface LoggedHit {
  readonly flow: LoggedFlow
  readonly signature: SignatureHead
  /** Ordinals of its first and last packet in the flow. */
  readonly first: number
  readonly last: number
  /** Packet time, µs. */
  readonly time: number
  /** Of a hit that was counted over flows: the client, server or both that it is about. */
  readonly counted: string | undefined
}

export class HitLog {
  readonly hits: LoggedHit[] = []
  readonly #flows = new Map<number, LoggedFlow>()

  /** Flows that were hit. */
  get flows(): number {
    return this.#flows.size
  }

  hit({ flow, signature, first, last, time, campaign }: Hit): void {
    // An id of a campaign's hit begins with the campaign's sid.
    const counted = campaign?.id.slice(campaign.id.indexOf(' ') + 1)
    const known = this.#flows.get(flow.id) ?? { id: flow.id, source: flow.source, name: nameFlow(flow) }
    this.#flows.set(flow.id, known)
    this.hits.push({ flow: known, signature, first, last, time, counted })
  }
}
