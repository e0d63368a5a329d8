// The oracle of sequences: their meaning over one whole stream of elements, said as plainly as possible and with no
// thought of speed. The matcher must give the same hits. Nothing here is shared with it but the model.

import type {
  Condition,
  Direction,
  Pause,
  SequenceSignature,
  SequenceTest,
  SshPhase,
} from '../model/program.ts'

export interface NaiveSequenceElement {
  readonly kind: 'element'
  readonly direction: Direction
  readonly size: number
  /** Index in MESSAGES; 0 for none. */
  readonly message: number
  /** Bytes that the payload can have; undefined when that is unknown. */
  readonly payload: { readonly low: number; readonly high: number } | undefined
  /** Since the previous element, µs; undefined when unknown. */
  readonly delay: number | undefined
  /** A pause of at least the threshold came before. */
  readonly isPause: boolean
  /** Phases that begin with it. */
  readonly phases: readonly SshPhase[]
}

/** Missing elements; they take no ordinal. */
export interface NaiveSequenceGap {
  readonly kind: 'gap'
}

/** All that is known of one stream of a flow. */
export interface WholeStream {
  /** `ssh` when the elements are messages. */
  readonly protocol: SequenceSignature['protocol']
  readonly serverPort: number
  readonly startSeen: boolean
  readonly endSeen: boolean
  /** Round-trip time, µs; 0 when unknown. */
  readonly rtt: number
  readonly events: readonly (NaiveSequenceElement | NaiveSequenceGap)[]
  /** Value of a figure when so many elements have come. */
  figure(name: string, elements: number): number
}

export interface NaiveSequenceHit {
  /** Index in the program's sequences. */
  readonly signature: number
  /** Ordinals of the first and last matched element, from 1. */
  readonly first: number
  readonly last: number
}

/** All hits, signature by signature. Cost: elements³ × steps, and more for sizes that are kept. */
export function matchSequencesNaively(
  sequences: readonly SequenceSignature[],
  stream: WholeStream,
): readonly NaiveSequenceHit[] {
  return sequences.flatMap((sequence, signature) =>
    hitsOf(sequence, stream).map((hit) => ({ signature, ...hit })),
  )
}

/** True when the elements from ordinal `first` to `last` are what the sequence describes, and its conditions hold. */
export function isSequenceOccurrence(
  sequence: SequenceSignature,
  stream: WholeStream,
  first: number,
  last: number,
): boolean {
  return (
    concerns(sequence, stream) &&
    holds(sequence, stream, last) &&
    occurs(sequence, numbered(stream), stream, first, last)
  )
}

function hitsOf(sequence: SequenceSignature, stream: WholeStream): { first: number; last: number }[] {
  if (!concerns(sequence, stream)) return []
  const elements = numbered(stream)
  const hits: { first: number; last: number }[] = []
  const limit =
    sequence.steps.length === 0 ? 1 : sequence.limit === 0 ? Number.POSITIVE_INFINITY : sequence.limit
  let previousLast = 0
  for (let last = 1; last <= elements.length; last++) {
    if (!holds(sequence, stream, last)) continue
    for (let first = previousLast + 1; first <= last && hits.length < limit; first++)
      if (occurs(sequence, elements, stream, first, last)) {
        hits.push({ first, last })
        previousLast = last
        break
      }
  }
  return hits
}

function holds({ where }: SequenceSignature, stream: WholeStream, elements: number): boolean {
  return where === undefined || isTrue(worth(where, stream, elements))
}

/** True when the elements from ordinal `first` to `last` are what the sequence describes, conditions and hits aside. */
function occurs(
  sequence: SequenceSignature,
  elements: readonly Numbered[],
  stream: WholeStream,
  first: number,
  last: number,
): boolean {
  const { start, steps } = sequence
  if (steps.length === 0) return first === last
  const run = elements.slice(first - 1, last)
  if (run.slice(1).some((element) => element.isAfterGap)) return false
  const begins = run[0]?.phases ?? []
  if (start === 'flow' && !(first === 1 && stream.startSeen && stream.events[0]?.kind === 'element'))
    return false
  if (start !== 'flow' && start !== 'anywhere' && !begins.includes(start)) return false
  const isLast = last === elements.length && stream.events.at(-1)?.kind === 'element' && stream.endSeen
  if (sequence.atEnd && !isLast) return false
  return leadsToEnd(sequence, 0, run, 0, new Map(), stream.rtt, new Set())
}

