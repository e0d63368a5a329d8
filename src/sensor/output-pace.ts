// Whether events have to wait for outputs when many come at once, as at the end. An output is waited for while it
// delivers and has much to do; one that takes nothing is not, or it would cost the others their events.

import type { OutputStatus } from '../output/sinks/output-status.ts'

/** An output that took nothing for so long is left behind. */
const PATIENCE_MS = 250

type Figures = Pick<OutputStatus, 'name' | 'isConnected' | 'queuedBytes' | 'queueLimitBytes' | 'writtenBytes'>

interface Progress {
  writtenBytes: number
  atMs: number
}

export class OutputPace {
  readonly #progress = new Map<string, Progress>()

  /** @param nowMs - by performance.now() */
  isCrowded(outputs: readonly Figures[], nowMs: number): boolean {
    let isCrowded = false
    for (const output of outputs) if (this.#isWorthWaiting(output, nowMs)) isCrowded = true
    return isCrowded
  }

  #isWorthWaiting(output: Figures, nowMs: number): boolean {
    const { name, isConnected, queuedBytes, queueLimitBytes, writtenBytes } = output
    const progress = this.#progress.get(name)
    if (progress === undefined || progress.writtenBytes !== writtenBytes)
      this.#progress.set(name, { writtenBytes, atMs: nowMs })
    const since = progress?.writtenBytes === writtenBytes ? progress.atMs : nowMs
    return isConnected && queuedBytes > queueLimitBytes / 2 && nowMs - since < PATIENCE_MS
  }
}
