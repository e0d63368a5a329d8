// Flows as examples of a signature: what of them it hits, or nearly hits, and a little around it, written as `#+` and
// `#-` lines. Each is run before it is told.

import { assert } from '../../core/assert.ts'
import type { ExampleNode, ExchangeItem, ExchangeNode, ExchangePause } from '../../signature/example.ts'
import { formatExample } from '../../signature/format-example.ts'
import { ExchangeRun } from '../exchange-run.ts'
import { expandExchange } from '../expand-exchange.ts'
import { usualPort } from '../statement-facts.ts'
import type { DraftStatement } from './draft.ts'
import type { NearMiss } from './learn.ts'
import type { Specimen, Token } from './specimen.ts'
import { compileDrafts } from './trial.ts'

/** Shown before a hit and behind it. */
const BEFORE = 2
const BEHIND = 1
/** Round trip of examples over messages, µs: expand-exchange.ts. */
const ROUND_TRIP = 1000

/**
 * Examples that come out as they must, at most so many of each sort, no two alike.
 *
 * @param match - what is hit, and where
 */
export function examplesOf(
  statement: DraftStatement,
  match: readonly NearMiss[],
  not: readonly NearMiss[],
  thresholdMicros: number,
  most: { readonly match: number; readonly not: number },
): readonly string[] {
  const run = new ExchangeRun(compileDrafts([statement], 0).program, thresholdMicros)
  const facts = { protocol: statement.protocol, port: usualPort(statement), thresholdMicros }
  const collect = (of: readonly NearMiss[], mustHit: boolean, limit: number) => {
    const lines = new Set<string>()
    for (const one of of) {
      if (lines.size >= limit) break
      const what = exchangeOf(statement, one, facts.port)
      const hits = run.run(expandExchange(what, facts)).length
      const example: ExampleNode = { hits, what, others: [] }
      if (hits > 0 === mustHit) lines.add(formatExample(example))
    }
    return [...lines]
  }
  return [...collect(match, true, most.match), ...collect(not, false, most.not)]
}

/** The neighbourhood of a hit, as an example says it. */
function exchangeOf(statement: DraftStatement, { specimen, hit }: NearMiss, usual: number): ExchangeNode {
  const { tokens, exchange } = specimen
  const isTied = statement.kind === 'classic' ? statement.atStart : statement.start === 'flow'
  let first = Math.max(hit.first - 1 - (isTied ? 0 : BEFORE), 0)
  let last = Math.min(hit.last - 1 + (statement.atEnd ? 0 : BEHIND), tokens.length - 1)
  for (let i = hit.first - 1; i > first; i--) if (tokens[i]?.isTorn) first = i
  for (let i = last; i >= hit.last; i--) if (tokens[i]?.isTorn) last = i - 1
  const asks = asksTimes(statement)
  const items = tokens.slice(first, last + 1).map(
    (token): ExchangeItem => ({
      pause: pauseOf(token, asks, exchange.protocol === 'ssh'),
      ...itemOf(token),
    }),
  )
  const isClose = last === tokens.length - 1 && specimen.endSeen
  assert(items.length > 0, 'a hit has an element')
  const needsPort = isAskingPorts(statement) && exchange.serverPort !== usual
  return {
    kind: 'exchange',
    port: needsPort ? exchange.serverPort : undefined,
    figures: [],
    atStart: tokens[first]?.isFirst === true,
    items,
    atEnd: isClose && statement.atEnd,
    endPause: undefined,
  }
}

function isAskingPorts(statement: DraftStatement): boolean {
  return statement.kind === 'classic' ? statement.port !== 'any' : statement.ports.length > 0
}

function asksTimes(statement: DraftStatement): boolean {
  return statement.kind === 'sequence' && statement.items.some(({ pause }) => pause?.kind === 'range')
}

/** Of messages what the round trip does not explain counts, and that of examples is another one. */
function pauseOf({ own, isPause }: Token, asks: boolean, isSsh: boolean): ExchangePause | undefined {
  if (!asks) return isPause ? 'threshold' : undefined
  const millis = Math.round(((own ?? 0) + (isSsh ? ROUND_TRIP : 0)) / 1000)
  if (millis <= 1) return undefined
  return millis % 100 === 0
    ? { digits: String(millis / 1000), unit: 's' }
    : { digits: String(millis), unit: 'ms' }
}

function itemOf({ direction, name, size, payload }: Token): Pick<ExchangeItem, 'atom' | 'times'> {
  if (name !== '')
    return {
      atom: { kind: 'message', direction, name, payload: payload?.[0] ?? (size || undefined) },
      times: 1,
    }
  if (payload !== undefined && direction === 0)
    return { atom: { kind: 'message', direction, name: '', payload: payload[0] }, times: 1 }
  return { atom: { kind: 'packet', direction, size }, times: 1 }
}

/** Where a signature hits the flows that it was learnt from. */
export function hitsWith(
  specimens: readonly Specimen[],
  hits: readonly NearMiss['hit'][],
): readonly NearMiss[] {
  return specimens.flatMap((specimen, i) => {
    const hit = hits[i]
    return hit === undefined ? [] : [{ specimen, hit }]
  })
}
