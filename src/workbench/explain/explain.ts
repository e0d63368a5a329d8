// Why a signature hits an exchange, or does not: the pattern beside it as well as it goes, what is wrong and by how
// much. Whether it hits is asked of the matcher that traffic meets; what is shown is found by align.ts.

import type { ProgramSignature, SequenceSignature } from '../../model/program.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { ExchangeFigures } from '../exchange-figures.ts'
import { ExchangeRun } from '../exchange-run.ts'
import type { PlainExchange } from '../plain-exchange.ts'
import { type Alignment, align, distances, type Surroundings, type Trouble } from './align.ts'
import { formatTest } from './format-test.ts'
import { figuresOf, judge, type Verdict } from './judge.ts'
import { type Observed, observe } from './observed.ts'
import { type Pattern, patternsOf } from './pattern.ts'

/** A signature about packets or messages, with the statement that it was made of. */
export interface Subject {
  readonly signature: ProgramSignature | SequenceSignature
  readonly statement: LocatedStatement
}

export interface Explanation {
  readonly subject: Subject
  readonly elements: readonly Observed[]
  readonly hits: readonly { readonly first: number; readonly last: number }[]
  /** The way that is shown: of the first hit, if there is one. */
  readonly pattern: Pattern
  readonly alignment: Alignment
  /** Packets that the way shown has to have. */
  readonly wanted: number
  /** In order; the first is what to look at. None when it hits. */
  readonly problems: readonly Problem[]
  /** 0 when it hits; else about how many packets it is away. */
  readonly distance: number
}

export interface Problem {
  readonly kind:
    | 'protocol'
    | 'port'
    | 'start'
    | 'direction'
    | 'message'
    | 'size'
    | 'reference'
    | 'payload'
    | 'pause'
    | 'gap'
    | 'extra'
    | 'missing'
    | 'end'
    | 'where'
    | 'other'
  /** Ordinal; undefined when it is about no element. */
  readonly element: number | undefined
  readonly text: string
  /** Bytes or µs. */
  readonly by: number | undefined
}

/** Elements that are looked at, from the first: behind them only hits are known. */
export const MOST_ELEMENTS = 50_000
/** What a condition counts beside the elements. */
const WHERE = 0.6

export function explain(subject: Subject, exchange: PlainExchange, thresholdMicros: number): Explanation {
  const elements = observe(exchange, thresholdMicros).slice(0, MOST_ELEMENTS)
  const patterns = patternsOf(subject.signature, subject.statement)
  const hits = hitsOf(subject, exchange, thresholdMicros)
  const [hit] = hits
  const shown = hit === undefined ? patterns.slice(0, 1) : patterns
  const part = hit === undefined ? elements : elements.slice(hit.first - 1, hit.last)
  let best: { pattern: Pattern; alignment: Alignment } | undefined
  for (const pattern of shown) {
    const around = hit === undefined ? surroundings(pattern, exchange, elements, thresholdMicros) : NOTHING
    const alignment = alignPattern(pattern, part, { ...around, thresholdMicros })
    if (best === undefined || alignment.cost < best.alignment.cost) best = { pattern, alignment }
    if (alignment.cost === 0) break
  }
  const { pattern, alignment } = best as { pattern: Pattern; alignment: Alignment }
  const outside = hit === undefined ? concerns(pattern, exchange) : []
  const wrong = hit === undefined ? [...outside, ...problemsOf(alignment, pattern, elements.length)] : []
  const isUnexplained = hit === undefined && wrong.length === 0
  const problems = isUnexplained ? [UNEXPLAINED] : wrong
  const distance = hit === undefined ? alignment.cost + outside.length : 0
  const wanted = pattern.steps.length === 0 ? 0 : (distances(pattern.steps)[0] ?? 0)
  return { subject, elements, hits, pattern, alignment, wanted, problems, distance }
}

/** Nothing is asked of what is known to hit. */
const NOTHING: Omit<Surroundings, 'thresholdMicros'> = { begin: () => undefined, end: () => [] }

const UNEXPLAINED: Problem = {
  kind: 'other',
  element: undefined,
  text: 'all of it fits, but an earlier match took a part of it or a bound was met',
  by: undefined,
}

function hitsOf(
  { signature }: Subject,
  exchange: PlainExchange,
  thresholdMicros: number,
): readonly { readonly first: number; readonly last: number }[] {
  const isClassic = 'elements' in signature
  const program = {
    hash: '',
    signatures: isClassic ? [signature] : [],
    sequences: isClassic ? [] : [signature],
    campaigns: [],
  }
  return new ExchangeRun(program, thresholdMicros).run(exchange).map(({ first, last }) => ({ first, last }))
}

/** A condition alone is met at an element, or not. */
function alignPattern(pattern: Pattern, elements: readonly Observed[], around: Surroundings): Alignment {
  if (pattern.steps.length > 0) return align(pattern, elements, around)
  let best: readonly Trouble[] | undefined
  for (const element of elements) {
    const troubles = around.end(element)
    if (best === undefined || costOf(troubles) <= costOf(best)) best = troubles
    if (troubles.length === 0) break
  }
  const behind = best ?? [{ kind: 'where', text: 'there are no elements', by: undefined, cost: 1 } as const]
  return { steps: [], before: undefined, behind, cost: costOf(behind), matched: 0 }
}

function costOf(troubles: readonly Trouble[]): number {
  return troubles.reduce((sum, { cost }) => sum + cost, 0)
}

