// An event on its way out: its line, and what outputs choose, limit and suppress by.

export interface OutgoingEvent {
  /** EVE's event_type. */
  readonly type: 'alert' | 'flow' | 'ssh' | 'stats' | 'engine'
  /** One JSON object without its line end. */
  readonly line: string
  /** Packet time, µs; of `stats` and `engine` the time on the wall. */
  readonly time: number
  /** Of an alert: its class, as far as its signature has one. */
  readonly class: string | undefined
  /** Of an alert: 1 is the most severe. */
  readonly severity: number | undefined
  /** Of an alert: the signature's id. */
  readonly sid: number | undefined
  /** Addresses of the flow's ends; undefined when it is about no flow. */
  readonly client: string | undefined
  readonly server: string | undefined
}

/** Takes events; never blocks and never throws. */
export interface EventSink {
  event(event: OutgoingEvent): void
}
