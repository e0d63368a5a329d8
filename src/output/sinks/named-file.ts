// The file that an output writes, through rotation and accidents. Deleted: made anew before the next line. Moved
// away: written on until somebody asks to reopen, or for a moment, so that logrotate can do its work first. Where no
// new file can be made, the moved one is written on rather than none.

import { closeSync, fstatSync } from 'node:fs'
import type { Destination } from './descriptor-transport.ts'
import { type LogFile, openLogFile, whereaboutsOf } from './log-file.ts'

const MOVED_GRACE_MS = 2000

export class NamedFile implements Destination {
  readonly #path: string
  #file: LogFile | undefined
  #isAsked = false
  #movedAtMs: number | undefined
  trouble: string | undefined

  constructor(path: string) {
    this.#path = path
  }

  get bytes(): number | undefined {
    if (this.#file === undefined) return undefined
    const stat = fstatSync(this.#file.descriptor)
    return stat.isFile() ? stat.size : undefined
  }

  settle(): LogFile {
    const file = this.#file
    if (file === undefined) return this.#open()
    const whereabouts = whereaboutsOf(file, this.#path)
    if (whereabouts === 'deleted') {
      this.close()
      return this.#open()
    }
    if (whereabouts === 'in place') this.#settled()
    else if (this.#isDue()) this.#replace(file)
    return this.#file ?? file
  }

  reopen(): void {
    this.#isAsked = true
  }

  isGone(): boolean {
    return false
  }

  close(): void {
    if (this.#file === undefined) return
    closeSync(this.#file.descriptor)
    this.#file = undefined
  }

  #open(): LogFile {
    this.#file = openLogFile(this.#path)
    this.#settled()
    return this.#file
  }

  /** A moved file is left at once when asked, otherwise after the grace; so is the next attempt to leave it. */
  #isDue(): boolean {
    const now = performance.now()
    this.#movedAtMs ??= now
    return this.#isAsked || now - this.#movedAtMs >= MOVED_GRACE_MS
  }

  #replace(file: LogFile): void {
    this.#isAsked = false
    this.#movedAtMs = performance.now()
    try {
      this.#open()
      closeSync(file.descriptor)
    } catch (error) {
      this.trouble = `${(error as Error).message}; the moved file is written on`
    }
  }

  #settled(): void {
    this.#isAsked = false
    this.#movedAtMs = undefined
    this.trouble = undefined
  }
}
