// One line a datagram, to a UDP port. There is no way to know what arrives; what the system does tell is used: a port
// that nobody listens on is refused by ICMP. So a new socket sends one event only and keeps it until nothing was heard
// for a moment; what was sent just before a refusal counts as unconfirmed.

import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns'
import { Backoff } from './backoff.ts'
import type { Delivery } from './delivery.ts'
import { RecentWrites } from './recent-writes.ts'
import type { Transport } from './transport.ts'

/** A refusal comes sooner than that. */
const REFUSAL_MS = 250
const RECENT_BYTES = 1 << 20

type State = 'connecting' | 'untried' | 'trying' | 'sound' | 'waiting' | 'over'

export class DatagramTransport implements Transport {
  readonly fileBytes = undefined
  readonly #delivery: Delivery
  readonly #host: string
  readonly #port: number
  readonly #backoff = new Backoff()
  readonly #recent = new RecentWrites(RECENT_BYTES)
  #socket: Socket | undefined
  #state: State = 'waiting'
  #attempts = 0
  #isSending = false
  #timer: NodeJS.Timeout | undefined
  #closing: (() => void) | undefined

  constructor(delivery: Delivery, host: string, port: number) {
    this.#delivery = delivery
    this.#host = host
    this.#port = port
  }

  get isConnected(): boolean {
    return this.#state === 'sound' || this.#state === 'untried'
  }

  start(): void {
    this.#connect()
  }

  wake(): void {
    if (this.#isSending || this.#delivery.queue.lines === 0) return
    if (this.#state === 'sound') this.#send()
    else if (this.#state === 'untried') this.#try()
  }

  flush(): void {
    this.wake()
  }

  reopen(): void {
    if (this.#state === 'waiting') this.#connect()
  }

  async close(deadlineMs: number): Promise<void> {
    const { queue } = this.#delivery
    if (queue.lines > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, deadlineMs - performance.now()))
        this.#closing = () => {
          clearTimeout(timer)
          resolve()
        }
        if (this.#state === 'waiting') this.#connect()
        else this.wake()
      })
    this.#state = 'over'
    this.#drop()
    this.#delivery.abandon()
  }

  #connect(): void {
    clearTimeout(this.#timer)
    this.#state = 'connecting'
    lookup(this.#host, { all: true }, (error, addresses) => {
      if (this.#state !== 'connecting') return
      // Of several addresses the receiver may listen on one.
      const chosen = error === null ? addresses[this.#attempts++ % addresses.length] : undefined
      if (chosen === undefined) this.#failed(error ?? new Error(`${this.#host} has no address`))
      else this.#open(chosen.address, chosen.family)
    })
  }

  #open(address: string, family: number): void {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
    this.#socket = socket
    socket.on('error', (error) => {
      if (socket === this.#socket) this.#failed(error)
    })
    socket.connect(this.#port, address, () => {
      if (socket !== this.#socket) return
      this.#state = 'untried'
      this.wake()
    })
  }

  /** The first event stays in the queue until it was not refused. */
  #try(): void {
    const socket = this.#socket
    if (socket === undefined) return
    const line = this.#delivery.queue.peek(1)
    this.#state = 'trying'
    socket.send(line, (error) => {
      if (error !== null && socket === this.#socket) this.#failed(error)
    })
    this.#timer = setTimeout(() => {
      this.#state = 'sound'
      this.#backoff.reset()
      this.#wrote(line.length)
      this.#delivery.worked()
      this.wake()
    }, REFUSAL_MS)
  }

  #send(): void {
    const socket = this.#socket
    if (socket === undefined) return
    const line = this.#delivery.queue.peek(1)
    this.#isSending = true
    socket.send(line, (error) => {
      if (socket !== this.#socket) return
      this.#isSending = false
      if (error !== null) return this.#failed(error)
      this.#wrote(line.length)
      this.wake()
    })
  }

  #wrote(bytes: number): void {
    this.#recent.add(this.#delivery.wrote(bytes).lines, bytes, performance.now())
    if (this.#delivery.queue.lines === 0) this.#closing?.()
  }

  #failed(error: Error): void {
    this.#delivery.failed(error.message)
    this.#delivery.unconfirmed(this.#recent.since(performance.now() - REFUSAL_MS))
    this.#recent.clear()
    this.#drop()
    this.#state = 'waiting'
    if (this.#closing !== undefined) this.#closing()
    else this.#timer = setTimeout(() => this.#connect(), this.#backoff.next()).unref()
  }

  #drop(): void {
    clearTimeout(this.#timer)
    this.#isSending = false
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }
}
