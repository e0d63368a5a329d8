// All outputs of a sensor: an event that is neither suppressed nor over the limit goes to each output that takes such
// events. What happens to it there is that output's own affair: none waits for another, and nobody waits for any.

import type { Counters } from '../../model/counters.ts'
import type { EventSink, OutgoingEvent } from '../../model/event.ts'
import { OperatorError } from '../../model/operator-error.ts'
import type { OutputOptions, RateLimitOptions, SuppressRule } from '../../model/output-options.ts'
import { AlertLimit } from './alert-limit.ts'
import { createTransport, type Encoding, encodingOf, nameOutput } from './create-transport.ts'
import { Delivery } from './delivery.ts'
import { selects } from './event-selection.ts'
import type { OutputListener, OutputStatus } from './output-status.ts'
import { Suppressions } from './suppressions.ts'
import type { Transport } from './transport.ts'

export interface EventOutputsOptions {
  readonly outputs: readonly OutputOptions[]
  readonly rateLimit: RateLimitOptions | undefined
  readonly suppress: readonly SuppressRule[]
}

interface Output {
  readonly options: OutputOptions
  readonly encoding: Encoding
  readonly delivery: Delivery
  readonly transport: Transport
}

export class EventOutputs implements EventSink {
  readonly #outputs: readonly Output[]
  readonly #suppressions: Suppressions
  readonly #limit: AlertLimit | undefined
  #suppressedAlerts = 0

  /** Opens no file and no connection yet. @throws OperatorError when two outputs are one and the same */
  constructor({ outputs, rateLimit, suppress }: EventOutputsOptions, listener: OutputListener) {
    const names = outputs.map(nameOutput)
    const twin = names.find((name, i) => names.indexOf(name) < i)
    if (twin !== undefined)
      throw new OperatorError(
        'usage',
        `output \`${twin}\` is there twice`,
        'name one, with a filter for both',
      )
    this.#suppressions = new Suppressions(suppress)
    this.#limit = rateLimit === undefined ? undefined : new AlertLimit(rateLimit)
    this.#outputs = outputs.map((options) => createOutput(options, listener))
  }

  /**
   * Opens files and begins to connect: a receiver may come later, but a file must open now. To be called when the
   * process is who it will be, as files must open again after a rotation.
   *
   * @throws OperatorError when a file cannot be written
   */
  start(): void {
    for (const { transport } of this.#outputs) transport.start()
  }

  event(event: OutgoingEvent): void {
    if (event.type !== 'alert') this.#deliver(event)
    else if (this.#suppressions.covers(event)) this.#suppressedAlerts++
    else {
      const withheld = this.#limit === undefined ? 0 : this.#limit.admit(event)
      if (withheld !== undefined) this.#deliver(withheld === 0 ? event : tellWithheld(event, withheld))
    }
  }

  /** Hands on now what waits for company. */
  flush(): void {
    for (const { transport } of this.#outputs) transport.flush()
  }

  /** Opens files anew by their names; receivers that are away are tried now. */
  reopen(): void {
    for (const { transport } of this.#outputs) transport.reopen()
  }

  /** Delivers what can be delivered within so many ms, and ends; what comes later is dropped. */
  async close(deadlineMs: number): Promise<void> {
    const at = performance.now() + deadlineMs
    await Promise.all(this.#outputs.map(({ transport }) => transport.close(at)))
  }

  status(): readonly OutputStatus[] {
    return this.#outputs.map(statusOf)
  }

  /** Adds what was withheld and lost, over all outputs. */
  count(counters: Counters): void {
    const sum = (of: (delivery: Delivery) => number) =>
      this.#outputs.reduce((total, { delivery }) => total + of(delivery), 0)
    counters.add(
      'output.written_events',
      sum(({ writtenEvents }) => writtenEvents),
    )
    counters.add(
      'output.dropped_events',
      sum(({ droppedEvents }) => droppedEvents),
    )
    counters.add(
      'output.oversized_events',
      sum(({ oversizedEvents }) => oversizedEvents),
    )
    counters.add(
      'output.unconfirmed_events',
      sum(({ unconfirmedEvents }) => unconfirmedEvents),
    )
    counters.add('output.suppressed_alerts', this.#suppressedAlerts)
    counters.add('output.withheld_alerts', this.#limit?.withheldAlerts ?? 0)
    counters.add('output.evicted_limits', this.#limit?.evictedWindows ?? 0)
  }

  #deliver(event: OutgoingEvent): void {
    let plainBytes = 0
    for (const { options, encoding, delivery, transport } of this.#outputs) {
      if (!selects(options.filter, event)) continue
      if (encoding.encode === undefined) {
        // All share one string, and its length.
        if (plainBytes === 0) plainBytes = Buffer.byteLength(event.line) + 1
        delivery.offer(event.line, plainBytes)
      } else {
        const message = encoding.encode(event)
        delivery.offer(message, Buffer.byteLength(message))
      }
      transport.wake()
    }
  }
}

function createOutput(options: OutputOptions, listener: OutputListener): Output {
  const encoding = encodingOf(options)
  const { lineEnd, longestBytes } = encoding
  const delivery = new Delivery(
    { name: nameOutput(options), queueBytes: options.queueBytes, lineEnd, longestBytes },
    listener,
  )
  return {
    options,
    encoding,
    delivery,
    transport: createTransport(options, delivery, () => listener.onGone()),
  }
}

/** An alert ends with its `gait` object, which gets one more field. */
function tellWithheld(alert: OutgoingEvent, withheld: number): OutgoingEvent {
  return { ...alert, line: `${alert.line.slice(0, -2)},"withheld":${withheld}}}` }
}

function statusOf({ options, delivery, transport }: Output): OutputStatus {
  const { name, queue } = delivery
  return {
    name,
    type: options.type,
    isConnected: transport.isConnected,
    queuedEvents: queue.lines,
    queuedBytes: queue.bytes,
    queueLimitBytes: queue.limitBytes,
    writtenEvents: delivery.writtenEvents,
    writtenBytes: delivery.writtenBytes,
    droppedEvents: delivery.droppedEvents,
    oversizedEvents: delivery.oversizedEvents,
    unconfirmedEvents: delivery.unconfirmedEvents,
    failures: delivery.failures,
    lastError: delivery.lastError,
    fileBytes: transport.fileBytes,
  }
}