/** True when, from step `place` on, just the elements of `run` from `at` on can be taken. What was `tried` failed. */
function leadsToEnd(
  sequence: SequenceSignature,
  place: number,
  run: readonly NaiveSequenceElement[],
  at: number,
  sizes: ReadonlyMap<number, number>,
  rtt: number,
  tried: Set<string>,
): boolean {
  const attempt = `${place} ${at} ${[...sizes].sort()}`
  if (tried.has(attempt)) return false
  tried.add(attempt)
  const step = sequence.steps[place]
  if (step?.kind === 'fork') return step.to.some((to) => leadsToEnd(sequence, to, run, at, sizes, rtt, tried))
  const element = run[at]
  if (step?.kind !== 'take' || element === undefined) return step?.kind === 'done' && element === undefined
  const test = sequence.tests[step.test]
  if (test === undefined || !fits(test, element, at === 0, sizes, rtt)) return false
  const kept = step.slot === 0 ? sizes : new Map(sizes).set(step.slot, element.size)
  return leadsToEnd(sequence, place + 1, run, at + 1, kept, rtt, tried)
}

function fits(
  test: SequenceTest,
  element: NaiveSequenceElement,
  isFirst: boolean,
  sizes: ReadonlyMap<number, number>,
  rtt: number,
): boolean {
  const { direction, message, reference, payload, pause } = test
  if (direction !== undefined && direction !== element.direction) return false
  if (message !== 0 && message !== element.message) return false
  const base = reference === 0 ? 0 : sizes.get(reference)
  if (base === undefined || element.size < base + test.low || element.size > base + test.high) return false
  if (payload !== undefined) {
    const has = element.payload
    if (has === undefined || has.high < payload.low || has.low > payload.high) return false
  }
  return (isFirst && pause.kind === 'none') || fitsPause(pause, element, rtt)
}

function fitsPause(pause: Pause, { delay, isPause }: NaiveSequenceElement, rtt: number): boolean {
  switch (pause.kind) {
    case 'any':
      return true
    case 'pause':
      return isPause
    case 'none':
      return !isPause
    case 'range': {
      if (delay === undefined) return false
      const own = pause.lessRtt ? Math.max(delay - rtt, 0) : delay
      return pause.low <= own && own <= pause.high
    }
  }
}

/** Protocol and port are right. */
function concerns({ protocol, ports }: SequenceSignature, stream: WholeStream): boolean {
  if (protocol !== stream.protocol) return false
  return (
    ports.length === 0 || ports.some(({ low, high }) => low <= stream.serverPort && stream.serverPort <= high)
  )
}

interface Numbered extends NaiveSequenceElement {
  readonly isAfterGap: boolean
}

/** The elements; that of ordinal n is at n - 1. */
function numbered({ events }: WholeStream): readonly Numbered[] {
  return events.flatMap((event, i) =>
    event.kind === 'gap' ? [] : [{ ...event, isAfterGap: events[i - 1]?.kind === 'gap' }],
  )
}

function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value)
}

function worth(condition: Condition, stream: WholeStream, elements: number): number {
  if (condition.kind === 'number') return condition.value
  if (condition.kind === 'figure') return stream.figure(condition.name, elements)
  if (condition.kind === 'not') return isTrue(worth(condition.of, stream, elements)) ? 0 : 1
  const left = worth(condition.left, stream, elements)
  const right = worth(condition.right, stream, elements)
  const results = {
    and: isTrue(left) && isTrue(right),
    or: isTrue(left) || isTrue(right),
    '<': left < right,
    '<=': left <= right,
    '>': left > right,
    '>=': left >= right,
    '==': left === right,
    '!=': left !== right,
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left === 0 && right === 0 ? 0 : left / right,
  }
  return Number(results[condition.kind])
}
