// The matcher against the oracle: random programs over random exchanges that are partly made from them.
// More runs by hand: MATCH_RUNS=300000 npx vitest run test/property/match-oracle.test.ts --testTimeout=0

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_MATCH_BUDGET, type MatchBudget } from '../../src/match/matcher.ts'
import {
  isOccurrence,
  matchNaively,
  type NaiveElement,
  type WholeExchange,
} from '../../src/match/naive-matcher.ts'
import {
  type Direction,
  MAX_SIZE,
  type Program,
  type ProgramElement,
  type ProgramSignature,
  Protocol,
} from '../../src/model/program.ts'
import {
  type ExchangeEvent,
  ExchangeRun,
  formatExchange,
  formatSignature,
  packed,
  programOf,
  unnamed,
} from '../support/exchange-run.ts'

const { MATCH_RUNS } = process.env
const RUNS = Number(MATCH_RUNS ?? 3000)
const PORTS: readonly number[] = [22, 53, 40000]

// --- programs

const direction = fc.integer({ min: 0, max: 1 }) as fc.Arbitrary<Direction>
const smallSize = fc.integer({ min: 0, max: 4 })
const size = fc.oneof(
  { weight: 12, arbitrary: smallSize },
  { weight: 2, arbitrary: fc.integer({ min: 5, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(36, 52, 1448, 65535, 131071, 131072, MAX_SIZE - 1, MAX_SIZE) },
)
const sometimes = (percent: number) => fc.integer({ min: 0, max: 99 }).map((n) => n < percent)

/** An element whose reference is still a wish: it becomes the number of some earlier packet. */
const packet = fc.record({
  direction,
  pauseBefore: sometimes(15),
  size: fc.oneof(
    { weight: 8, arbitrary: size.map((n) => ({ low: n, high: n, wish: -1 })) },
    { weight: 3, arbitrary: fc.tuple(size, fc.constantFrom(1, 2, 60, 5000)).map(([n, d]) => range(n, d)) },
    { weight: 1, arbitrary: fc.constant({ low: 0, high: MAX_SIZE, wish: -1 }) },
    { weight: 3, arbitrary: fc.nat(8).map((wish) => ({ low: 0, high: MAX_SIZE, wish })) },
  ),
})

function range(middle: number, distance: number) {
  return { low: Math.max(0, middle - distance), high: Math.min(MAX_SIZE, middle + distance), wish: -1 }
}

const signature = fc
  .record({
    protocol: fc.constantFrom<ProgramSignature['protocol']>('tcp', 'tcp', 'tcp', 'tcp', 'tcp', 'udp', 'icmp'),
    port: fc.constantFrom(-1, -1, -1, -1, -1, -1, ...PORTS),
    fuzzy: fc.boolean(),
    atStart: sometimes(15),
    atEnd: sometimes(15),
    limit: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
    packets: fc.oneof(
      fc.array(packet, { minLength: 1, maxLength: 4 }),
      fc.array(packet, { minLength: 5, maxLength: 9, size: 'max' }),
    ),
  })
  .map(({ packets, ...rest }) => unnamed({ ...rest, elements: packets.map(toElement) }))

function toElement(
  packet: {
    direction: Direction
    pauseBefore: boolean
    size: { low: number; high: number; wish: number }
  },
  i: number,
): ProgramElement {
  const { direction, pauseBefore, size } = packet
  if (size.wish < 0) return { direction, pauseBefore, low: size.low, high: size.high, reference: 0 }
  return { direction, pauseBefore, low: 0, high: MAX_SIZE, reference: i === 0 ? 0 : 1 + (size.wish % i) }
}

const program: fc.Arbitrary<Program> = fc
  .array(signature, { minLength: 1, maxLength: 12, size: 'max' })
  .map(programOf)

// --- exchanges

const noise = fc.record({ direction, size, pause: sometimes(15) })

/** What happens to the packets that a signature describes before they become elements. */
const damage = fc.record({
  kind: fc.constantFrom('merge', 'merge', 'merge', 'lose', 'lose', 'resize', 'pause', 'gap', 'turn'),
  at: fc.nat(8),
})

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('appearance' as const),
      /** null: of the signature that the flow is like. */
      signature: fc.option(fc.nat(11), { freq: 1 }),
      sizes: fc.array(fc.nat(5), { minLength: 9, maxLength: 9 }),
      damages: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 5, arbitrary: fc.array(damage, { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(damage, { minLength: 2, maxLength: 3 }) },
      ),
      cut: fc.constantFrom(0, 0, 0, 0, 1, 2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('noise' as const),
      elements: fc.array(noise, { maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'gap' as const }) },
)
type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never

/** `like`: protocol and port are those of this signature, so that they need not meet by chance. */
const recipe = fc.record({
  like: fc.option(fc.nat(11), { freq: 5 }),
  protocol: fc.constantFrom(
    ...[Protocol.tcp, Protocol.tcp, Protocol.tcp, Protocol.tcp, Protocol.udp],
    ...[Protocol.icmp, Protocol.icmpv6],
  ),
  serverPort: fc.constantFrom(...PORTS),
  clientPort: fc.constantFrom(...PORTS),
  startSeen: sometimes(80),
  clientIsB: fc.boolean(),
  endSeen: sometimes(80),
  pieces: fc.array(piece, { maxLength: 6, size: 'max' }),
})
type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never
type Exchange = WholeExchange & Recipe

function cook(program: Program, recipe: Recipe): Exchange {
  const exchange = { ...recipe, events: recipe.pieces.flatMap((piece) => eventsOf(program, recipe, piece)) }
  if (recipe.like === null) return exchange
  const { protocol, port } = program.signatures[recipe.like % program.signatures.length]!
  const number = protocol === 'icmp' && recipe.clientIsB ? Protocol.icmpv6 : Protocol[protocol]
  return { ...exchange, protocol: number, serverPort: port < 0 ? recipe.serverPort : port }
}

function eventsOf(program: Program, recipe: Recipe, piece: Piece): ExchangeEvent[] {
  if (piece.kind === 'gap') return [{ kind: 'gap' }]
  if (piece.kind === 'noise') return piece.elements.map((element) => ({ kind: 'element', ...element }))
  const signature = program.signatures[(piece.signature ?? recipe.like ?? 0) % program.signatures.length]!
  let events: ExchangeEvent[] = appearance(signature, piece.sizes)
  for (const { kind, at } of piece.damages) events = damaged(events, kind, at % events.length)
  return piece.cut === 1 ? events.slice(1) : piece.cut === 2 ? events.slice(0, -1) : events
}

function appearance(signature: ProgramSignature, picks: readonly number[]): NaiveElement[] {
  const elements: NaiveElement[] = []
  for (const [i, { direction, low, high, reference, pauseBefore }] of signature.elements.entries()) {
    const free = low + (picks[i]! % (Math.min(high - low, 5) + 1))
    const size = reference > 0 ? elements[reference - 1]!.size : free
    elements.push({ kind: 'element', direction, size, pause: pauseBefore })
  }
  return elements
}

function damaged(events: readonly ExchangeEvent[], kind: string, at: number): ExchangeEvent[] {
  const hit = events[at]
  const next = events[at + 1]
  if (hit?.kind !== 'element') return [...events]
  const replaced = (element: Partial<NaiveElement>) => events.with(at, { ...hit, ...element })
  switch (kind) {
    case 'merge':
      if (next?.kind !== 'element' || next.direction !== hit.direction) return [...events]
      return replaced({ size: Math.min(hit.size + next.size, MAX_SIZE) }).toSpliced(at + 1, 1)
    case 'lose':
      if (next?.kind !== 'element') return [...events]
      return events.with(at + 1, { ...next, pause: next.pause || hit.pause }).toSpliced(at, 1)
    case 'resize':
      return replaced({ size: hit.size === MAX_SIZE ? 0 : hit.size + 1 })
    case 'pause':
      return replaced({ pause: !hit.pause })
    case 'turn':
      return replaced({ direction: hit.direction === 0 ? 1 : 0 })
    default:
      return events.toSpliced(at, 0, { kind: 'gap' })
  }
}

/** Two exchanges, and who goes first at each step. */
const situation = fc
  .record({
    program,
    recipes: fc.tuple(recipe, recipe),
    turns: fc.array(fc.nat(1), { maxLength: 60, size: 'max' }),
  })
  .map(({ program, recipes, turns }) => ({
    program,
    exchanges: recipes.map((recipe) => cook(program, recipe)),
    turns,
  }))
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never

/** Plays both exchanges interleaved, closes those whose end was seen, and checks nothing. */
function play(run: ExchangeRun, { exchanges, turns }: Situation): void {
  const next = [0, 0]
  for (const [flow, exchange] of exchanges.entries()) run.open(flow, exchange)
  const feed = (flow: number) => {
    const event = exchanges[flow]!.events[next[flow]!++]
    if (event !== undefined) run.feed(flow, event)
  }
  for (const flow of turns) feed(flow)
  for (const [flow, { events, endSeen }] of exchanges.entries()) {
    while (next[flow]! < events.length) feed(flow)
    if (endSeen) run.close(flow)
  }
}

function release(run: ExchangeRun): void {
  run.release(0)
  run.release(1)
}

function describeSituation({ program, exchanges, turns }: Situation): string {
  const flows = exchanges.map(
    ({ protocol, serverPort, clientPort, clientIsB, startSeen, endSeen, events }) =>
      `${protocol}/${serverPort} client ${clientPort}${clientIsB ? ' is b' : ''}, start ${startSeen}, end ${endSeen}: ${formatExchange(events)}`,
  )
  return [...program.signatures.map(formatSignature), ...flows, `turns ${turns.join('')}`].join('\n')
}

/** Hits of one exchange by the oracle, in the shape in which a run collects them, signature by signature. */
function expectedHits(program: Program, exchange: Exchange) {
  const elements = exchange.events.filter((event) => event.kind === 'element').map(packed)
  const counts = new Map<number, number>()
  const hits = matchNaively(program, exchange).map(({ signature, first, last }) => {
    const count = (counts.get(signature) ?? 0) + 1
    counts.set(signature, count)
    return { signature, count, first, last, elements: elements.slice(first - 1, last) }
  })
  return bySignature(hits)
}

/** Stable: the order of each signature's own hits stays. */
function bySignature<T extends { readonly signature: number }>(hits: readonly T[]): readonly T[] {
  return hits.toSorted((one, two) => one.signature - two.signature)
}

/** An assertion whose message is made only when it fails. */
function same(actual: unknown, expected: unknown, situation: Situation): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, describeSituation(situation)).toEqual(expected)
}

