// Sequences that tests spell out: `ssh 22,2200-2299 <auth c:PASSWORD +2s..10m-rtt any{0,4} (s:FAILURE | s12..20)? >`.
// A small compiler of its own, so that the matcher is tested without the language.

import { Message, type MessageName } from '../../src/model/messages.ts'
import {
  type Condition,
  type Direction,
  MAX_SIZE,
  type Pause,
  type SequenceSignature,
  type SequenceStart,
  type SequenceStep,
  type SequenceTest,
} from '../../src/model/program.ts'
import { UNNAMED } from './unnamed.ts'

/** A pattern as a tree; elements are numbered from 1 as they stand, and `reference` names such a number. */
export type Pattern =
  | { readonly kind: 'element'; readonly test: SequenceTest }
  | { readonly kind: 'row'; readonly of: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly of: readonly Pattern[] }
  /** `to` may be Infinity. */
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly from: number; readonly to: number }

const ANY: SequenceTest = {
  direction: undefined,
  low: 0,
  high: MAX_SIZE,
  reference: 0,
  message: 0,
  payload: undefined,
  pause: { kind: 'any' },
}

/** What a test's element says, if it differs from any element. */
export function element(test: Partial<SequenceTest>): Pattern {
  return { kind: 'element', test: { ...ANY, ...test } }
}

/** A step whose fork names distances. */
type Code = readonly SequenceStep[]

/** Tests, steps and slots of a pattern: one slot for each element. */
export function compiled(pattern: Pattern): Pick<SequenceSignature, 'tests' | 'steps' | 'slots'> {
  const tests: SequenceTest[] = []
  const code = [...codeOf(numbered(pattern, tests)), { kind: 'done' } as const]
  const steps = code.map(
    (step, i): SequenceStep => (step.kind === 'fork' ? { ...step, to: step.to.map((to) => i + to) } : step),
  )
  return { tests, steps, slots: tests.length }
}

type Numbered =
  | { readonly kind: 'element'; readonly test: number }
  | { readonly kind: 'row' | 'choice'; readonly of: readonly Numbered[] }
  | { readonly kind: 'repeat'; readonly of: Numbered; readonly from: number; readonly to: number }

function numbered(pattern: Pattern, tests: SequenceTest[]): Numbered {
  if (pattern.kind === 'element') return { kind: 'element', test: tests.push(pattern.test) - 1 }
  if (pattern.kind === 'repeat') return { ...pattern, of: numbered(pattern.of, tests) }
  return { ...pattern, of: pattern.of.map((part) => numbered(part, tests)) }
}

function codeOf(pattern: Numbered): Code {
  switch (pattern.kind) {
    case 'element':
      return [{ kind: 'take', test: pattern.test, slot: pattern.test + 1 }]
    case 'row':
      return pattern.of.flatMap(codeOf)
    case 'choice':
      return choiceOf(pattern.of.map(codeOf))
    case 'repeat': {
      const body = codeOf(pattern.of)
      const must = Array.from({ length: pattern.from }, () => body).flat()
      if (pattern.to !== Number.POSITIVE_INFINITY)
        return [...must, ...optional(body, pattern.to - pattern.from)]
      return [...must, fork(1, body.length + 2), ...body, fork(-body.length - 1)]
    }
  }
}

function choiceOf(ways: readonly Code[]): Code {
  const end = ways.reduce((sum, way) => sum + way.length + 1, 1)
  const starts: number[] = []
  const parts: SequenceStep[] = []
  for (const way of ways) {
    starts.push(1 + parts.length)
    parts.push(...way)
    parts.push(fork(end - 1 - parts.length))
  }
  return [fork(...starts), ...parts]
}

function optional(body: Code, times: number): Code {
  if (times === 0) return []
  const rest = [...body, ...optional(body, times - 1)]
  return [fork(1, rest.length + 1), ...rest]
}

function fork(...to: readonly number[]): SequenceStep {
  return { kind: 'fork', to }
}

// --- text

export function sequence(facts: Partial<SequenceSignature>, pattern?: Pattern): SequenceSignature {
  return {
    ...UNNAMED,
    protocol: 'tcp',
    ports: [],
    start: 'anywhere',
    atEnd: false,
    where: undefined,
    ...(pattern === undefined ? { tests: [], steps: [], slots: 0 } : compiled(pattern)),
    ...facts,
  }
}

