// How much the flow table may keep, and for how long.

/** Bounds and timeouts of the flow table. Timeouts are idle times in packet time, µs. */
export interface FlowBudget {
  readonly maxFlows: number
  /** TCP segments that may wait for a hole to fill, all flows together, and one flow. */
  readonly maxWaiting: number
  readonly maxWaitingPerFlow: number
  /** Bytes of waiting segments that are kept for readers of streams; 0 keeps none. */
  readonly heldBytes: number
  /** Established TCP; TCP of which one end alone was seen; ended TCP, to swallow late segments. */
  readonly tcpMicros: number
  readonly tcpOpeningMicros: number
  readonly tcpClosedMicros: number
  readonly udpMicros: number
  readonly icmpMicros: number
}

export const DEFAULT_FLOW_BUDGET: FlowBudget = {
  maxFlows: 1 << 20,
  maxWaiting: 1 << 17,
  maxWaitingPerFlow: 8192,
  heldBytes: 16 << 20,
  tcpMicros: 3600e6,
  tcpOpeningMicros: 60e6,
  tcpClosedMicros: 5e6,
  udpMicros: 120e6,
  icmpMicros: 60e6,
}
