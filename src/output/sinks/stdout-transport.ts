// Lines to standard output, whatever it is. A pipe or socket may be slow, a terminal may be halted (Ctrl-S): neither
// may make the sensor wait, and the descriptor is shared with whoever started us, so its flags are not ours to change.
// Hence it is opened a second time where that is possible. The reader's going away ends it for good.

import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { isatty } from 'node:tty'
import type { Delivery } from './delivery.ts'
import { DescriptorTransport, type Destination, type OpenFile } from './descriptor-transport.ts'
import { SocketPump } from './socket-pump.ts'
import type { Transport } from './transport.ts'

const STDOUT = 1
/** Of a pipe without reader, a terminal that was closed, and a program started without standard output. */
const GONE: readonly (string | undefined)[] = ['EPIPE', 'ECONNRESET', 'EIO', 'EBADF']

export function createStdoutTransport(delivery: Delivery, onGone: () => void): Transport {
  const stat = statOf(STDOUT)
  if (stat?.isFIFO() || stat?.isSocket()) return new PipeTransport(delivery, onGone)
  return new DescriptorTransport(delivery, new StandardOutput(), onGone)
}

function statOf(descriptor: number): ReturnType<typeof fstatSync> | undefined {
  try {
    return fstatSync(descriptor)
  } catch {
    return undefined
  }
}

/** The same pipe or terminal, opened apart and without waiting; standard output itself where that is not possible. */
function openApart(): number {
  try {
    return openSync(`/proc/self/fd/${STDOUT}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return STDOUT
  }
}

/** A file, a device or a terminal. */
class StandardOutput implements Destination {
  readonly trouble = undefined
  readonly #file: OpenFile = { descriptor: isatty(STDOUT) ? openApart() : STDOUT }

  get bytes(): number | undefined {
    const stat = statOf(this.#file.descriptor)
    return stat?.isFile() ? Number(stat.size) : undefined
  }

  settle(): OpenFile {
    return this.#file
  }

  /** It has no name to open. */
  reopen(): void {}

  isGone(code: string | undefined): boolean {
    return GONE.includes(code)
  }

  close(): void {
    if (this.#file.descriptor !== STDOUT) closeSync(this.#file.descriptor)
  }
}

class PipeTransport implements Transport {
  readonly fileBytes = undefined
  readonly #delivery: Delivery
  readonly #onGone: () => void
  readonly #socket: Socket
  readonly #pump: SocketPump
  readonly #descriptor = openApart()
  #closing: (() => void) | undefined
  #isOver = false
  isConnected = true

  constructor(delivery: Delivery, onGone: () => void) {
    this.#delivery = delivery
    this.#onGone = onGone
    this.#socket = new Socket({ fd: this.#descriptor, readable: false, writable: true })
    this.#socket.on('error', (error) => this.#gone(error.message))
    this.#pump = new SocketPump(delivery, this.#socket, () => {
      if (delivery.queue.lines === 0) this.#closing?.()
    })
  }

  start(): void {}

  wake(): void {
    this.#pump.wake()
  }

  flush(): void {
    this.#pump.wake()
  }

  reopen(): void {}

  async close(deadlineMs: number): Promise<void> {
    if (this.#isOver) return
    if (this.#delivery.queue.lines > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, deadlineMs - performance.now()))
        this.#closing = () => {
          clearTimeout(timer)
          resolve()
        }
        this.#pump.wake()
      })
    this.#end()
  }

  #gone(why: string): void {
    if (this.#isOver) return
    this.#delivery.failed(why)
    this.#end()
    this.#onGone()
  }

  #end(): void {
    this.#isOver = true
    this.isConnected = false
    this.#pump.stop()
    this.#delivery.abandon()
    // Standard output itself stays open: another file would get its number.
    if (this.#descriptor !== STDOUT) this.#socket.destroy()
    this.#closing?.()
  }
}
