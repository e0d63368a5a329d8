// How long the event loop stood still: a timer that says how late it came. perf_hooks' histogram cannot do it: after
// a reset it forgets when it last ran, and with that the stall that is going on. Costs one timer callback in 10 ms.

const EVERY_MS = 10

/** One asker's view, so that askers do not take each other's answers. */
export interface StallReader {
  /** The longest stall since this reader last asked, ms; one that is going on counts with what it has lasted. */
  longestMs(): number
}

export class EventLoopWatch {
  readonly #timer = setInterval(() => this.#tick(), EVERY_MS).unref()
  readonly #longest: number[] = []
  #ticked = performance.now()

  reader(): StallReader {
    const index = this.#longest.push(0) - 1
    return {
      longestMs: () => {
        this.#tick()
        const longest = this.#longest[index] ?? 0
        this.#longest[index] = 0
        return longest
      },
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const now = performance.now()
    const late = now - this.#ticked - EVERY_MS
    this.#ticked = now
    for (let i = 0; i < this.#longest.length; i++) if (late > (this.#longest[i] ?? 0)) this.#longest[i] = late
  }
}
