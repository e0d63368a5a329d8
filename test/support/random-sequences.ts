// Random sequences, and streams in which they appear, whole or nearly.

import fc from 'fast-check'
import type { WholeStream } from '../../src/match/naive-sequences.ts'
import { DEFAULT_SEQUENCE_BUDGET } from '../../src/match/sequence-flows.ts'
import { figureIndex } from '../../src/model/figures.ts'
import {
  type Condition,
  type Direction,
  MAX_SIZE,
  type Pause,
  type SequenceSignature,
  type SequenceTest,
  SSH_PHASES,
} from '../../src/model/program.ts'
import type { StreamEvent } from './sequence-run.ts'
import { element, type Pattern, sequence } from './sequence-text.ts'

const PORTS: readonly number[] = [21, 22, 23, 40000]
const PROTOCOLS = ['tcp', 'tcp', 'udp', 'icmp', 'ssh', 'ssh'] as const
const SHORT = 1000
const LONG = 3_000_000
const DELAYS = [undefined, 0, SHORT, 500_000, 1_000_000, LONG]

/** Patterns of nested repeats go many ways. */
export const ROOMY = { ...DEFAULT_SEQUENCE_BUDGET, threadsPerFlow: 4096 }

const sometimes = (percent: number) => fc.integer({ min: 0, max: 99 }).map((n) => n < percent)

// --- patterns

const direction = fc.integer({ min: 0, max: 1 }) as fc.Arbitrary<Direction>
const smallSize = fc.integer({ min: 0, max: 4 })
const bigSize = fc.constantFrom(40, 2047, 2048, 3000, 65535, MAX_SIZE)

const pause = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Pause>({ kind: 'any' }) },
  { weight: 4, arbitrary: fc.constant<Pause>({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.constant<Pause>({ kind: 'pause' }) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        low: fc.constantFrom(0, SHORT, 1_000_000),
        high: fc.constantFrom(SHORT, 1_000_000, Number.POSITIVE_INFINITY),
        lessRtt: fc.boolean(),
      })
      .map((range): Pause => ({ kind: 'range', ...range })),
  },
)

/** What an element says, beside who sends it and when; `reference` is a wish: some earlier element. */
const said: fc.Arbitrary<Partial<SequenceTest>> = fc.oneof(
  { weight: 6, arbitrary: smallSize.map((n) => ({ low: n, high: n })) },
  { weight: 2, arbitrary: fc.tuple(smallSize, fc.nat(3)).map(([low, more]) => ({ low, high: low + more })) },
  { weight: 1, arbitrary: fc.tuple(bigSize, fc.constantFrom(0, 30, 90)).map(([n, d]) => around(n, d)) },
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map((message) => ({ message })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom(0, 20, 300))
      .map(([low, more]) => ({ payload: { low, high: low + more } })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        reference: fc.integer({ min: 1, max: 6 }),
        shift: fc.integer({ min: -1, max: 1 }),
        more: fc.nat(1),
      })
      .map(({ reference, shift, more }) => ({ reference, low: shift, high: shift + more })),
  },
)

function around(middle: number, distance: number) {
  return { low: Math.max(0, middle - distance), high: Math.min(MAX_SIZE, middle + distance) }
}

const atom = fc
  .record({ side: fc.option(direction, { freq: 6 }), said, pause })
  .map(({ side, said, pause }) => element({ direction: side ?? undefined, pause, ...said }))

const { pattern } = fc.letrec<{ pattern: Pattern }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: atom },
    {
      weight: 4,
      arbitrary: fc
        .array(tie('pattern'), { minLength: 2, maxLength: 4 })
        .map((of): Pattern => ({ kind: 'row', of })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('pattern'), { minLength: 2, maxLength: 3 })
        .map((of): Pattern => ({ kind: 'choice', of })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          of: tie('pattern'),
          from: fc.nat(2),
          more: fc.constantFrom(0, 1, 1, 2, 4, Number.POSITIVE_INFINITY),
        })
        .map(({ of, from, more }): Pattern => {
          const to = Math.max(from + more, 1)
          // A loop around what may be nothing would go on without taking an element.
          if (to === Number.POSITIVE_INFINITY && isNullable(of))
            return { kind: 'repeat', of, from, to: from + 2 }
          return { kind: 'repeat', of, from, to }
        }),
    },
  ),
}))

