// What a compiled statement accepts, as one kind of automaton for classic patterns and sequences: the fuzzy rule is
// written out, forks are followed, pauses and sizes are those of the compiled program. Proofs are made on this.

import { mergePorts } from '../../model/port-ranges.ts'
import {
  type Condition,
  type Direction,
  MAX_SIZE,
  type Pause,
  type PortRange,
  type ProgramElement,
  type ProgramSignature,
  type SequenceSignature,
  type SequenceStart,
} from '../../model/program.ts'
import { reach } from '../../model/reach.ts'

/** A way from one state to another: it takes one element. */
export interface Taking {
  readonly direction: Direction | undefined
  /** Inclusive; added to the sizes of `bases` if there are any, and then perhaps negative. */
  readonly low: number
  readonly high: number
  /** 1-based slots; two where two packets may arrive as one. */
  readonly bases: readonly number[]
  /** Index in MESSAGES; 0 for any. */
  readonly message: number
  readonly payload: PortRange | undefined
  readonly pause: Pause
  /** 1-based slot that keeps the size; 0 for none. */
  readonly slot: number
  readonly next: number
}

export interface State {
  readonly takes: readonly Taking[]
  readonly isDone: boolean
}

export interface Recogniser {
  readonly protocol: SequenceSignature['protocol']
  /** In order, each port once; empty: any. */
  readonly ports: readonly PortRange[]
  readonly start: SequenceStart
  readonly atEnd: boolean
  readonly where: Condition | undefined
  /** Begun at 0. None: a condition alone. */
  readonly states: readonly State[]
  readonly slots: number
  /** Some size refers to another. */
  readonly hasReferences: boolean
  /** Elements of the shortest way; Infinity when no way leads to the end. */
  readonly shortest: number
  /** Elements of the longest way; Infinity where there is a loop. */
  readonly longest: number
}

export type Signature = ProgramSignature | SequenceSignature

const ANY_PORT = -1
/** Shortest signature, in packets, of which one may be merged or missing. */
const FUZZY_PACKETS = 5
/** Payload that one datagram can carry. */
const LARGEST_DATAGRAM = 65_527

export function isClassic(signature: Signature): signature is ProgramSignature {
  return 'elements' in signature
}

export function recogniserOf(signature: Signature): Recogniser {
  const { states, slots } = isClassic(signature) ? classicStates(signature) : sequenceStates(signature)
  const { protocol, atEnd } = signature
  const lengths = lengthsOf(states)
  const hasReferences = states.some(({ takes }) => takes.some(({ bases }) => bases.length > 0))
  const common = { protocol, atEnd, states, slots, hasReferences, ...lengths }
  if (isClassic(signature)) {
    const { port, atStart } = signature
    const ports = port === ANY_PORT ? [] : [{ low: port, high: port }]
    return { ...common, ports, start: atStart ? 'flow' : 'anywhere', where: undefined }
  }
  const { ports, start, where } = signature
  return { ...common, ports: mergePorts(ports), start, where }
}

/** Sizes that an element of a protocol can have: a TCP segment without payload is none. */
export function sizesOf(protocol: Recogniser['protocol']): PortRange {
  if (protocol === 'udp' || protocol === 'icmp') return { low: 0, high: LARGEST_DATAGRAM }
  return { low: 1, high: MAX_SIZE }
}

// --- sequences

function sequenceStates({ steps, tests, slots }: SequenceSignature): Pick<Recogniser, 'states' | 'slots'> {
  if (steps.length === 0) return { states: [], slots: 0 }
  const places = new Map<string, number>()
  const closures: { readonly takes: readonly number[]; readonly isDone: boolean }[] = []
  const behind = new Map<number, number>()
  const stateAt = (place: number): number => {
    const known = behind.get(place)
    if (known !== undefined) return known
    const reached = reach(steps, place)
    const name = `${reached.takes.join()}${reached.isDone ? '!' : ''}`
    const state = places.get(name) ?? closures.push(reached) - 1
    places.set(name, state)
    behind.set(place, state)
    return state
  }
  stateAt(0)
  const states: State[] = []
  // Grows while it is gone through.
  for (const { takes, isDone } of closures) {
    const taken = takes.flatMap((place): Taking[] => {
      const step = steps[place]
      const test = step?.kind === 'take' ? tests[step.test] : undefined
      if (step?.kind !== 'take' || test === undefined) return []
      const { reference, ...said } = test
      const bases = reference === 0 ? [] : [reference]
      return [{ ...said, bases, slot: step.slot, next: stateAt(place + 1) }]
    })
    states.push({ takes: taken, isDone })
  }
  return { states, slots }
}

