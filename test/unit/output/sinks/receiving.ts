// What tests of outputs share: events to send, a listener that remembers, receivers on real sockets.

import { createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import type { OutgoingEvent } from '../../../../src/model/event.ts'
import { Delivery } from '../../../../src/output/sinks/delivery.ts'
import type { OutputEventKind, OutputListener } from '../../../../src/output/sinks/output-status.ts'

export const ALL = { types: undefined, classes: undefined, severity: undefined } as const

export function event(fields: Partial<OutgoingEvent> = {}): OutgoingEvent {
  return {
    type: 'alert',
    line: '{"event_type":"alert","gait":{"hit":1}}',
    time: 1_795_230_000_000_000,
    class: 'ssh.auth.failure',
    severity: 2,
    sid: 1000003,
    client: '10.0.0.1',
    server: '10.0.0.2',
    ...fields,
  }
}

/** A flow event with a number of its own, as long as asked. */
export function numbered(n: number, bytes = 40): OutgoingEvent {
  const head = `{"n":${n},"pad":"`
  const line = `${head}${'x'.repeat(Math.max(0, bytes - head.length - 2))}"}`
  return event({ type: 'flow', line, class: undefined, severity: undefined, sid: undefined })
}

/** The numbers of numbered events in a text of lines; every line must be whole. */
export function numbersIn(text: string): readonly number[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).n)
}

export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

export class Heard implements OutputListener {
  readonly messages: { readonly level: string; readonly kind: OutputEventKind; readonly message: string }[] =
    []
  gone = 0

  get kinds(): readonly OutputEventKind[] {
    return this.messages.map(({ kind }) => kind)
  }

  said(level: string, kind: OutputEventKind, message: string): void {
    this.messages.push({ level, kind, message })
  }

  onGone(): void {
    this.gone++
  }
}

export function delivery(
  heard: Heard,
  fields: Partial<ConstructorParameters<typeof Delivery>[0]> = {},
): Delivery {
  return new Delivery(
    { name: 'x', queueBytes: 8 << 20, lineEnd: '\n', longestBytes: Number.POSITIVE_INFINITY, ...fields },
    heard,
  )
}

export function offer(to: Delivery, line: string): void {
  to.offer(line, Buffer.byteLength(line) + 1)
}

export async function until(condition: () => boolean, what = 'that'): Promise<void> {
  const end = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}: ${condition}`)
    await sleep(2)
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Somebody who listens, reads when told to, and may be killed and come back at the same place. */
export class Receiver {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** One for each connection, in order. */
  readonly texts: string[] = []
  isReading: boolean

  private constructor(isReading: boolean) {
    this.isReading = isReading
    this.#server = createServer((socket) => {
      const nth = this.texts.push('') - 1
      this.#sockets.add(socket)
      socket.setEncoding('utf8')
      socket.on('data', (text: string) => {
        this.texts[nth] += text
      })
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
      if (!this.isReading) socket.pause()
    })
  }

  static async listen(where: ListenOptions, isReading = true): Promise<Receiver> {
    const receiver = new Receiver(isReading)
    await new Promise<void>((resolve, reject) => {
      receiver.#server.once('error', reject)
      receiver.#server.listen(where, resolve)
    })
    return receiver
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  get connections(): number {
    return this.#sockets.size
  }

  /** All that came, over all connections. */
  get text(): string {
    return this.texts.join('')
  }

  read(isReading: boolean): void {
    this.isReading = isReading
    for (const socket of this.#sockets) isReading ? socket.resume() : socket.pause()
  }

  /** Ends each connection in order. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.end()
  }

  /** As a killed process does: closes all, read or not. */
  async kill(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
