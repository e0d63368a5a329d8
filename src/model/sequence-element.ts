// hot path
// One element as sequences see it: a packet, or a message of an SSH connection. There is one, refilled for each
// element; whoever hands it on owns it.

import type { Direction } from './program.ts'

export class SequenceElement {
  /** Of the element in its stream, from 1: packets are one stream of a flow, SSH messages another. */
  ordinal = 0
  direction: Direction = 0
  /** Bytes. */
  size = 0
  /** Index in MESSAGES (model/messages.ts); 0 for none. */
  message = 0
  /** Bytes that the message's payload can have; 0 and 0 when that is unknown. */
  payloadLow = 0
  payloadHigh = 0
  /** Since the previous element of either direction, µs; -1 when unknown. */
  delay = -1
  /** 1 when a pause of at least the threshold came before. */
  isPause = 0
  /** Round-trip time of the flow, µs; 0 when unknown. */
  rtt = 0
  /** Bit i: SSH_PHASES[i] (model/program.ts) begins with this message. */
  phases = 0
  /** 1 when it is the flow's first element, and the flow's start was seen. */
  isFirst = 0
  /** Arrival, µs. */
  time = 0
}
