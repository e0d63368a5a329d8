// Elements per second of the matcher alone, with ten to ten thousand signatures, over one deterministic stream of
// interleaved flows. Run: npx tsx test/bench/match-bench.ts [rounds]
//
// Signatures are random but plausible: sizes from clusters that real protocols have, some ranges, `*`,
// back-references and pauses, most of them fuzzy, on a few well-known ports. The first ten are part of the first
// hundred, and so on.

import { word } from '../../src/core/bytes.ts'
import { DEFAULT_MATCH_BUDGET, Matcher } from '../../src/match/matcher.ts'
import { Counters } from '../../src/model/counters.ts'
import { packElement } from '../../src/model/element.ts'
import {
  ELEMENTS,
  FIRST_RECORD,
  FlowRecords,
  NO_ELEMENT,
  PORTS,
  PREVIOUS,
  RECORD_WORDS,
  STARTED,
  STATE,
  VLAN_PROTOCOL,
} from '../../src/model/flow-record.ts'
import { type Direction, MAX_SIZE, type ProgramElement, Protocol } from '../../src/model/program.ts'
import { programOf, unnamed } from '../support/exchange-run.ts'
import { between, createRandom, oneOf, type Random } from './random.ts'

const FLOWS = 4000
const ELEMENTS_PER_ROUND = 2_000_000
const COUNTS = [10, 100, 1000, 10_000]

function byShare<T>(random: Random, values: readonly T[], shareOf: (value: T) => number): T {
  let left = random() * values.reduce((sum, value) => sum + shareOf(value), 0)
  for (const value of values) {
    left -= shareOf(value)
    if (left < 0) return value
  }
  return values[0]!
}

// --- signatures

/** Port and how many of a hundred signatures are for it. */
const SIGNATURE_PORTS: readonly (readonly [number, number])[] = [
  [22, 35],
  [443, 12],
  [80, 8],
  [25, 6],
  [53, 6],
  [3389, 6],
  [21, 4],
  [110, 3],
  [2222, 3],
  [5060, 3],
  [-1, 14],
]
const CLUSTERS = [
  16, 20, 36, 36, 36, 44, 48, 52, 52, 60, 68, 76, 84, 100, 112, 148, 172, 208, 517, 1200, 1448,
]

function randomSize(random: Random): number {
  const kind = random()
  if (kind < 0.25) return between(random, 21, 41)
  if (kind < 0.7) return oneOf(random, CLUSTERS)
  if (kind < 0.85) return between(random, 1, 300)
  return between(random, 300, 1448)
}

function randomElement(random: Random, i: number, direction: Direction): ProgramElement {
  const base = { direction, reference: 0, pauseBefore: random() < 0.1 }
  const kind = random()
  if (kind < 0.04) return { ...base, low: 0, high: MAX_SIZE }
  if (kind < 0.17 && i > 0) return { ...base, low: 0, high: MAX_SIZE, reference: between(random, 1, i) }
  const size = randomSize(random)
  const spread = kind < 0.35 ? oneOf(random, [2, 4, 8, 15, 30, 100]) : 0
  return { ...base, low: Math.max(0, size - spread), high: size + spread }
}

function randomSignature(random: Random) {
  const port = byShare(random, SIGNATURE_PORTS, ([, share]) => share)[0]
  const protocol = port === 53 || (port === 443 && random() < 0.3) ? 'udp' : 'tcp'
  const elements: ProgramElement[] = []
  let direction: Direction = random() < 0.6 ? 0 : 1
  const packets = oneOf(random, [3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9])
  for (let i = 0; i < packets; i++) {
    elements.push(randomElement(random, i, direction))
    if (random() < 0.7) direction = direction === 0 ? 1 : 0
  }
  const isPing = port === -1 && random() < 0.1
  return unnamed({
    protocol: isPing ? 'icmp' : protocol,
    port,
    fuzzy: random() < 0.75,
    atStart: random() < 0.25,
    atEnd: random() < 0.03,
    elements,
  })
}

function randomSignatures(count: number) {
  const random = createRandom(7)
  return Array.from({ length: count }, () => randomSignature(random))
}

// --- traffic

type Talk = (random: Random, n: number) => readonly [Direction, number]

