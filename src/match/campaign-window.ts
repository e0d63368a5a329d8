// The hits that a campaign counts for one key, as they slide through its time. Keeps the latest; a hit that came late
// stands where it belongs. A campaign's figures are those of the hits that are here.

import { CAMPAIGN_FIGURES, type FigureSource } from '../model/figures.ts'

export interface CountedHit {
  /** µs. */
  readonly time: number
  readonly flow: number
  readonly client: string
  readonly server: string
}

const FIGURE_NAMES = Object.keys(CAMPAIGN_FIGURES)

/** Index of a name in CAMPAIGN_FIGURES; -1 for another. */
export function campaignFigureIndex(name: string): number {
  return FIGURE_NAMES.indexOf(name)
}

export class CampaignWindow implements FigureSource {
  readonly #withinMicros: number
  /** By time. */
  readonly #hits: CountedHit[] = []
  readonly #flows = new Tally<number>()
  readonly #clients = new Tally<string>()
  readonly #servers = new Tally<string>()
  /** The condition held and was told; nothing more is to be told until it holds no longer. */
  isTold = false

  constructor(withinMicros: number) {
    this.#withinMicros = withinMicros
  }

  get hits(): number {
    return this.#hits.length
  }

  get flows(): number {
    return this.#flows.size
  }

  get clients(): number {
    return this.#clients.size
  }

  get servers(): number {
    return this.#servers.size
  }

  /** Time of the first hit; of the last. 0 when there is none. */
  get first(): number {
    return this.#hits[0]?.time ?? 0
  }

  get last(): number {
    return this.#hits.at(-1)?.time ?? 0
  }

  add(hit: CountedHit): void {
    let at = this.#hits.length
    while (at > 0 && (this.#hits[at - 1]?.time ?? 0) > hit.time) at--
    this.#hits.splice(at, 0, hit)
    this.#flows.add(hit.flow)
    this.#clients.add(hit.client)
    this.#servers.add(hit.server)
  }

  /** Forgets what is out of time at `now`; an empty window has told nothing. */
  slide(now: number): void {
    while (this.hits > 0 && this.first < now - this.#withinMicros) this.dropFirst()
    if (this.hits === 0) this.isTold = false
  }

  dropFirst(): void {
    const hit = this.#hits.shift()
    if (hit === undefined) return
    this.#flows.remove(hit.flow)
    this.#clients.remove(hit.client)
    this.#servers.remove(hit.server)
  }

  value(_flow: number, figure: number): number {
    switch (FIGURE_NAMES[figure]) {
      case 'hits':
        return this.hits
      case 'flows':
        return this.flows
      case 'clients':
        return this.clients
      case 'servers':
        return this.servers
      default:
        return this.last - this.first
    }
  }
}

/** How often each value is there. */
class Tally<T> {
  readonly #counts = new Map<T, number>()

  get size(): number {
    return this.#counts.size
  }

  add(value: T): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1)
  }

  remove(value: T): void {
    const left = (this.#counts.get(value) ?? 0) - 1
    if (left > 0) this.#counts.set(value, left)
    else this.#counts.delete(value)
  }
}
