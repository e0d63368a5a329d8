// hot path
// What the matchers tell: one call for each hit.

export interface MatchSink {
  /**
   * A signature hit.
   *
   * @param signature - its index in the program
   * @param count - of its hits in this flow, from 1
   * @param first - ordinal of the first matched element in the flow, from 1; `last` of the last
   * @param elements - holds the matched elements, packed, from `at`; borrowed for this call
   */
  matched(
    flow: number,
    signature: number,
    count: number,
    first: number,
    last: number,
    elements: Int32Array,
    at: number,
  ): void

  /**
   * A sequence hit.
   *
   * @param signature - its index in Program.sequences
   * @param count - of its hits in this flow, from 1
   * @param first - ordinal of the first matched element in the signature's stream (packets, or SSH messages), from
   *   1; `last` of the last. Both are of the element at which conditions that stand alone began to hold
   */
  sequenceMatched(flow: number, signature: number, count: number, first: number, last: number): void
}

/** What a campaign counted when it hit. */
export interface CampaignHit {
  /** Of the hit that made it known, µs; so are the other times. */
  readonly time: number
  readonly by: 'client' | 'server' | 'pair'
  /** The client whose hits were counted; undefined when it is by server. */
  readonly client: string | undefined
  /** The server whose hits were counted; undefined when it is by client. */
  readonly server: string | undefined
  readonly hits: number
  readonly flows: number
  readonly clients: number
  readonly servers: number
  /** Times of the first and the last of them. */
  readonly first: number
  readonly last: number
}

export interface CampaignSink {
  /** @param index - of the campaign in Program.campaigns */
  campaign(index: number, hit: CampaignHit): void
}
