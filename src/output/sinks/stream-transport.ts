// Lines to a unix or TCP socket that somebody listens on. A broken connection is made again with backoff, and begins
// with a whole line. Bytes that the system took but the receiver did not read die with the connection, and nobody
// says how many: the upper bound is counted as unconfirmed, and none of them is sent again.

import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { Backoff } from './backoff.ts'
import type { Delivery } from './delivery.ts'
import { RecentWrites } from './recent-writes.ts'
import { SocketPump } from './socket-pump.ts'
import type { Transport } from './transport.ts'

const CONNECT_MS = 10_000
const KEEPALIVE_MS = 30_000
/** A connection that held so long was a good one: the next attempt comes soon. */
const GOOD_MS = 2000
/** What was sent before a receiver closed in order has arrived, but for what was still under way. */
const UNDER_WAY_MS = 1000
/** Linux lets a unix socket hold 208 KiB; of TCP 4 MiB wait here and 6 MiB there, at most. */
const UNIX_BUFFER_BYTES = 256 << 10
const TCP_BUFFER_BYTES = 10 << 20

export class StreamTransport implements Transport {
  readonly fileBytes = undefined
  readonly #delivery: Delivery
  readonly #where: NetConnectOpts
  readonly #backoff = new Backoff()
  readonly #recent: RecentWrites
  #socket: Socket | undefined
  /** Only of a socket that is connected. */
  #pump: SocketPump | undefined
  #connectedAtMs = 0
  #error: Error | undefined
  #retry: NodeJS.Timeout | undefined
  /** Called when the queue is empty, or will not be. */
  #closing: (() => void) | undefined
  #isOver = false

  constructor(delivery: Delivery, where: NetConnectOpts) {
    this.#delivery = delivery
    this.#where = where
    this.#recent = new RecentWrites('path' in where ? UNIX_BUFFER_BYTES : TCP_BUFFER_BYTES)
  }

  get isConnected(): boolean {
    return this.#pump !== undefined
  }

  start(): void {
    this.#connect()
  }

  wake(): void {
    this.#pump?.wake()
  }

  flush(): void {
    this.wake()
  }

  reopen(): void {
    if (this.#retry !== undefined && !this.#isOver) this.#connect()
  }

  async close(deadlineMs: number): Promise<void> {
    const left = Math.max(0, deadlineMs - performance.now())
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, left)
    })
    await Promise.race([deadline, this.#drain()])
    const socket = this.#socket
    if (this.#pump !== undefined && this.#delivery.queue.lines === 0)
      await Promise.race([deadline, new Promise<void>((resolve) => socket?.end(resolve))])
    clearTimeout(timer)
    clearTimeout(this.#retry)
    this.#pump?.stop()
    this.#isOver = true
    this.#delivery.abandon()
    this.#socket?.destroy()
  }

  /** Resolves when the queue is empty, or when the receiver is not there. */
  #drain(): Promise<void> {
    if (this.#delivery.queue.lines === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#closing = resolve
      if (this.#retry !== undefined) this.#connect()
      else this.wake()
    })
  }

  #connect(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#error = undefined
    const socket = connect(this.#where)
    this.#socket = socket
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error(`no connection within ${CONNECT_MS} ms`)))
    socket.once('connect', () => this.#connected(socket))
    socket.on('error', (error) => {
      this.#error = error
    })
    // A receiver that says no more is taken for one that reads no more: it is the first sign of its end.
    socket.on('end', () => socket.destroy())
    socket.once('close', () => this.#lost())
    // What it says is of no interest.
    socket.resume()
  }

  #connected(socket: Socket): void {
    socket.setTimeout(0)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEPALIVE_MS)
    this.#connectedAtMs = performance.now()
    this.#recent.clear()
    this.#pump = new SocketPump(this.#delivery, socket, (lines, bytes) => {
      this.#recent.add(lines, bytes, performance.now())
      if (this.#delivery.queue.lines === 0) this.#closing?.()
    })
    this.#delivery.worked()
    this.#pump.wake()
  }

  #lost(): void {
    if (this.#isOver) return
    const now = performance.now()
    const error = this.#error
    if (this.#pump !== undefined && now - this.#connectedAtMs >= GOOD_MS) this.#backoff.reset()
    this.#pump?.stop()
    this.#pump = undefined
    this.#delivery.failed(error === undefined ? 'the receiver closed the connection' : reasonOf(error))
    // A system that closes a socket with unread bytes resets the connection.
    const isReset = error !== undefined
    this.#delivery.unconfirmed(isReset ? this.#recent.within() : this.#recent.since(now - UNDER_WAY_MS))
    this.#recent.clear()
    if (this.#closing !== undefined) this.#closing()
    else this.#retry = setTimeout(() => this.#connect(), this.#backoff.next()).unref()
  }
}

/** Of a host with several addresses there are several errors. */
function reasonOf(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : error.message
}
