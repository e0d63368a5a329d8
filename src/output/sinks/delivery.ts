// What one output still has to deliver, what became of the rest, and what is said about it. Transports take bytes
// from the queue, write them in their own ways, and report here; all counting and all talk is in this file.

import { formatByteSize } from '../../core/byte-size.ts'
import { formatCount } from '../human-units.ts'
import { LineQueue } from './line-queue.ts'
import type { OutputListener } from './output-status.ts'

export interface DeliveryOptions {
  readonly name: string
  readonly queueBytes: number
  /** Comes behind each line. */
  readonly lineEnd: string
  /** Longest line; Infinity where there is no such limit. */
  readonly longestBytes: number
}

export class Delivery {
  readonly name: string
  readonly queue: LineQueue
  readonly #listener: OutputListener
  readonly #longestBytes: number
  writtenEvents = 0
  writtenBytes = 0
  droppedEvents = 0
  oversizedEvents = 0
  unconfirmedEvents = 0
  failures = 0
  lastError: string | undefined
  #isFailing = false
  #isClosed = false
  #isFull = false
  /** Value of droppedEvents when the queue became full. */
  #droppedBefore = 0

  constructor(options: DeliveryOptions, listener: OutputListener) {
    this.name = options.name
    this.queue = new LineQueue(options.queueBytes, options.lineEnd)
    this.#longestBytes = options.longestBytes
    this.#listener = listener
  }

  /** @param bytes - of the line and its end, in UTF-8 */
  offer(line: string, bytes: number): void {
    if (bytes > this.#longestBytes) this.#oversized(bytes)
    else if (this.#isClosed || !this.queue.push(line, bytes)) this.#dropped()
  }

  /** The first `bytes` of the queue were written. @returns how many of its lines are whole now, and what is left over */
  wrote(bytes: number): { readonly lines: number; readonly rest: number } {
    const { queue } = this
    const released = queue.release(bytes)
    this.writtenEvents += released.lines
    this.writtenBytes += bytes - released.rest
    // Not at the first free byte: a receiver that is a little too slow would make it begin and end all the time.
    if (this.#isFull && queue.bytes <= queue.limitBytes / 2) {
      this.#isFull = false
      const dropped = formatCount(this.droppedEvents - this.#droppedBefore, 'event')
      this.#say('warn', 'output-drained', `takes events again; the queue had no room for ${dropped}`)
    }
    return released
  }

  /** An attempt failed; the transport tries again. */
  failed(why: string): void {
    this.failures++
    this.lastError = why
    if (this.#isFailing || this.#isClosed) return
    this.#isFailing = true
    this.#say('error', 'output-failed', `${why}; events wait, and it is tried again`)
  }

  /** It works, again or still. */
  worked(): void {
    if (!this.#isFailing) return
    this.#isFailing = false
    const waiting = formatCount(this.queue.lines, 'event')
    this.#say('info', 'output-back', `works again; ${waiting} waited`)
  }

  /** So many events had been sent without a sign of their arrival when a connection broke. */
  unconfirmed(events: number): void {
    if (events === 0) return
    this.unconfirmedEvents += events
    const many = formatCount(events, 'event')
    this.#say('warn', 'output-unconfirmed', `at most ${many} sent just before may not have arrived`)
  }

  /** Nothing will be delivered any more: what is left is dropped, and so is all that still comes. */
  abandon(): void {
    const left = this.queue.lines
    this.#isClosed = true
    this.queue.clear()
    this.droppedEvents += left
    if (left > 0) this.#say('warn', 'output-left', `${formatCount(left, 'event')} could not be delivered`)
  }

  #dropped(): void {
    if (!this.#isFull && !this.#isClosed) {
      this.#isFull = true
      this.#droppedBefore = this.droppedEvents
      const limit = formatByteSize(this.queue.limitBytes)
      this.#say('warn', 'output-full', `its queue of ${limit} is full: new events are dropped`)
    }
    this.droppedEvents++
  }

  #oversized(bytes: number): void {
    const longest = formatByteSize(this.#longestBytes)
    if (this.oversizedEvents === 0)
      this.#say('warn', 'output-oversized', `events longer than ${longest} are dropped: one had ${bytes}`)
    this.oversizedEvents++
  }

  #say(...[level, kind, what]: Parameters<OutputListener['said']>): void {
    this.#listener.said(level, kind, `output ${this.name}: ${what}`)
  }
}