/** May take no element at all. */
function isNullable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'element':
      return false
    case 'row':
      return pattern.of.every(isNullable)
    case 'choice':
      return pattern.of.some(isNullable)
    case 'repeat':
      return pattern.from === 0 || isNullable(pattern.of)
  }
}

/** Turns wishes into the number of an element that is written earlier. */
function referring(pattern: Pattern, written = { elements: 0 }): Pattern {
  if (pattern.kind === 'element') {
    const earlier = written.elements++
    const { reference } = pattern.test
    if (reference === 0) return pattern
    if (earlier === 0) return element({ direction: pattern.test.direction, pause: pattern.test.pause })
    return element({ ...pattern.test, reference: 1 + (reference % earlier) })
  }
  if (pattern.kind === 'repeat') return { ...pattern, of: referring(pattern.of, written) }
  return { ...pattern, of: pattern.of.map((part) => referring(part, written)) }
}

const condition: fc.Arbitrary<Condition> = fc
  .record({
    name: fc.constantFrom('failures', 'c.bytes', 'duration'),
    operator: fc.constantFrom('>=', '<', '==', '!=') as fc.Arbitrary<'>='>,
    value: fc.nat(4),
    kind: fc.constantFrom('plain', 'not', 'and', 'sum', 'quotient'),
  })
  .map(({ name, operator, value, kind }): Condition => {
    const number: Condition = { kind: 'number', value }
    const figure: Condition = { kind: 'figure', name }
    const other: Condition = { kind: 'figure', name: 's.bytes' }
    const plain: Condition = { kind: operator, left: figure, right: number }
    if (kind === 'not') return { kind: 'not', of: plain }
    if (kind === 'and') return { kind: 'and', left: plain, right: { kind: '>', left: other, right: number } }
    if (kind === 'sum')
      return { kind: operator, left: { kind: '+', left: figure, right: other }, right: number }
    if (kind === 'quotient')
      return { kind: operator, left: { kind: '/', left: figure, right: other }, right: number }
    return plain
  })

const ports = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc
        .tuple(fc.constantFrom(...PORTS), fc.constantFrom(0, 1, 30000))
        .map(([low, more]) => ({ low, high: low + more })),
      { minLength: 1, maxLength: 3 },
    ),
  },
)

const signature: fc.Arbitrary<SequenceSignature> = fc
  .record({
    protocol: fc.constantFrom(...PROTOCOLS),
    ports,
    start: fc.constantFrom<SequenceSignature['start'][]>(
      ...Array(12).fill('anywhere'),
      'flow',
      'flow',
      ...SSH_PHASES,
    ),
    atEnd: sometimes(15),
    limit: fc.constantFrom(0, 0, 0, 0, 1, 2),
    where: fc.option(condition, { freq: 3 }),
    pattern,
  })
  .chain(({ pattern, where, ...facts }) =>
    fc.integer({ min: 0, max: 11 }).map((n) => {
      if (n === 0 && where !== null) return sequence({ ...facts, start: 'anywhere', atEnd: false, where })
      const solid: Pattern = isNullable(pattern)
        ? { kind: 'row', of: [pattern, element({ low: 1, high: 1 })] }
        : pattern
      return sequence({ ...facts, where: where ?? undefined }, referring(solid))
    }),
  )

const signatures = fc.array(signature, { minLength: 1, maxLength: 8, size: 'max' })

// --- streams

const noise = fc.record({
  kind: fc.constant('element' as const),
  direction,
  size: fc.oneof({ weight: 9, arbitrary: smallSize }, { weight: 1, arbitrary: bigSize }),
  message: fc.nat(4),
  payload: fc.option(
    fc.tuple(fc.nat(300), fc.constantFrom(1, 16, 255)).map(([low, more]) => ({ low, high: low + more })),
  ),
  delay: fc.constantFrom(...DELAYS),
  phases: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...SSH_PHASES]) },
  ),
})

