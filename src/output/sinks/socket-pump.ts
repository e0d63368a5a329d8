// Queued lines into one connected socket or pipe, a batch at a time: the next goes when the system has taken the last.
// So a receiver that does not read stops the pump, and the queue fills; nothing piles up in between. A batch that was
// not taken whole stays in the queue, and goes again, from its first line, by the next pump.

import type { Socket } from 'node:net'
import type { Delivery } from './delivery.ts'

const BATCH_BYTES = 64 << 10

export class SocketPump {
  readonly #delivery: Delivery
  readonly #socket: Socket
  /** Hears what the system took. */
  readonly #onTaken: (lines: number, bytes: number) => void
  #isWriting = false
  #isOver = false

  constructor(delivery: Delivery, socket: Socket, onTaken: (lines: number, bytes: number) => void) {
    this.#delivery = delivery
    this.#socket = socket
    this.#onTaken = onTaken
  }

  wake(): void {
    if (this.#isWriting || this.#isOver || this.#delivery.queue.lines === 0) return
    const batch = this.#delivery.queue.peek(BATCH_BYTES)
    this.#isWriting = true
    this.#socket.write(batch, (error) => {
      // The socket tells of the error itself.
      if (this.#isOver || (error !== undefined && error !== null)) return
      this.#isWriting = false
      const { lines } = this.#delivery.wrote(batch.length)
      this.#onTaken(lines, batch.length)
      this.wake()
    })
  }

  /** The socket is no longer used. */
  stop(): void {
    this.#isOver = true
  }
}
