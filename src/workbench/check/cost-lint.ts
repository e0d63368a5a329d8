// Patterns that may cost a flow more than others: matches that any packet keeps alive, one for each combination of
// sizes that it remembers; or very many ways to go on.

import { MAX_WAYS } from '../../signature/compile-sequence.ts'
import { patternSpan } from '../../signature/pattern-span.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import type { Subject } from '../prove/common-exchange.ts'
import type { Recogniser, Taking } from '../prove/recogniser.ts'
import type { Finding } from './check-codes.ts'
import { bitsOf } from './information.ts'

/** Sizes that a match may remember in a loop without being told of. */
const MOST_SIZES = 1
/** A packet that tells less keeps a match alive in nearly every flow. */
const ANYTHING = 1
/** Of larger automata nothing is said: it would take too long. */
const MOST_STATES = 1000
const MANY_WAYS = MAX_WAYS / 4

export function lintCost(statement: LocatedStatement, { recogniser }: Subject): readonly Finding[] {
  const { source } = statement
  const span = patternSpan(statement)
  const ways = recogniser.states.reduce((sum, { takes }) => sum + takes.length, 0)
  if (ways > MANY_WAYS) {
    const message = `with its repeats written out this pattern has ${ways} ways from a packet to the next: it costs time with every packet`
    return [{ code: 'S108', message, source, span }]
  }
  const sizes = keptForever(recogniser)
  if (sizes <= MOST_SIZES) return []
  const message = `a loop that any packet keeps going remembers the sizes of ${sizes} packets: every combination of them is a match of its own, as long as the flow lives`
  return [{ code: 'S108', message, source, span }]
}

/** Slots that are asked for behind a loop over anything, and kept before it; at most. */
function keptForever({ states, slots, start }: Recogniser): number {
  if (slots <= MOST_SIZES || states.length > MOST_STATES) return 0
  const behind = states.map((_, i) => reachable(states, i))
  let most = 0
  for (const [at, after] of behind.entries()) {
    const isLoop = states[at]?.takes.some((take) => isAnything(take) && behind[take.next]?.has(at) === true)
    if (isLoop !== true) continue
    const asked = new Set(
      [...after].flatMap((place) => states[place]?.takes.flatMap(({ bases }) => bases) ?? []),
    )
    const kept = [...asked].filter((slot) =>
      behind.some((places, from) => places.has(at) && keeps(states, from, slot, start)),
    )
    most = Math.max(most, kept.length)
  }
  return most
}

/** Right behind `<` or a phase there is one match only, so its first packet has one size. */
function keeps(
  states: Recogniser['states'],
  from: number,
  slot: number,
  start: Recogniser['start'],
): boolean {
  if (start !== 'anywhere' && from === 0) return false
  return states[from]?.takes.some((take) => take.slot === slot) ?? false
}

function isAnything(take: Taking): boolean {
  return take.bases.length === 0 && bitsOf(take) < ANYTHING
}

/** States that can be come to from one, itself only by a loop. */
function reachable(states: Recogniser['states'], from: number): ReadonlySet<number> {
  const seen = new Set<number>()
  const waiting = [from]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const { next } of states[at]?.takes ?? [])
      if (!seen.has(next)) {
        seen.add(next)
        waiting.push(next)
      }
  return seen
}