describe('matcher and oracle', () => {
  it('report the same hits, of two interleaved flows', () => {
    const seen = {
      flows: 0,
      withHits: 0,
      hits: 0,
      again: 0,
      fuzzy: 0,
      atStart: 0,
      atEnd: 0,
      limited: 0,
      leadingPause: 0,
      innerPause: 0,
      references: 0,
      long: 0,
      single: 0,
    }
    fc.assert(
      fc.property(situation, (situation) => {
        const { program, exchanges } = situation
        const run = new ExchangeRun(program)
        play(run, situation)
        for (const [flow, exchange] of exchanges.entries()) {
          const hits = run.hits(flow)
          const expected = expectedHits(program, exchange)
          same(bySignature(hits), expected, situation)
          const ends = hits.map((hit) => hit.last)
          const inOrder = ends.toSorted((a, b) => a - b)
          same(ends, inOrder, situation)
          seen.flows++
          if (hits.length > 0) seen.withHits++
          for (const { signature, count, first, last } of hits) {
            const { elements, atStart, atEnd, limit } = program.signatures[signature]!
            seen.hits++
            if (count > 1) seen.again++
            if (last - first + 1 < elements.length) seen.fuzzy++
            if (atStart) seen.atStart++
            if (atEnd) seen.atEnd++
            if (count === limit) seen.limited++
            if (elements[0]!.pauseBefore) seen.leadingPause++
            if (elements.some((element, i) => i > 0 && element.pauseBefore)) seen.innerPause++
            if (elements.some((element) => element.reference > 0)) seen.references++
            if (elements.length >= 5) seen.long++
            if (elements.length === 1) seen.single++
          }
        }
        expect(run.counter('match.dropped_states') + run.counter('match.dropped_hits')).toBe(0)
      }),
      { numRuns: RUNS },
    )
    if (MATCH_RUNS !== undefined) console.log(seen)
    const share = (n: number) => n / seen.flows
    expect(share(seen.withHits)).toBeGreaterThan(0.3)
    expect(share(seen.hits)).toBeGreaterThan(0.5)
    expect(share(seen.again)).toBeGreaterThan(0.05)
    expect(share(seen.fuzzy)).toBeGreaterThan(0.03)
    expect(share(seen.atStart)).toBeGreaterThan(0.01)
    expect(share(seen.atEnd)).toBeGreaterThan(0.01)
    expect(share(seen.limited)).toBeGreaterThan(0.05)
    expect(share(seen.leadingPause)).toBeGreaterThan(0.02)
    expect(share(seen.innerPause)).toBeGreaterThan(0.1)
    expect(share(seen.references)).toBeGreaterThan(0.1)
    expect(share(seen.long)).toBeGreaterThan(0.1)
    expect(share(seen.single)).toBeGreaterThan(0.1)
  })
})

