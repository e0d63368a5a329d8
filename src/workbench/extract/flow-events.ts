// The events of one flow, as a replay of nothing but that flow tells them: its id is 1, its capture the extract, its
// addresses perhaps mapped, its end the end of the capture. Campaigns count over flows and are left out.

import type { FlowEnd, FlowFacts, Hit, ReportSink, RunTotals, SshReport } from '../../model/report.ts'
import type { SshHandshake } from '../../model/ssh.ts'
import { EveReport } from '../../output/eve-report.ts'

type Told =
  | { readonly kind: 'hit'; readonly hit: Hit }
  | { readonly kind: 'ssh'; readonly report: SshReport }
  | { readonly kind: 'end'; readonly end: FlowEnd }

/** Maps an address in a report. */
export type AddressOf = (address: string) => string

/** Collects what is told of the flows that are wanted. */
export class FlowEvents implements ReportSink {
  readonly #isWanted: (flow: FlowFacts) => boolean
  readonly #told: Told[] = []
  /** Hits of campaigns that this flow made known. */
  campaigns = 0

  constructor(isWanted: (flow: FlowFacts) => boolean) {
    this.#isWanted = isWanted
  }

  /** The flow at its end; undefined when it was never told of. */
  get end(): FlowEnd | undefined {
    return this.#told.find((told) => told.kind === 'end')?.end
  }

  get hits(): readonly Hit[] {
    return this.#told.flatMap((told) => (told.kind === 'hit' ? [told.hit] : []))
  }

  get handshake(): SshHandshake | undefined {
    return this.#told.find((told) => told.kind === 'ssh')?.report.handshake
  }

  hit(hit: Hit): void {
    if (!this.#isWanted(hit.flow)) return
    if (hit.campaign === undefined) this.#told.push({ kind: 'hit', hit })
    else this.campaigns++
  }

  ssh(report: SshReport): void {
    if (this.#isWanted(report.flow)) this.#told.push({ kind: 'ssh', report })
  }

  flowEnd(end: FlowEnd): void {
    if (this.#isWanted(end.flow)) this.#told.push({ kind: 'end', end })
  }

  totals(_totals: RunTotals): void {}

  /**
   * The events as EVE JSON, in their order.
   *
   * @param name - of the capture to be named
   */
  lines(name: string, addressOf: AddressOf): readonly string[] {
    const lines: string[] = []
    const report = new EveReport({ event: ({ line }) => lines.push(line) }, [name])
    const own = (flow: FlowFacts): FlowFacts => ({
      ...flow,
      id: 1,
      source: 0,
      client: { ...flow.client, address: addressOf(flow.client.address) },
      server: { ...flow.server, address: addressOf(flow.server.address) },
    })
    for (const told of this.#told) {
      if (told.kind === 'hit') report.hit({ ...told.hit, flow: own(told.hit.flow) })
      else if (told.kind === 'ssh') report.ssh({ ...told.report, flow: own(told.report.flow) })
      else report.flowEnd(alone({ ...told.end, flow: own(told.end.flow) }))
    }
    return lines
  }
}

/** A flow's end as it is when the capture ends with it: other flows' packets no longer tell when it timed out. */
function alone(end: FlowEnd): FlowEnd {
  const isClosed = end.state === 'closed'
  const reason = isClosed ? 'timeout' : 'shutdown'
  return { ...end, time: end.flow.last, reason, endSeen: isClosed }
}