/** Without a pattern: `tcp 22`, conditions alone. */
export function parseSequence(
  text: string,
  facts: Partial<Pick<SequenceSignature, 'where' | 'limit' | 'class'>> = {},
): SequenceSignature {
  const [, protocol, ports, start, body, end] =
    /^(\w+) (\S+)(?: <(\w*))? ?(.*?)( >)?$/.exec(text) ?? fail(text)
  return sequence(
    {
      protocol: protocol as SequenceSignature['protocol'],
      ports: ports === '*' ? [] : ports!.split(',').map(parsePorts),
      start: start === undefined ? 'anywhere' : ((start || 'flow') as SequenceStart),
      atEnd: end !== undefined,
      ...facts,
    },
    body ? parsePattern(body, protocol === 'ssh') : undefined,
  )
}

function parsePorts(text: string) {
  const [low = 0, high = low] = text.split('-').map(Number)
  return { low, high }
}

export function parsePattern(text: string, isSsh: boolean): Pattern {
  const tokens = text.match(/\+\S*|any|[cs][^\s(){}|?]*(?:\([\d.]+\))?|[()|?]|\{[^}]*\}/g) ?? []
  let at = 0
  const items = (): Pattern => {
    const of: Pattern[] = []
    for (; at < tokens.length && tokens[at] !== ')' && tokens[at] !== '|'; ) of.push(item())
    return of.length === 1 ? of[0]! : { kind: 'row', of }
  }
  const item = (): Pattern => {
    const pause = tokens[at]!.startsWith('+') ? parsePause(tokens[at++]!) : undefined
    let pattern: Pattern
    if (tokens[at] === '(') {
      const of: Pattern[] = []
      do {
        at++
        of.push(items())
      } while (tokens[at] === '|')
      at++
      pattern = of.length === 1 ? of[0]! : { kind: 'choice', of }
    } else pattern = parseElement(tokens[at++]!, pause ?? (isSsh ? { kind: 'any' } : { kind: 'none' }))
    return repeated(pattern)
  }
  const repeated = (of: Pattern): Pattern => {
    const token = tokens[at] ?? ''
    if (token !== '?' && !token.startsWith('{')) return of
    at++
    if (token === '?') return { kind: 'repeat', of, from: 0, to: 1 }
    const [from = '', to = from] = token.slice(1, -1).split(',')
    return { kind: 'repeat', of, from: Number(from), to: to === '' ? Number.POSITIVE_INFINITY : Number(to) }
  }
  return items()
}

function parsePause(text: string): Pause {
  if (text === '+') return { kind: 'pause' }
  if (text === '+?') return { kind: 'any' }
  const [, low, high, rtt] = /^\+([^.]*)\.\.([^-]*)(-rtt)?$/.exec(text) ?? fail(text)
  return {
    kind: 'range',
    low: low === '' ? 0 : micros(low!),
    high: high === '' ? Number.POSITIVE_INFINITY : micros(high!),
    lessRtt: rtt !== undefined,
  }
}

/** `200ms`, `2s`, `10m` in µs. */
export function micros(text: string): number {
  const [, number, unit] = /^(\d+)(us|ms|s|m)$/.exec(text) ?? fail(text)
  return Number(number) * { us: 1, ms: 1e3, s: 1e6, m: 6e7 }[unit as 'us' | 'ms' | 's' | 'm']
}

function parseElement(text: string, pause: Pause): Pattern {
  if (text === 'any') return element({})
  const direction: Direction = text[0] === 's' ? 1 : 0
  const size = text.slice(1)
  const base = { direction, pause }
  if (size === '*') return element(base)
  const payload = /^:ssh\((\d+)(?:\.\.(\d+))?\)$/.exec(size)
  if (payload !== null)
    return element({ ...base, payload: { low: Number(payload[1]), high: Number(payload[2] ?? payload[1]) } })
  if (size.startsWith(':')) return element({ ...base, message: Message[size.slice(1) as MessageName] })
  const range = /^(\d+)\.\.(\d+)$/.exec(size)
  if (range !== null) return element({ ...base, low: Number(range[1]), high: Number(range[2]) })
  const [, reference, number, spread] = /^(?:@(\d+))?([+-]?\d+)?(?:\/(\d+))?$/.exec(size) ?? fail(text)
  const middle = Number(number ?? 0)
  const around = Number(spread ?? 0)
  const [low, high] = [middle - around, middle + around]
  return element({
    ...base,
    reference: Number(reference ?? 0),
    low: reference ? low : Math.max(0, low),
    high,
  })
}

/** A comparison of a figure with a number: `failures >= 3`. */
export function where(text: string): Condition {
  const [name = '', operator, value] = text.split(' ')
  return {
    kind: operator as '>=',
    left: { kind: 'figure', name },
    right: { kind: 'number', value: Number(value) },
  }
}

function fail(text: string): never {
  throw new Error(`not understood: ${text}`)
}
