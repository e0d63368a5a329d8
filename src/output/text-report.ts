// Hits and unknown flows as fl0p printed them.

import type { FlowEnd, FlowFacts, Hit, ReportSink, RunTotals, SshReport } from '../model/report.ts'
import { formatBytes, formatCount, formatSpan, formatTime } from './human-units.ts'
import type { LineSink } from './line-sink.ts'
import { printable } from './printable.ts'
import { formatStatement } from './raw-signature.ts'

export interface TextOptions {
  /** Print hits; without, only unknown flows. */
  readonly hits: boolean
  readonly oneLine: boolean
  readonly timestamps: boolean
  /** Name of an address; the address itself when it has none. */
  readonly nameOf: (address: string) => string
}

export class TextReport implements ReportSink {
  readonly #sink: LineSink
  readonly #options: TextOptions

  constructor(sink: LineSink, options: TextOptions) {
    this.#sink = sink
    this.#options = options
  }

  hit(hit: Hit): void {
    if (!this.#options.hits) return
    const verdict = `${printable(hit.signature.description)} (hit: ${hit.count})`
    this.#entry(hit.time, hit.flow, 'Matches', verdict)
  }

  /** Handshakes are told as EVE only. */
  ssh(_report: SshReport): void {}

  flowEnd(end: FlowEnd): void {
    const statement = formatStatement(end)
    if (statement !== undefined) this.#entry(end.time, end.flow, 'Unknown', statement)
  }

  totals(_totals: RunTotals): void {}

  #entry(time: number, flow: FlowFacts, word: string, what: string): void {
    const { oneLine, timestamps } = this.#options
    const stamp = timestamps ? `${formatTime(time)} ` : ''
    const head = `${stamp}(${nameOfProtocol(flow)}) ${this.#ends(flow)}`
    const bytes = formatBytes(flow.toServer.payload + flow.toClient.payload)
    const packets = formatCount(flow.elements, 'packet')
    const span = formatSpan(flow.last - flow.start)
    if (oneLine) this.#sink.line(`${head}: ${bytes}, ${packets}, ${span}: ${what}`)
    else {
      this.#sink.line(head)
      this.#sink.line(`Observed for: ${bytes}, ${packets}, spans ${span}`)
      this.#sink.line(`${word}: ${what}`)
      this.#sink.line('')
    }
  }

  #ends(flow: FlowFacts): string {
    const end = ({ address, port }: FlowFacts['client']) => {
      const name = printable(this.#options.nameOf(address))
      if (port === undefined) return name
      return name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`
    }
    return `${end(flow.client)} -> ${end(flow.server)}`
  }
}

function nameOfProtocol(flow: FlowFacts): string {
  return flow.protocol === 'IPv6-ICMP' ? 'icmp' : flow.protocol.toLowerCase()
}
