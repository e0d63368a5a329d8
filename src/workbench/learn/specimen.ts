// A flow to learn from, over its packets or over its messages: its elements with all that a statement can ask of
// them, and the exchange that matchers run over.

import type { FlowTrace, TraceEvent } from '../../model/flow-trace.ts'
import type { MessageName } from '../../model/messages.ts'
import { type Direction, SSH_PHASES, type SshPhase } from '../../model/program.ts'
import type { PlainExchange } from '../plain-exchange.ts'

/** What the elements are. */
export type Stream = 'packets' | 'messages'

export interface Specimen {
  readonly trace: FlowTrace
  readonly exchange: PlainExchange
  readonly tokens: readonly Token[]
  /** The last token is the flow's last element, and the end was seen. */
  readonly endSeen: boolean
}

/** One element. Times are µs. */
export interface Token {
  readonly direction: Direction
  /** Bytes. */
  readonly size: number
  /** '' for a packet, and for a message without a name. */
  readonly name: MessageName
  /** Bytes that the payload of a message can have; undefined where that is not known. */
  readonly payload: readonly [low: number, high: number] | undefined
  /** Since the element before; undefined where that is not known. */
  readonly delay: number | undefined
  /** Of it, what the round trip does not explain; of packets all. */
  readonly own: number | undefined
  readonly isPause: boolean
  /** Something is missing before it. */
  readonly isTorn: boolean
  /** The flow's first element, and the capture holds the flow's start. */
  readonly isFirst: boolean
  readonly phases: readonly SshPhase[]
}

const PROTOCOLS = { TCP: 'tcp', UDP: 'udp', ICMP: 'icmp', 'IPv6-ICMP': 'icmp' } as const

export function protocolOf({ flow }: FlowTrace): 'tcp' | 'udp' | 'icmp' {
  return PROTOCOLS[flow.protocol]
}

/** @returns undefined when the flow has none of these elements */
export function specimenOf(trace: FlowTrace, stream: Stream, thresholdMicros: number): Specimen | undefined {
  const events = stream === 'packets' ? trace.packets : trace.messages
  if (events === undefined || !events.some(({ kind }) => kind === 'element')) return undefined
  return {
    trace,
    exchange: {
      protocol: stream === 'messages' ? 'ssh' : protocolOf(trace),
      serverPort: trace.flow.server.port ?? 0,
      startSeen: trace.startSeen,
      startTime: trace.startTime,
      endTime: trace.endTime,
      events,
      figures: trace.figures,
      suites: undefined,
    },
    tokens: tokensOf(trace, events, thresholdMicros),
    endSeen: trace.endTime !== undefined && events.at(-1)?.kind === 'element',
  }
}

function tokensOf(
  trace: FlowTrace,
  events: readonly TraceEvent[],
  thresholdMicros: number,
): readonly Token[] {
  const tokens: Token[] = []
  let before = trace.startTime
  let isTorn = false
  for (const event of events) {
    if (event.kind === 'gap') {
      isTorn = true
      continue
    }
    const { direction, size, time, message } = event
    const passed = Math.max(time - before, 0)
    before = Math.max(before, time)
    const known = message === undefined ? (isTorn ? -1 : passed) : message.delay
    const delay = known < 0 ? undefined : known
    const isFirst = tokens.length === 0 && !isTorn && trace.startSeen && (message?.ordinal ?? 1) === 1
    tokens.push({
      direction,
      size,
      name: message?.name ?? '',
      payload: message === undefined || message.payload[1] === 0 ? undefined : message.payload,
      delay,
      own: delay === undefined ? undefined : Math.max(delay - (message?.roundTrip ?? 0), 0),
      isPause: delay !== undefined && delay >= thresholdMicros,
      isTorn,
      isFirst,
      phases: SSH_PHASES.filter((_, i) => (((message?.phases ?? 0) >> i) & 1) === 1),
    })
    isTorn = false
  }
  return tokens
}
