// Elements per second of the sequence matcher alone, with ten to ten thousand sequences whose first elements differ,
// over one deterministic stream of interleaved flows. Run: npx tsx test/bench/sequence-bench.ts [rounds]

import { word } from '../../src/core/bytes.ts'
import { DEFAULT_SEQUENCE_BUDGET, Stream } from '../../src/match/sequence-flows.ts'
import { SequenceMatcher } from '../../src/match/sequence-matcher.ts'
import { Counters } from '../../src/model/counters.ts'
import { FIRST_RECORD, FlowRecords, PORTS, RECORD_WORDS, VLAN_PROTOCOL } from '../../src/model/flow-record.ts'
import { Protocol, type SequenceSignature } from '../../src/model/program.ts'
import { SequenceElement } from '../../src/model/sequence-element.ts'
import { parseSequence, where } from '../support/sequence-text.ts'
import { between, createRandom, oneOf, type Random } from './random.ts'

const FLOWS = 4000
const ELEMENTS = 2_000_000
const COUNTS = [10, 100, 1000, 10_000]
/** What a packet costs beside, when one in two has an element. */
const NANOS_BESIDE = 300

const SERVER_PORTS = [22, 22, 80, 443, 443, 25, 8000]
/** What follows the first element: says which packets come, or takes almost any. */
const ITEMS = {
  strict: ['c12', 's30..60', '(c20..60 | s20..60)?', '+ s10', 's@1', 'c@1+16/8'],
  open: ['c*', 's*', 'any{0,3}', '(c20..60 | s20..60)?', '(+ c* s*){2,}', 's@1', 'c@1+16/8', '+2s..30s s*'],
}
type Kind = keyof typeof ITEMS
const KINDS: readonly Kind[] = ['strict', 'open']

/** Sizes to begin with: as many as make the first elements of all sequences differ. */
const FIRST_SIZES = 5000
/** Goes through them all, in no order. */
const STRIDE = 1597

function randomSequence(random: Random, number: number, kind: Kind): SequenceSignature {
  const port = random() < 0.3 ? '*' : oneOf(random, SERVER_PORTS)
  const first = `${number & 1 ? 'c' : 's'}${1 + (((number >> 1) * STRIDE) % FIRST_SIZES)}`
  const items = Array.from({ length: between(random, 2, 5) }, () => oneOf(random, ITEMS[kind]))
  const text = `tcp ${port} ${first} ${items.join(' ')} s${between(random, 2, 1448)}`
  return parseSequence(text, random() < 0.2 ? { where: where('failures >= 3') } : {})
}

interface Traffic {
  readonly flows: Int32Array
  /** Size << 2 | pause << 1 | direction; -1: the flow ends, and another takes its place. */
  readonly elements: Int32Array
  readonly ports: Int32Array
}

function createTraffic(): Traffic {
  const random = createRandom(1)
  const traffic = {
    flows: new Int32Array(ELEMENTS),
    elements: new Int32Array(ELEMENTS),
    ports: new Int32Array(ELEMENTS),
  }
  const left = new Int32Array(FLOWS)
  for (let i = 0; i < ELEMENTS; i++) {
    const flow = between(random, 0, FLOWS - 1)
    traffic.flows[i] = FIRST_RECORD + flow * RECORD_WORDS
    if (left[flow] === 0) {
      left[flow] = Math.min(4000, Math.ceil(4 / (1 - random()) ** 0.85))
      traffic.elements[i] = -1
      traffic.ports[i] = oneOf(random, SERVER_PORTS)
      continue
    }
    left[flow]!--
    const size = random() < 0.4 ? 1448 : between(random, 2, 1448)
    traffic.elements[i] = (size << 2) | (random() < 0.08 ? 2 : 0) | (random() < 0.5 ? 1 : 0)
  }
  return traffic
}

function feed(matcher: SequenceMatcher | undefined, words: Int32Array, traffic: Traffic): void {
  const e = new SequenceElement()
  const ordinals = new Int32Array(words.length)
  for (let i = 0; i < ELEMENTS; i++) {
    const flow = word(traffic.flows, i)
    const packed = word(traffic.elements, i)
    if (packed < 0) {
      if (matcher !== undefined) {
        matcher.close(flow)
        matcher.release(flow)
      }
      words[flow + PORTS] = (40000 << 16) | word(traffic.ports, i)
      words[flow + VLAN_PROTOCOL] = Protocol.tcp
      ordinals[flow] = 0
      continue
    }
    e.ordinal = ++ordinals[flow]!
    e.direction = (packed & 1) as 0 | 1
    e.size = packed >> 2
    e.isPause = (packed >> 1) & 1
    e.delay = e.isPause === 0 ? 1000 : 5_000_000
    e.isFirst = e.ordinal === 1 ? 1 : 0
    if (matcher !== undefined) matcher.element(flow, Stream.packets, e)
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

function nanosOf(task: () => void): number {
  const start = process.hrtime.bigint()
  task()
  return Number(process.hrtime.bigint() - start) / ELEMENTS
}

const rounds = Number(process.argv[2] ?? 5)
const traffic = createTraffic()
const bare = new FlowRecords(FLOWS)
const figures = { value: (flow: number, figure: number) => (flow + figure) & 7, hasSsh: () => true }
const benches = KINDS.flatMap((kind) => COUNTS.map((count) => ({ kind, count }))).map(({ kind, count }) => {
  const random = createRandom(7)
  const sequences = Array.from({ length: count }, (_, i) => randomSequence(random, i, kind))
  const records = new FlowRecords(FLOWS)
  const sink = { hits: 0, matched: () => {}, sequenceMatched: () => void sink.hits++ }
  const before = process.hrtime.bigint()
  const matcher = new SequenceMatcher(records, sequences, sink, figures, DEFAULT_SEQUENCE_BUDGET)
  const buildMs = Number(process.hrtime.bigint() - before) / 1e6
  return {
    kind,
    count,
    sink,
    matcher,
    buildMs,
    task: () => feed(matcher, records.words, traffic),
    nanos: [] as number[],
  }
})
const floors: number[] = []
// Round 0 warms up.
for (let round = 0; round <= rounds; round++) {
  const floor = nanosOf(() => feed(undefined, bare.words, traffic))
  if (round > 0) floors.push(floor)
  for (const { task, nanos } of benches) {
    const each = nanosOf(task)
    if (round > 0) nanos.push(each)
  }
}
const floor = median(floors)
console.log(`loop without matcher: ${floor.toFixed(1)} ns an element`)
for (const { kind, count, sink, matcher, buildMs, nanos } of benches) {
  const ten = median(benches.find((bench) => bench.kind === kind && bench.count === 10)?.nanos ?? [])
  const each = median(nanos)
  const counters = new Counters()
  matcher.count(counters)
  const speed = (NANOS_BESIDE + ten - floor) / (NANOS_BESIDE + each - floor)
  console.log(
    [
      `${count} ${kind} sequences:`.padEnd(25),
      `${(each - floor).toFixed(1)} ns each,`.padEnd(16),
      `speed of all ${(100 * speed).toFixed(0)}% of 10,`.padEnd(26),
      `${(sink.hits / ((rounds + 1) * ELEMENTS)).toFixed(4)} hits each,`,
      `built in ${buildMs.toFixed(0)} ms`,
      counters.of('match.dropped_threads') > 0 ? `, ${counters.of('match.dropped_threads')} dropped` : '',
    ].join(' '),
  )
}