/** Sizes of an SSH login, then password tries. */
const LOGIN: readonly (readonly [Direction, number, number])[] = [
  [0, 21, 41],
  [1, 21, 41],
  [0, 1000, 1448],
  [1, 1080, 1112],
  [0, 48, 48],
  [1, 452, 564],
  [0, 16, 16],
  [0, 44, 44],
  [1, 44, 44],
  [0, 60, 76],
  [1, 52, 60],
]

function login(random: Random, n: number): readonly [Direction, number] | undefined {
  const step = LOGIN[n]
  return step && [step[0], between(random, step[1], step[2])]
}

const TALKS: readonly {
  readonly share: number
  readonly protocol: number
  readonly port: number
  readonly talk: Talk
}[] = [
  {
    share: 3,
    protocol: Protocol.tcp,
    port: 22,
    talk: (r, n) => login(r, n) ?? (n % 2 === 1 ? [0, 148] : [1, 52]),
  },
  {
    share: 3,
    protocol: Protocol.tcp,
    port: 22,
    talk: (r, n) => login(r, n) ?? (n % 2 === 1 ? [0, 36] : [1, r() < 0.2 ? 36 + 8 * between(r, 4, 60) : 36]),
  },
  { share: 2, protocol: Protocol.tcp, port: 22, talk: (r, n) => login(r, n) ?? [1, 1448] },
  {
    share: 40,
    protocol: Protocol.tcp,
    port: 443,
    talk: (r, n) =>
      n === 0
        ? [0, 517]
        : r() < 0.7
          ? [1, r() < 0.8 ? 1448 : between(r, 60, 1447)]
          : [0, between(r, 35, 900)],
  },
  {
    share: 12,
    protocol: Protocol.tcp,
    port: 80,
    talk: (r, n) => (n % 6 === 0 ? [0, between(r, 80, 700)] : [1, n % 6 < 5 ? 1448 : between(r, 20, 1447)]),
  },
  { share: 5, protocol: Protocol.tcp, port: 25, talk: (r, n) => [n % 2 === 0 ? 1 : 0, between(r, 6, 90)] },
  {
    share: 10,
    protocol: Protocol.tcp,
    port: 8000,
    talk: (r) => [
      r() < 0.5 ? 0 : 1,
      r() < 0.35 ? between(r, 20, 130) : r() < 0.5 ? between(r, 131, 1447) : 1448,
    ],
  },
  {
    share: 8,
    protocol: Protocol.udp,
    port: 53,
    talk: (r, n) => (n % 2 === 0 ? [0, between(r, 28, 60)] : [1, between(r, 44, 300)]),
  },
  {
    share: 12,
    protocol: Protocol.udp,
    port: 443,
    talk: (r, n) =>
      n < 2 ? [n as Direction, 1200] : r() < 0.65 ? [1, between(r, 1200, 1350)] : [0, between(r, 28, 300)],
  },
  { share: 3, protocol: Protocol.udp, port: 16384, talk: (_, n) => [(n & 1) as Direction, 172] },
  { share: 2, protocol: Protocol.icmp, port: 8, talk: (_, n) => [(n & 1) as Direction, 56] },
]

/** Where each element belongs, and the element; 0 in place of an element: the flow ends and another takes its place. */
interface Stream {
  readonly flows: Int32Array
  readonly elements: Int32Array
  /** PORTS and VLAN_PROTOCOL of the flow that begins. */
  readonly ports: Int32Array
  readonly protocols: Int32Array
}

const ENDS = -1

function createStream(): Stream {
  const random = createRandom(1)
  const stream = {
    flows: new Int32Array(ELEMENTS_PER_ROUND),
    elements: new Int32Array(ELEMENTS_PER_ROUND),
    ports: new Int32Array(ELEMENTS_PER_ROUND),
    protocols: new Int32Array(ELEMENTS_PER_ROUND),
  }
  const live = Array.from({ length: FLOWS }, () => ({ kind: TALKS[0]!, left: 0, n: 0 }))
  for (let i = 0; i < ELEMENTS_PER_ROUND; i++) {
    const flow = between(random, 0, FLOWS - 1)
    const state = live[flow]!
    stream.flows[i] = FIRST_RECORD + flow * RECORD_WORDS
    if (state.left === 0) {
      state.kind = byShare(random, TALKS, ({ share }) => share)
      // Many mice, few elephants.
      state.left = Math.min(4000, Math.ceil(4 / (1 - random()) ** 0.85))
      state.n = 0
      stream.elements[i] = ENDS
      stream.ports[i] = (40000 << 16) | state.kind.port
      stream.protocols[i] = state.kind.protocol
      continue
    }
    const [direction, size] = state.kind.talk(random, state.n++)
    stream.elements[i] = packElement(direction, size, random() < 0.08 ? 1 : 0)
    state.left--
  }
  return stream
}

