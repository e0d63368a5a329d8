// Counts hits over flows: by client, server or both, within a time. Not on the packet path: it is told of hits only.
// Bounds: keys whose hits are counted at once, hits of one key, hits of all; the key that was counted longest ago
// goes first, and what a bound drops is counted.

import { AgingMap } from '../core/aging-map.ts'
import type { Counters } from '../model/counters.ts'
import type { CampaignSink } from '../model/match-sink.ts'
import type { CampaignSignature } from '../model/program.ts'
import { CampaignWindow, type CountedHit, campaignFigureIndex } from './campaign-window.ts'
import { Conditions } from './conditions.ts'

export interface CampaignBudget {
  /** Keys of all campaigns. */
  readonly keys: number
  readonly hitsPerKey: number
  /** Of all keys. */
  readonly hits: number
}

export const DEFAULT_CAMPAIGN_BUDGET: CampaignBudget = { keys: 65_536, hitsPerKey: 4096, hits: 262_144 }

/** A campaign's hit may be counted by another campaign, whose hit may be counted: so often. */
const MOST_DEPTH = 4

export class Campaigns {
  #campaigns: readonly CampaignSignature[]
  readonly #sink: CampaignSink
  readonly #budget: CampaignBudget
  #conditions: Conditions
  /** Campaigns by the class that they count, and by the class that must follow. */
  #counting: ReadonlyMap<string, readonly number[]>
  #following: ReadonlyMap<string, readonly number[]>
  /** By campaign and key; that which was counted longest ago comes first. */
  #windows = new AgingMap<string, CampaignWindow>()
  #hits = 0
  #droppedKeys = 0
  #droppedHits = 0

  /** @param campaigns - of a Program: hits name them by index */
  constructor(campaigns: readonly CampaignSignature[], sink: CampaignSink, budget: CampaignBudget) {
    this.#campaigns = campaigns
    this.#sink = sink
    this.#budget = budget
    this.#conditions = conditionsOf(campaigns)
    this.#counting = indexesBy(campaigns.map((campaign) => campaign.of))
    this.#following = indexesBy(campaigns.map((campaign) => campaign.then))
  }

  /** Other campaigns from now on. What those that stay as they were (by their text) have counted is kept. */
  adopt(campaigns: readonly CampaignSignature[]): void {
    const places = new Map(campaigns.map(({ sid, text }, i) => [`${sid} ${text}`, i]))
    const old = this.#windows
    const before = this.#campaigns
    this.#windows = new AgingMap()
    this.#hits = 0
    for (let next = old.oldest; next !== undefined; next = old.oldest) {
      const [name, window] = next
      old.delete(name)
      const [index = '', ...key] = name.split(' ')
      const campaign = before[Number(index)]
      const place = campaign === undefined ? undefined : places.get(`${campaign.sid} ${campaign.text}`)
      if (place === undefined) continue
      this.#windows.set([place, ...key].join(' '), window)
      this.#hits += window.hits
    }
    this.#campaigns = campaigns
    this.#conditions = conditionsOf(campaigns)
    this.#counting = indexesBy(campaigns.map((campaign) => campaign.of))
    this.#following = indexesBy(campaigns.map((campaign) => campaign.then))
  }

  /**
   * Takes a reported hit.
   *
   * @param hitClass - of its signature
   * @param time - packet time, µs
   * @param flow - number of its flow in this run
   */
  hit(hitClass: string, time: number, flow: number, client: string, server: string): void {
    this.#take(hitClass, { time, flow, client, server }, 0, undefined)
  }

  count(counters: Counters): void {
    counters.add('match.dropped_campaign_keys', this.#droppedKeys)
    counters.add('match.dropped_campaign_hits', this.#droppedHits)
  }

  /**
   * @param depth - how many campaigns led to this hit, each by the one before
   * @param from - the campaign whose own hit it is: that does not count it
   */
  #take(hitClass: string, hit: CountedHit, depth: number, from: number | undefined): void {
    // First, so that a hit does not follow itself.
    for (const index of this.#following.get(hitClass) ?? [])
      if (index !== from) this.#follow(index, hit, depth)
    for (const index of this.#counting.get(hitClass) ?? []) if (index !== from) this.#count(index, hit, depth)
  }

  /** A hit that must follow others has come. */
  #follow(index: number, hit: CountedHit, depth: number): void {
    const window = this.#windows.get(this.#nameOf(index, hit))
    if (window === undefined) return
    this.#slide(window, hit.time)
    if (window.hits > 0 && this.#conditions.holds(index, 0, window)) this.#tell(index, window, hit, depth)
  }

  #count(index: number, hit: CountedHit, depth: number): void {
    const window = this.#open(index, hit)
    this.#slide(window, hit.time)
    window.add(hit)
    this.#hits++
    this.#slide(window, window.last)
    if (window.hits > this.#budget.hitsPerKey) {
      window.dropFirst()
      this.#hits--
      this.#droppedHits++
    }
    this.#dropOldest(hit.time)
    if (this.#campaigns[index]?.then !== undefined) return
    const isTold = window.isTold
    window.isTold = window.hits > 0 && this.#conditions.holds(index, 0, window)
    if (window.isTold && !isTold) this.#tell(index, window, hit, depth)
  }

  #tell(index: number, window: CampaignWindow, hit: CountedHit, depth: number): void {
    const campaign = this.#campaigns[index]
    if (campaign === undefined) return
    const { by } = campaign
    const { hits, flows, clients, servers, first, last } = window
    const client = by === 'server' ? undefined : hit.client
    const server = by === 'client' ? undefined : hit.server
    this.#sink.campaign(index, {
      time: hit.time,
      by,
      client,
      server,
      hits,
      flows,
      clients,
      servers,
      first,
      last,
    })
    if (campaign.class !== undefined && depth < MOST_DEPTH) this.#take(campaign.class, hit, depth + 1, index)
  }

  /** The window of a hit's key, now the last to go. */
  #open(index: number, hit: CountedHit): CampaignWindow {
    const name = this.#nameOf(index, hit)
    const window = this.#windows.get(name) ?? new CampaignWindow(this.#campaigns[index]?.withinMicros ?? 0)
    this.#windows.delete(name)
    this.#windows.set(name, window)
    return window
  }

  #slide(window: CampaignWindow, now: number): void {
    const before = window.hits
    window.slide(now)
    this.#hits -= before - window.hits
  }

  /** Lets go of keys that are out of time, as far as they stand first, and of what passes the bounds. */
  #dropOldest(now: number): void {
    for (let next = this.#windows.oldest; next !== undefined; next = this.#windows.oldest) {
      const [name, window] = next
      this.#slide(window, now)
      const isFull = this.#windows.size > this.#budget.keys || this.#hits > this.#budget.hits
      if (window.hits > 0 && !isFull) return
      if (window.hits > 0) this.#droppedKeys++
      this.#hits -= window.hits
      this.#windows.delete(name)
    }
  }

  #nameOf(index: number, { client, server }: CountedHit): string {
    const by = this.#campaigns[index]?.by
    return `${index} ${by === 'server' ? '' : client} ${by === 'client' ? '' : server}`
  }
}

function conditionsOf(campaigns: readonly CampaignSignature[]): Conditions {
  return new Conditions(
    campaigns.map(({ where }) => where),
    campaignFigureIndex,
  )
}

/** Where each name stands. */
function indexesBy(names: readonly (string | undefined)[]): ReadonlyMap<string, readonly number[]> {
  const indexes = new Map<string, number[]>()
  for (const [i, name] of names.entries())
    if (name !== undefined) indexes.set(name, [...(indexes.get(name) ?? []), i])
  return indexes
}
