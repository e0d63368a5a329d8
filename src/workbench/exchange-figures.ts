// The running figures of one exchange, told by the code that tells them of traffic as far as there is any.

import { SshFigures } from '../exchange/ssh/ssh-figures.ts'
import { FIGURE_NAMES, type FigureSource, type SshFigureName } from '../model/figures.ts'
import { type PlainElement, type PlainExchange, USUAL_HANDSHAKE } from './plain-exchange.ts'

/** Give it each element before it is matched; figures are those behind the last that was given. */
export class ExchangeFigures implements FigureSource {
  readonly #exchange: PlainExchange
  readonly #bytes: [number, number] = [0, 0]
  #packets = 0
  #now: number
  #lastTime: number
  #ssh: SshFigures | undefined
  /** What still has to come of the handshake: both sides' KEXINIT, or their version lines where that is all. */
  #missing: number
  readonly #handshakeMessage: string

  constructor(exchange: PlainExchange) {
    this.#exchange = exchange
    this.#now = exchange.startTime
    this.#lastTime = exchange.startTime
    const names = exchange.events.map((event) => (event.kind === 'element' ? event.message?.name : undefined))
    this.#handshakeMessage = names.includes('KEXINIT') ? 'KEXINIT' : 'VERSION'
    this.#missing =
      exchange.protocol === 'ssh' ? (names.includes(this.#handshakeMessage as 'VERSION') ? 2 : 0) : 3
    this.#begin()
  }

  #begin(): void {
    if (this.#missing > 0) return
    const { figures } = this.#exchange
    const handshake = Object.fromEntries(
      Object.entries(USUAL_HANDSHAKE).map(([name, usual]) => [name, figures.get(name) ?? usual]),
    ) as typeof USUAL_HANDSHAKE
    this.#ssh = new SshFigures(this.#exchange.suites, handshake, false)
  }

  take(element: PlainElement): void {
    const { direction, size, time, message } = element
    this.#packets++
    this.#bytes[direction] += size
    this.#now = time
    this.#lastTime = time
    if (message === undefined) return
    if (message.name === this.#handshakeMessage && this.#missing > 0) {
      this.#missing--
      this.#begin()
    }
    this.#ssh?.take(message)
  }

  /** Time has passed. */
  wait(time: number): void {
    this.#now = time
  }

  value(_flow: number, figure: number): number {
    return this.named(FIGURE_NAMES[figure] ?? '')
  }

  /** Times are µs. */
  named(name: string): number {
    switch (name) {
      case 'duration':
        return this.#now - this.#exchange.startTime
      case 'idle':
        return this.#now - this.#lastTime
      case 'packets':
        return this.#packets
      case 'c.bytes':
        return this.#bytes[0]
      case 's.bytes':
        return this.#bytes[1]
      case 'speaks.ssh':
        return this.#exchange.protocol === 'ssh' ? 1 : (this.#exchange.figures.get(name) ?? 0)
      case 'speaks.tls':
        return this.#exchange.figures.get(name) ?? 0
      case 'ssh.messages':
        return this.#ssh?.messages ?? this.#exchange.figures.get(name) ?? 0
      default:
        return this.#ssh?.value(name as SshFigureName) ?? 0
    }
  }
}
