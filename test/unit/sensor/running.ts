// Packets through a whole pipeline, and the reports that come out of it.

import { Counters } from '../../../src/model/counters.ts'
import type { Program } from '../../../src/model/program.ts'
import type { FlowEnd, Hit, ReportSink, RunTotals, SshReport } from '../../../src/model/report.ts'
import { Pipeline, type PipelineOptions } from '../../../src/sensor/pipeline.ts'
import { type FlowInterest, Reporter } from '../../../src/sensor/reporter.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { Connection } from '../../support/flows.ts'
import { client, ethernet, type FrameFields, frame, type Layer, server, tcp } from '../../support/packet.ts'
import type { SshTalk } from '../../support/ssh-talk.ts'

/** The program of a signature file's text. */
export function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram([{ name: 'test.sig', text }])
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '))
  return program
}

/** Remembers all reports. */
export class Reports implements ReportSink {
  readonly hits: Hit[] = []
  readonly ends: FlowEnd[] = []
  readonly all: RunTotals[] = []
  readonly handshakes: SshReport[] = []

  hit(hit: Hit): void {
    this.hits.push(hit)
  }

  ssh(report: SshReport): void {
    this.handshakes.push(report)
  }

  flowEnd(end: FlowEnd): void {
    this.ends.push(end)
  }

  totals(totals: RunTotals): void {
    this.all.push(totals)
  }
}

export interface RunOptions extends Partial<Omit<PipelineOptions, 'program'>> {
  readonly signatures?: string
  readonly flows?: FlowInterest
}

export class PipelineRun {
  readonly reports = new Reports()
  readonly reporter: Reporter
  readonly pipeline: Pipeline

  constructor({ signatures = '', flows = 'all', ...options }: RunOptions = {}) {
    const program = programOf(signatures)
    this.reporter = new Reporter(program, this.reports, flows)
    this.pipeline = new Pipeline(
      {
        program,
        thresholdMicros: 500_000,
        checksums: false,
        recordedElements: 64,
        appProtocols: true,
        ...options,
      },
      this.reporter,
    )
    this.reporter.attach(this.pipeline)
  }

  /** @param time - seconds */
  send(packet: Layer, time = 0, fields: FrameFields = {}): this {
    this.pipeline.frame(frame(ethernet(packet), { ...fields, time }))
    return this
  }

  drain(): this {
    this.pipeline.table.drain()
    return this
  }

  counter(name: string): number {
    const counters = new Counters()
    this.pipeline.count(counters)
    return counters.of(name)
  }
}

/** The handshake of `client` and `server`, in 20 ms from `time`: both sides’ data starts at 1. */
export function handshake(run: PipelineRun, time = 0): PipelineRun {
  return run
    .send(tcp(client, { flags: 'S' }), time)
    .send(tcp(server, { flags: 'SA', ack: 1 }), time + 0.01)
    .send(tcp(client, { seq: 1, ack: 1 }), time + 0.02)
}

/** A TCP connection with an SSH talk: opened, spoken, and closed when `isWhole`. */
export function converse(run: PipelineRun, talk: SshTalk, isWhole = true, from = client): PipelineRun {
  const connection = new Connection(from)
  for (const packet of connection.open()) run.send(packet, talk.start)
  for (const { side, bytes, time, isLost } of talk.segments) {
    const packet = connection.say(side === 0 ? 'client' : 'server', bytes)
    if (!isLost) run.send(packet, time / 1e6)
  }
  if (isWhole) for (const packet of connection.close()) run.send(packet, talk.end)
  return run
}

/** Both sides close; `client` has sent up to `seq`, `server` up to `ack`. */
export function farewell(run: PipelineRun, seq: number, ack: number, time: number): PipelineRun {
  return run
    .send(tcp(client, { flags: 'FA', seq, ack }), time)
    .send(tcp(server, { flags: 'FA', seq: ack, ack: seq + 1 }), time + 0.01)
    .send(tcp(client, { seq: seq + 1, ack: ack + 1 }), time + 0.02)
}
