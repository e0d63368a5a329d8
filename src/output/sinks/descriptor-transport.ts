// Lines to a file or a device, written in batches and at once: the system takes them into its memory, where no death
// of this process can lose them. A batch is written when it is long enough, or after a moment.

import { writeSync } from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'
import { Backoff } from './backoff.ts'
import type { Delivery } from './delivery.ts'
import type { Transport } from './transport.ts'

export interface OpenFile {
  readonly descriptor: number
}

/** What a batch is written to. */
export interface Destination {
  /** Size of a regular file. */
  readonly bytes: number | undefined
  /** What is wrong although it can be written to. */
  readonly trouble: string | undefined
  /**
   * What to write to now; another object than before when it is another file, which begins with a whole line.
   *
   * @throws NodeJS.ErrnoException when there is nothing at the moment
   */
  settle(): OpenFile
  /** The next settle() leaves a file that no longer has its name. */
  reopen(): void
  /** Nobody will ever take anything there, says this error. */
  isGone(code: string | undefined): boolean
  close(): void
}

const BATCH_BYTES = 64 << 10
const DELAY_MS = 50
/** More than this waits for the next turn of the event loop. */
const TURN_BYTES = 1 << 20
/** A terminal or named pipe that is full is looked at again after so long. */
const FULL_PIPE_MS = 10

export class DescriptorTransport implements Transport {
  readonly #delivery: Delivery
  readonly #destination: Destination
  readonly #onGone: () => void
  readonly #backoff = new Backoff()
  #file: OpenFile | undefined
  /** Bytes of the queue's first line that are written already. */
  #cut = 0
  #timer: NodeJS.Timeout | undefined
  /** The timer waits for better times: new lines do not make it come sooner. */
  #isWaiting = false
  #isOver = false
  isConnected = false

  constructor(delivery: Delivery, destination: Destination, onGone: () => void = () => {}) {
    this.#delivery = delivery
    this.#destination = destination
    this.#onGone = onGone
  }

  get fileBytes(): number | undefined {
    return this.#destination.bytes
  }

  start(): void {
    try {
      this.#file = this.#destination.settle()
      this.isConnected = true
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException
      // A named pipe without a reader: one may come.
      if (code === 'ENXIO') {
        this.#failed(message)
        return
      }
      const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
      const problem = `cannot write ${this.#delivery.name}: ${message}`
      throw new OperatorError(isDenied ? 'permission' : 'input', problem, undefined, { cause })
    }
  }

  wake(): void {
    if (this.#isWaiting || this.#isOver) return
    if (this.#delivery.queue.bytes >= BATCH_BYTES) this.#write()
    else this.#timer ??= setTimeout(this.#write, DELAY_MS)
  }

  flush(): void {
    if (!this.#isWaiting && !this.#isOver) this.#write()
  }

  reopen(): void {
    this.#destination.reopen()
    if (!this.#isOver) this.#write()
  }

  async close(deadlineMs: number): Promise<void> {
    const { queue } = this.#delivery
    if (!this.#isOver && queue.lines > 0) this.#write()
    while (!this.#isOver && queue.lines > 0 && this.isConnected && performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, this.#isWaiting ? FULL_PIPE_MS : 0))
      this.#write()
    }
    this.#end()
  }

  readonly #write = (): void => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isWaiting = false
    try {
      const file = this.#destination.settle()
      if (file !== this.#file) this.#cut = 0
      this.#file = file
      this.#writeTo(file.descriptor)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') this.#wait(FULL_PIPE_MS)
      else if (this.#destination.isGone(code)) this.#gone(message)
      else this.#failed(message)
      return
    }
    this.isConnected = true
    this.#backoff.reset()
    if (this.#destination.trouble === undefined) this.#delivery.worked()
    else this.#delivery.failed(this.#destination.trouble)
    if (this.#delivery.queue.lines > 0) this.#timer = setTimeout(this.#write, 0)
  }

  #writeTo(descriptor: number): void {
    const { queue } = this.#delivery
    for (let left = TURN_BYTES; left > 0 && queue.lines > 0; ) {
      const batch = queue.peek(BATCH_BYTES)
      const written = writeSync(descriptor, batch, this.#cut)
      this.#cut = this.#delivery.wrote(this.#cut + written).rest
      left -= written
    }
  }

  #failed(why: string): void {
    this.isConnected = false
    this.#delivery.failed(why)
    this.#wait(this.#backoff.next())
  }

  #wait(milliseconds: number): void {
    this.#isWaiting = true
    this.#timer = setTimeout(this.#write, milliseconds)
  }

  #gone(why: string): void {
    this.#delivery.failed(why)
    this.#end()
    this.#onGone()
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.isConnected = false
    clearTimeout(this.#timer)
    this.#delivery.abandon()
    this.#destination.close()
  }
}