// --- classic patterns

/** State 2n: before packet n (from 0), nothing amiss so far; 2n + 1: one was merged or missing. */
function classicStates({ elements, fuzzy }: ProgramSignature): Pick<Recogniser, 'states' | 'slots'> {
  const isFuzzy = fuzzy && elements.length >= FUZZY_PACKETS
  const referred = new Set(elements.map(({ reference }) => reference))
  const slotOf = (i: number) => (referred.has(i + 1) ? i + 1 : 0)
  const states: State[] = []
  for (const [i, packet] of elements.entries()) {
    const plain = (amiss: number) => taking([packet], packet.pauseBefore, slotOf(i), 2 * (i + 1) + amiss)
    const takes = [plain(0)]
    const next = elements[i + 1]
    if (isFuzzy && next !== undefined && !referred.has(i + 1)) {
      if (next.direction === packet.direction && !next.pauseBefore && !referred.has(i + 2))
        takes.push(taking([packet, next], packet.pauseBefore, 0, 2 * (i + 2) + 1))
      if (i > 0)
        takes.push(taking([next], packet.pauseBefore || next.pauseBefore, slotOf(i + 1), 2 * (i + 2) + 1))
    }
    states.push({ takes, isDone: false }, { takes: isFuzzy ? [plain(1)] : [], isDone: false })
  }
  const done: State = { takes: [], isDone: true }
  return { states: [...states, done, done], slots: elements.length }
}

function taking(packets: readonly ProgramElement[], isPaused: boolean, slot: number, next: number): Taking {
  const bases = packets.flatMap(({ reference }) => (reference === 0 ? [] : [reference]))
  const own = packets.filter(({ reference }) => reference === 0)
  return {
    direction: packets[0]?.direction,
    low: own.reduce((sum, { low }) => sum + low, 0),
    high: own.reduce((sum, { high }) => sum + high, 0),
    bases,
    message: 0,
    payload: undefined,
    pause: { kind: isPaused ? 'pause' : 'none' },
    slot,
    next,
  }
}

// --- lengths

function lengthsOf(states: readonly State[]): Pick<Recogniser, 'shortest' | 'longest'> {
  if (states.length === 0) return { shortest: 1, longest: 1 }
  let shortest = Number.POSITIVE_INFINITY
  let level = new Set([0])
  const seen = new Set<number>()
  for (let length = 0; level.size > 0 && shortest === Number.POSITIVE_INFINITY; length++) {
    const next = new Set<number>()
    for (const at of level) {
      if (seen.has(at)) continue
      seen.add(at)
      if (states[at]?.isDone === true) shortest = length
      for (const take of states[at]?.takes ?? []) next.add(take.next)
    }
    level = next
  }
  return { shortest, longest: longestOf(states) }
}

/** Infinity as soon as a state comes again on one way. */
function longestOf(states: readonly State[]): number {
  const best = new Map<number, number>()
  const onWay = new Set<number>()
  const stack: { readonly at: number; take: number; longest: number }[] = [
    { at: 0, take: 0, longest: states[0]?.isDone === true ? 0 : Number.NEGATIVE_INFINITY },
  ]
  onWay.add(0)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const take = states[top.at]?.takes[top.take]
    if (take === undefined) {
      best.set(top.at, top.longest)
      onWay.delete(top.at)
      stack.pop()
      continue
    }
    if (onWay.has(take.next)) return Number.POSITIVE_INFINITY
    const known = best.get(take.next)
    if (known !== undefined) {
      top.longest = Math.max(top.longest, known + 1)
      top.take++
    } else {
      onWay.add(take.next)
      const isDone = states[take.next]?.isDone === true
      stack.push({ at: take.next, take: 0, longest: isDone ? 0 : Number.NEGATIVE_INFINITY })
    }
  }
  return best.get(0) ?? 0
}
