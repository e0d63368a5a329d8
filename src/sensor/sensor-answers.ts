// What a running sensor answers when it is asked: by the control socket, and for /metrics.

import { OperatorError } from '../model/operator-error.ts'
import type { EventOutputs } from '../output/sinks/event-outputs.ts'
import type { OutputStatus } from '../output/sinks/output-status.ts'
import type { ControlHandlers } from './control/control-protocol.ts'
import type { StallReader } from './control/event-loop-watch.ts'
import type { Log } from './control/log.ts'
import type { FlowOrder, FlowTop, OutputState, SensorStatus } from './control/status.ts'
import type { Sensor } from './sensor.ts'

export class SensorAnswers implements ControlHandlers {
  readonly #sensor: Sensor
  readonly #outputs: EventOutputs
  readonly #log: Log
  readonly #stall: StallReader
  readonly #version: string
  readonly #started = new Date().toISOString()

  constructor(sensor: Sensor, outputs: EventOutputs, log: Log, stall: StallReader, version: string) {
    this.#sensor = sensor
    this.#outputs = outputs
    this.#log = log
    this.#stall = stall
    this.#version = version
  }

  status(): SensorStatus {
    const sensor = this.#sensor
    const { generations, table } = sensor.pipeline
    const totals = sensor.totals()
    const { rss, heapUsed } = process.memoryUsage()
    return {
      version: this.#version,
      pid: process.pid,
      started: this.#started,
      uptimeSeconds: totals.uptimeSeconds,
      programHash: generations.current.program.hash,
      signatures: totals.signatures,
      generations: generations.size,
      interfaces: sensor.interfaces(),
      flows: {
        active: totals.liveFlows,
        total: totals.flows,
        evicted: totals.evictedFlows,
        shed: table.shedSyns,
      },
      events: { alerts: totals.alerts },
      outputs: this.#outputs.status().map(describeOutput),
      memory: { rss, heapUsed },
      loop: { longestStallMs: this.#stall.longestMs() },
      counters: Object.fromEntries([...totals.skipped, ...totals.counters]),
    }
  }

  /** @throws OperatorError with all that is wrong with the signatures */
  async reload(): Promise<object> {
    const reload = await this.#sensor.reload()
    if (reload.outcome === 'refused') {
      const all = reload.errors.join('\n')
      throw new OperatorError('input', `signatures not reloaded, the old ones stay:\n${all}`)
    }
    const { outcome, oldHash, newHash, added, removed, changed } = reload
    return { outcome, old_hash: oldHash, new_hash: newHash, added, removed, changed }
  }

  flows(most: number, by: FlowOrder): FlowTop {
    return this.#sensor.flows(most, by)
  }

  stats(): object {
    const { uptimeSeconds, frames, bytes, flows, alerts, capture, losses, skipped, counters } =
      this.#sensor.totals()
    return {
      uptime_s: Math.floor(uptimeSeconds),
      packets: frames,
      bytes,
      flows,
      alerts,
      kernel: capture,
      loss_percent: losses,
      counters: Object.fromEntries([...skipped, ...counters]),
    }
  }

  setLogLevel(level: string): object {
    this.#log.setLevel(level)
    return { level }
  }
}

function describeOutput(output: OutputStatus): OutputState {
  return {
    name: output.name,
    connected: output.isConnected,
    queuedBytes: output.queuedBytes,
    queuedEvents: output.queuedEvents,
    written: output.writtenEvents,
    dropped: output.droppedEvents,
    lastError: output.lastError,
  }
}
