// Regular files: read synchronously, a window at a time. A read of half a megabyte costs less than the
// promise and the thread hop that would hide it.

import { closeSync, readSync } from 'node:fs'
import { type ByteSource, readFailure, type SourceProblem } from './byte-source.ts'
import type { ByteWindow } from './byte-window.ts'

/**
 * Reads begin small and double: the reader's way over the end of a read has then been taken before it is
 * compiled, and is not compiled again.
 */
const FIRST_READ = 8192

export class FileSource implements ByteSource {
  readonly totalBytes: number
  problem: SourceProblem | undefined = undefined
  readonly #descriptor: number
  #open: boolean
  /** Bytes of the next read at most. */
  #most = FIRST_READ

  /** Owns `descriptor` and closes it at the end of the file, except standard input. */
  constructor(descriptor: number, totalBytes: number) {
    this.#descriptor = descriptor
    this.totalBytes = totalBytes
    this.#open = true
  }

  consumedAt(plainOffset: number): number {
    return plainOffset
  }

  fill(window: ByteWindow): undefined {
    let count = 0
    if (this.#open) {
      const room = Math.min(window.makeRoom(1), this.#most)
      this.#most *= 2
      try {
        count = readSync(this.#descriptor, window.bytes, window.end, room, null)
      } catch (error) {
        this.problem = readFailure(error)
      }
    }
    window.end += count
    if (count > 0) return
    window.ended = true
    this.close()
  }

  close(): void {
    if (this.#open && this.#descriptor > 2) closeSync(this.#descriptor)
    this.#open = false
  }
}