/** Picks that lead through a sequence's steps. */
const picks = fc.array(fc.nat(11), { minLength: 1, maxLength: 14, size: 'max' })

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('appearance' as const), signature: fc.nat(7), picks }),
  },
  { weight: 3, arbitrary: noise },
  { weight: 1, arbitrary: fc.constant({ kind: 'gap' as const }) },
)
type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never

const recipe = fc.record({
  like: fc.nat(7),
  serverPort: fc.constantFrom(...PORTS),
  startSeen: sometimes(80),
  endSeen: sometimes(80),
  clientIsB: fc.boolean(),
  rtt: fc.constantFrom(0, SHORT, 600_000),
  pieces: fc.array(piece, { minLength: 1, maxLength: 5, size: 'max' }),
  seed: fc.nat(6),
})
type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never
export type Stream = WholeStream & Recipe

function cook(sequences: readonly SequenceSignature[], recipe: Recipe): Stream {
  const { protocol, ports } = sequences[recipe.like % sequences.length]!
  const events = recipe.pieces.flatMap((piece) => eventsOf(sequences, recipe, piece)).slice(0, 16)
  return {
    ...recipe,
    protocol,
    serverPort: ports[0]?.low ?? recipe.serverPort,
    events,
    figure: (name, elements) => figureAt(recipe.seed, figureIndex(name), elements),
  }
}

/** Some figures grow, others come and go. */
export function figureAt(seed: number, figure: number, elements: number): number {
  return figure % 2 === 0 ? Math.floor(elements / (1 + (seed % 3))) : (elements * (seed + figure)) % 5
}

function eventsOf(
  sequences: readonly SequenceSignature[],
  recipe: Recipe,
  piece: Piece,
): readonly StreamEvent[] {
  if (piece.kind === 'gap') return [piece]
  if (piece.kind === 'element')
    return [{ ...piece, payload: piece.payload ?? undefined, isPause: (piece.delay ?? 0) >= 1_000_000 }]
  const kin = sequences.filter(
    ({ protocol }) => protocol === sequences[recipe.like % sequences.length]!.protocol,
  )
  return appearance(kin[piece.signature % kin.length]!, piece.picks)
}

/** Walks through a sequence's steps; what is open the picks decide. */
function appearance(sequence: SequenceSignature, picks: readonly number[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const sizes = new Map<number, number>()
  let place = 0
  for (let n = 0; n < 80 && events.length < 10; n++) {
    const step = sequence.steps[place]
    const pick = picks[n % picks.length]! + Math.floor(n / picks.length)
    if (step === undefined || step.kind === 'done') break
    if (step.kind === 'fork') {
      place = step.to[pick % step.to.length]!
      continue
    }
    const test = sequence.tests[step.test]!
    const low = Math.max(0, (sizes.get(test.reference) ?? 0) + test.low)
    const size = Math.min(MAX_SIZE, low + (pick % Math.min(test.high - test.low + 1, 5)))
    if (step.slot !== 0) sizes.set(step.slot, size)
    const delay = delayOf(test.pause, pick)
    events.push({
      kind: 'element',
      direction: test.direction ?? ((pick & 1) as Direction),
      size,
      message: test.message,
      payload: test.payload,
      delay,
      isPause: delay >= 1_000_000,
      phases:
        events.length > 0 || sequence.start === 'anywhere' || sequence.start === 'flow'
          ? []
          : [sequence.start],
    })
    place++
  }
  return events
}

function delayOf(pause: Pause, pick: number): number {
  if (pause.kind === 'pause') return LONG
  if (pause.kind === 'range') return Math.min(pause.low + (pause.lessRtt ? SHORT : 0), pause.high)
  return pause.kind === 'any' && pick % 4 === 0 ? LONG : SHORT
}

/** Two streams of two flows, and who goes first at each step. */
export const situation = fc
  .record({
    sequences: signatures,
    recipes: fc.tuple(recipe, recipe),
    turns: fc.array(fc.nat(1), { maxLength: 30, size: 'max' }),
  })
  .map(({ sequences, recipes, turns }) => ({
    sequences,
    streams: recipes.map((recipe) => cook(sequences, recipe)),
    turns,
  }))
export type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never
