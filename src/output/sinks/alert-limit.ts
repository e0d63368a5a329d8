// At most so many alerts of one signature (and client, and server) in so many seconds of packet time: a window begins
// with the first that passes, those over the limit are withheld and counted, and the first of a later window says
// how many they were. Keys come from the network, so they are bounded: the oldest window is forgotten.

import { AgingMap } from '../../core/aging-map.ts'
import type { OutgoingEvent } from '../../model/event.ts'
import type { RateLimitOptions } from '../../model/output-options.ts'

const MAX_KEYS = 65_536

interface Window {
  /** µs. */
  readonly start: number
  passed: number
  withheld: number
}

export class AlertLimit {
  readonly #options: RateLimitOptions
  readonly #lengthMicros: number
  readonly #maxKeys: number
  readonly #windows = new AgingMap<string, Window>()
  withheldAlerts = 0
  /** Windows that were forgotten while they counted: their key begins anew. */
  evictedWindows = 0

  constructor(options: RateLimitOptions, maxKeys = MAX_KEYS) {
    this.#options = options
    this.#lengthMicros = options.seconds * 1e6
    this.#maxKeys = maxKeys
  }

  /** @returns undefined when this alert is withheld, otherwise how many were since the last of its key that passed */
  admit(alert: OutgoingEvent): number | undefined {
    const key = this.#keyOf(alert)
    const window = this.#windows.get(key)
    if (window === undefined || this.#isOver(window, alert.time)) {
      if (window === undefined) this.#makeRoom(alert.time)
      this.#windows.set(key, { start: alert.time, passed: 1, withheld: 0 })
      return window?.withheld ?? 0
    }
    if (window.passed < this.#options.alerts) {
      window.passed++
      return 0
    }
    window.withheld++
    this.withheldAlerts++
    return undefined
  }

  /** Also when packet time was set back by more than a window: it would last until time has caught up. */
  #isOver(window: Window, time: number): boolean {
    return Math.abs(time - window.start) >= this.#lengthMicros
  }

  #makeRoom(time: number): void {
    if (this.#windows.size < this.#maxKeys) return
    const oldest = this.#windows.oldest
    if (oldest === undefined) return
    const [key, window] = oldest
    if (window.withheld > 0 || !this.#isOver(window, time)) this.evictedWindows++
    this.#windows.delete(key)
  }

  #keyOf({ sid, client, server }: OutgoingEvent): string {
    switch (this.#options.by) {
      case 'signature':
        return `${sid}`
      case 'signature-client':
        return `${sid} ${client}`
      case 'signature-pair':
        return `${sid} ${client} ${server}`
    }
  }
}
