// Follows one flow through a capture: every frame that the flow table counts as the flow's own is copied, whatever
// wraps it, and fragments with the datagram that they make up. Off the packet path: for an author's tools.

import { openCapture } from '../capture/open-capture.ts'
import { word } from '../core/bytes.ts'
import { Decoder } from '../decode/decoder.ts'
import { FragmentKeys } from '../decode/fragment-key.ts'
import { DEFAULT_FLOW_BUDGET } from '../flow/flow-budget.ts'
import { FLOW_ID, PACKETS, realOf } from '../model/flow-record.ts'
import type { FollowedFrame, FollowedPacket } from '../model/followed-flow.ts'
import { type CaptureProblem, Frame, ReadStatus } from '../model/frame.ts'
import { OperatorError } from '../model/operator-error.ts'
import { PacketView } from '../model/packet-view.ts'
import type { Program } from '../model/program.ts'
import type { FlowFacts, ReportSink } from '../model/report.ts'
import { readFlowFacts } from './flow-facts.ts'
import { Pipeline } from './pipeline.ts'
import { Reporter } from './reporter.ts'

export interface FollowOptions {
  readonly capture: string
  readonly program: Program
  readonly thresholdMs: number
  /** Elements that a flow's end tells. */
  readonly recordedElements: number
  readonly maxFlows: number
  /** Bytes of frames that are kept. */
  readonly mostBytes: number
}

export interface FollowedFlow {
  /** Wanted flows, in order, as they were when they opened; frames are those of the first. */
  readonly flows: readonly FlowFacts[]
  readonly packets: readonly FollowedPacket[]
  readonly problems: readonly CaptureProblem[]
}

/** Fragments that wait for the rest of their datagram: as many datagrams as decode/ keeps. */
const MOST_DATAGRAMS = 256
const LONGEST_WAIT_MICROS = 30e6

/**
 * @param isWanted - asked of every flow when it opens
 * @param sink - told of all flows, as in a replay of the capture
 * @throws OperatorError when the capture cannot be opened, or the flow has more than `mostBytes`
 */
export async function followFlow(
  options: FollowOptions,
  isWanted: (flow: FlowFacts) => boolean,
  sink: ReportSink,
): Promise<FollowedFlow> {
  const { capture, program, thresholdMs, recordedElements, maxFlows, mostBytes } = options
  const reader = await openCapture(capture, 0)
  const reporter = new Reporter(program, sink, 'all')
  const pipeline = new OpeningPipeline(
    {
      program,
      thresholdMicros: thresholdMs * 1000,
      checksums: false,
      recordedElements,
      appProtocols: true,
      flow: { ...DEFAULT_FLOW_BUDGET, maxFlows },
    },
    reporter,
  )
  reporter.attach(pipeline)
  const trail = new Trail(pipeline, isWanted, mostBytes)
  const frame = new Frame()
  try {
    for (;;) {
      const status = reader.next(frame)
      if (status === ReadStatus.frame) trail.take(frame)
      else if (status === ReadStatus.more) await reader.fill()
      else break
    }
    pipeline.drain()
  } finally {
    reader.close()
  }
  return { flows: trail.flows, packets: trail.packets, problems: reader.problems }
}

/** Remembers which flow opened last. */
class OpeningPipeline extends Pipeline {
  /** 0 when none has since this was set so. */
  fresh = 0

  override opened(flow: number): void {
    super.opened(flow)
    this.fresh = flow
  }
}

class Trail {
  readonly flows: FlowFacts[] = []
  readonly packets: FollowedPacket[] = []
  readonly #pipeline: OpeningPipeline
  readonly #isWanted: (flow: FlowFacts) => boolean
  readonly #mostBytes: number
  readonly #decoder = new Decoder({ checksums: false })
  readonly #keys = new FragmentKeys()
  readonly #view = new PacketView()
  /** Frames of datagrams that are not complete, by their key, the oldest first. */
  readonly #fragments = new Map<string, FollowedFrame[]>()
  /** Offset of the followed flow's record; 0 before. */
  #flow = 0
  /** Its packets so far. */
  #count = 0
  #bytes = 0
  #ordinal = 0

  constructor(pipeline: OpeningPipeline, isWanted: (flow: FlowFacts) => boolean, mostBytes: number) {
    this.#pipeline = pipeline
    this.#isWanted = isWanted
    this.#mostBytes = mostBytes
  }

  take(frame: Frame): void {
    const ordinal = this.#ordinal++
    const pipeline = this.#pipeline
    const isWhole = this.#decoder.decode(frame, this.#view)
    pipeline.fresh = 0
    pipeline.frame(frame)
    if (!isWhole) {
      this.#wait(frame, ordinal)
      return
    }
    if (pipeline.fresh !== 0) this.#look(pipeline.fresh)
    const before = this.#view.data === frame.data ? [] : this.#before(frame)
    if (!this.#isOurs()) return
    const own = copyOf(frame, ordinal)
    this.packets.push([...before, own])
    this.#bytes += [...before, own].reduce((sum, { data }) => sum + data.length, 0)
    if (this.#bytes > this.#mostBytes)
      throw new OperatorError('input', `the flow has more than ${this.#mostBytes} bytes of packets`)
  }

  /** Is a flow that has just opened wanted? */
  #look(flow: number): void {
    const facts = readFlowFacts(this.#pipeline.records, flow)
    if (!this.#isWanted(facts)) return
    this.flows.push(facts)
    if (this.#flow === 0) this.#flow = flow
  }

  /** True when the frame that was just taken brought the followed flow a packet. */
  #isOurs(): boolean {
    const { words, reals } = this.#pipeline.records
    const flow = this.#flow
    // The record may be another flow's by now.
    if (flow === 0 || realOf(reals, flow, FLOW_ID) !== this.flows[0]?.id) return false
    const count = word(words, flow + PACKETS) + word(words, flow + PACKETS + 1)
    const isMore = count !== this.#count
    this.#count = count
    return isMore
  }

  #wait(frame: Frame, ordinal: number): void {
    const key = this.#keys.of(frame)
    if (key === '') return
    const own = copyOf(frame, ordinal)
    const waiting = this.#fragments.get(key) ?? []
    this.#fragments.delete(key)
    this.#fragments.set(key, [...waiting.filter(({ time }) => own.time - time <= LONGEST_WAIT_MICROS), own])
    const [oldest] = this.#fragments.keys()
    if (this.#fragments.size > MOST_DATAGRAMS && oldest !== undefined) this.#fragments.delete(oldest)
  }

  /** The fragments that a frame completes. */
  #before(frame: Frame): readonly FollowedFrame[] {
    const key = this.#keys.of(frame)
    const waiting = this.#fragments.get(key) ?? []
    this.#fragments.delete(key)
    return waiting
  }
}

function copyOf(frame: Frame, ordinal: number): FollowedFrame {
  const data = frame.data.slice(frame.start, frame.end)
  return { data, wireLength: frame.wireLength, link: frame.link, time: frame.time[0] ?? 0, ordinal }
}