function concerns({ protocol, ports }: Pattern, exchange: PlainExchange): readonly Problem[] {
  const problems: Problem[] = []
  const problem = (kind: 'protocol' | 'port', text: string) =>
    problems.push({ kind, element: undefined, text, by: undefined })
  if (protocol !== exchange.protocol)
    problem('protocol', `the statement is about ${protocol}, the exchange is ${exchange.protocol}`)
  const { serverPort } = exchange
  if (ports.length > 0 && !ports.some(({ low, high }) => low <= serverPort && serverPort <= high)) {
    const wanted = ports.map(({ low, high }) => (low === high ? `${low}` : `${low}-${high}`)).join(',')
    problem('port', `the flow goes to port ${serverPort}, the statement wants ${wanted}`)
  }
  return problems
}

function surroundings(
  pattern: Pattern,
  exchange: PlainExchange,
  elements: readonly Observed[],
  thresholdMicros: number,
): Surroundings {
  const starts = elements.filter((element) => isStart(pattern, exchange, element))
  const verdicts = new Map<number, Verdict>()
  const track = pattern.where === undefined ? undefined : trackFigures(pattern, exchange)
  return {
    thresholdMicros,
    begin(element) {
      if (pattern.start === 'anywhere' || isStart(pattern, exchange, element)) return undefined
      // Where there is a right place to begin, another is hardly what the author looks for.
      return {
        kind: 'start',
        text: startText(pattern, exchange, element, starts.length > 0),
        by: undefined,
        cost: starts.length > 0 ? 3 : 0.8,
      }
    },
    end(element) {
      const troubles = pattern.atEnd ? endTroubles(exchange, elements, element) : []
      if (track === undefined || pattern.where === undefined) return troubles
      const at = pattern.atEnd ? elements.length + 1 : element.ordinal
      let verdict = verdicts.get(at)
      if (verdict === undefined) {
        const values = track[Math.min(at, track.length - 1)]
        verdict = judge(pattern.where, (name) => values?.get(name) ?? 0)
        verdicts.set(at, verdict)
      }
      const { failures, cost } = verdict
      return [
        ...troubles,
        ...failures.map(
          ({ text, by }): Trouble => ({ kind: 'where', text, by, cost: (cost * WHERE) / failures.length }),
        ),
      ]
    },
  }
}

function isStart({ start }: Pattern, exchange: PlainExchange, element: Observed): boolean {
  if (start === 'anywhere') return true
  if (start === 'flow') return element.ordinal === 1 && exchange.startSeen && !element.isAfterGap
  return element.phases.includes(start)
}

function startText(
  { start }: Pattern,
  { startSeen }: PlainExchange,
  { ordinal, isAfterGap }: Observed,
  hasStart: boolean,
): string {
  if (start !== 'flow')
    return hasStart ? `phase \`${start}\` begins elsewhere` : `phase \`${start}\` never begins`
  if (!startSeen) return "the flow's start was not seen"
  if (ordinal > 1) return `\`<\` wants the flow's first element, this is number ${ordinal}`
  return isAfterGap ? 'bytes are missing before the first element' : 'not the first'
}

function endTroubles(
  exchange: PlainExchange,
  elements: readonly Observed[],
  { ordinal }: Observed,
): readonly Trouble[] {
  const more = elements.length - ordinal
  const trouble = (text: string, by: number | undefined, cost: number): readonly Trouble[] => [
    { kind: 'end', text, by, cost },
  ]
  if (more > 0)
    return trouble(
      `\`>\` wants the flow's last element, ${more} more follow${more === 1 ? 's' : ''}`,
      more,
      0.5 + Math.min(more, 10) / 20,
    )
  if (exchange.events.at(-1)?.kind === 'gap')
    return trouble('bytes are missing behind the last element', undefined, 0.5)
  return exchange.endTime === undefined ? trouble("the flow's end was not seen", undefined, 0.5) : []
}

/** Values of the figures that a condition asks for: behind each element by its ordinal, and at the end. */
function trackFigures({ where }: Pattern, exchange: PlainExchange): readonly ReadonlyMap<string, number>[] {
  if (where === undefined) return []
  const names = figuresOf(where)
  const figures = new ExchangeFigures(exchange)
  const read = () => new Map(names.map((name) => [name, figures.named(name)]))
  const track = [read()]
  for (const event of exchange.events) {
    if (event.kind === 'gap') continue
    if (track.length > MOST_ELEMENTS) break
    figures.take(event)
    track.push(read())
  }
  if (exchange.endTime !== undefined) figures.wait(exchange.endTime)
  return [...track, read()]
}

function problemsOf(
  { steps, before, behind }: Alignment,
  pattern: Pattern,
  count: number,
): readonly Problem[] {
  const problems: Problem[] = []
  if (before !== undefined) problems.push({ ...before, element: firstOf(steps) })
  let last = firstOf(steps)
  for (const step of steps) {
    if (step.kind === 'missing') {
      const wanted = `\`${formatTest(step.test, pattern)}\``
      const text = last === count ? `the exchange ends before ${wanted}` : `${wanted} is missing`
      problems.push({ kind: 'missing', element: last, text, by: undefined })
      continue
    }
    last = step.element.ordinal
    if (step.kind === 'extra')
      problems.push({
        kind: 'extra',
        element: last,
        text: 'in the way: no packet of the statement takes it',
        by: undefined,
      })
    else for (const { kind, text, by } of step.misfits) problems.push({ kind, element: last, text, by })
  }
  for (const { kind, text, by } of behind) problems.push({ kind, element: last, text, by })
  return problems
}

function firstOf(steps: Alignment['steps']): number | undefined {
  for (const step of steps) if (step.kind !== 'missing') return step.element.ordinal
  return undefined
}