// --- measuring

class HitCounter {
  hits = 0
  matched(): void {
    this.hits++
  }
  sequenceMatched(): void {}
}

function feed(matcher: Matcher, words: Int32Array, stream: Stream): void {
  for (let i = 0; i < ELEMENTS_PER_ROUND; i++) {
    const flow = word(stream.flows, i)
    const element = word(stream.elements, i)
    if (element === ENDS) {
      matcher.close(flow)
      matcher.release(flow)
      words[flow + PORTS] = word(stream.ports, i)
      words[flow + VLAN_PROTOCOL] = word(stream.protocols, i)
      words[flow + STATE] = STARTED
      words[flow + ELEMENTS] = 0
      words[flow + PREVIOUS] = NO_ELEMENT
    } else {
      words[flow + ELEMENTS] = word(words, flow + ELEMENTS) + 1
      matcher.element(flow, element)
    }
  }
}

/** The loop without the matcher. */
function feedNothing(words: Int32Array, stream: Stream): number {
  let sum = 0
  for (let i = 0; i < ELEMENTS_PER_ROUND; i++) {
    const flow = word(stream.flows, i)
    const element = word(stream.elements, i)
    if (element === ENDS) {
      words[flow + PORTS] = word(stream.ports, i)
      words[flow + VLAN_PROTOCOL] = word(stream.protocols, i)
      words[flow + STATE] = STARTED
      words[flow + ELEMENTS] = 0
    } else {
      words[flow + ELEMENTS] = word(words, flow + ELEMENTS) + 1
      sum += element
    }
  }
  return sum
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

function time(task: () => void): number {
  const start = process.hrtime.bigint()
  task()
  return Number(process.hrtime.bigint() - start) / ELEMENTS_PER_ROUND
}

const rounds = Number(process.argv[2] ?? 5)
const stream = createStream()
const benches = [0, ...COUNTS].map((count) => {
  const records = new FlowRecords(FLOWS)
  const sink = new HitCounter()
  const program = programOf(randomSignatures(count))
  const before = process.hrtime.bigint()
  const matcher = new Matcher(records, program, sink, DEFAULT_MATCH_BUDGET)
  const buildMs = Number(process.hrtime.bigint() - before) / 1e6
  const task = () => feed(matcher, records.words, stream)
  return { count, sink, matcher, buildMs, task, nanos: [] as number[] }
})
const bare = new FlowRecords(FLOWS)
const floors: number[] = []
for (let round = 0; round <= rounds; round++) {
  const floor = time(() => feedNothing(bare.words, stream))
  if (round > 0) floors.push(floor)
  // Round 0 warms up.
  for (const bench of benches) {
    const nanos = time(bench.task)
    if (round > 0) bench.nanos.push(nanos)
  }
}
const floor = median(floors)
console.log(`loop without matcher: ${floor.toFixed(1)} ns an element`)
const ten = median(benches.find(({ count }) => count === 10)?.nanos ?? [])
for (const { count, sink, matcher, buildMs, nanos } of benches) {
  const each = median(nanos)
  const counters = new Counters()
  matcher.count(counters)
  // One packet in two has an element, and costs 150 ns beside.
  const speed = (300 + ten - floor) / (300 + each - floor)
  console.log(
    [
      `${count} signatures:`.padEnd(18),
      `${(1000 / each).toFixed(2)} M elements/s,`.padEnd(22),
      `${(each - floor).toFixed(1)} ns each,`.padEnd(16),
      `speed of all ${(100 * speed).toFixed(0)}% of 10,`.padEnd(26),
      `${(sink.hits / ((rounds + 1) * ELEMENTS_PER_ROUND)).toFixed(3)} hits each,`,
      `built in ${buildMs.toFixed(0)} ms`,
      counters.of('match.dropped_states') > 0 ? `, ${counters.of('match.dropped_states')} dropped` : '',
    ].join(' '),
  )
}