describe('matcher within bounds', () => {
  it('keeps nothing of a released flow', () => {
    fc.assert(
      fc.property(situation, (situation) => {
        const { program } = situation
        let budget: MatchBudget = { ...DEFAULT_MATCH_BUDGET, stateBytes: 4, hitBytes: 4 }
        for (
          let run = fresh(program, budget, situation);
          drops(run) > 0;
          run = fresh(program, budget, situation)
        )
          budget = { ...budget, stateBytes: budget.stateBytes * 1.2 + 16, hitBytes: budget.hitBytes + 16 }
        // Just enough for one round: a single record left behind is missing in the next.
        const run = new ExchangeRun(program, budget)
        for (let round = 0; round < 30; round++) {
          play(run, situation)
          release(run)
        }
        same(drops(run), 0, situation)
      }),
      { numRuns: RUNS / 10 },
    )
  })

  it('drops matches and counts them when the bounds are tight, and reports nothing wrong', () => {
    let dropped = 0
    const tight = fc.record({
      statesPerFlow: fc.integer({ min: 0, max: 4 }),
      stateBytes: fc.integer({ min: 0, max: 600 }),
      hitBytes: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(situation, tight, (situation, budget) => {
        const { program, exchanges } = situation
        const run = new ExchangeRun(program, budget)
        for (let round = 0; round < 3; round++) {
          const before = drops(run)
          play(run, situation)
          const lost = drops(run) - before
          dropped += lost
          for (const [flow, exchange] of exchanges.entries()) {
            const hits = bySignature(run.hits(flow))
            if (lost === 0) same(hits, expectedHits(program, exchange), situation)
            for (const [i, { signature, count, first, last }] of hits.entries()) {
              expect(isOccurrence(program.signatures[signature]!, exchange, first, last)).toBe(true)
              const previous = hits[i - 1]
              const follows = previous?.signature === signature
              expect(count).toBe(follows ? previous.count + 1 : 1)
              if (follows) expect(first).toBeGreaterThan(previous.last)
            }
          }
          release(run)
        }
      }),
      { numRuns: RUNS / 5 },
    )
    expect(dropped).toBeGreaterThan(RUNS / 10)
  })
})

function fresh(program: Program, budget: MatchBudget, situation: Situation): ExchangeRun {
  const run = new ExchangeRun(program, budget)
  play(run, situation)
  return run
}

function drops(run: ExchangeRun): number {
  return run.counter('match.dropped_states') + run.counter('match.dropped_hits')
}
