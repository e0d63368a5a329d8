// A shortest way through a recogniser, with what is known of the sizes on it: whatever is to be said of all ways must
// hold on this one.

import { type Recogniser, sizesOf, type Taking } from './recogniser.ts'

/** One element of the way. */
export interface Waypoint {
  readonly take: Taking
  /** Sizes that it can have. */
  readonly low: number
  readonly high: number
}

/** Empty when no way leads to the end. */
export function shortestWay(recogniser: Recogniser): readonly Waypoint[] {
  const { states } = recogniser
  const from = new Map<number, { readonly state: number; readonly take: Taking }>()
  const waiting = [0]
  for (const state of waiting)
    for (const take of states[state]?.takes ?? []) {
      if (take.next === 0 || from.has(take.next)) continue
      from.set(take.next, { state, take })
      if (states[take.next]?.isDone === true) return measured(traced(from, take.next), recogniser)
      waiting.push(take.next)
    }
  return []
}

function traced(
  from: ReadonlyMap<number, { readonly state: number; readonly take: Taking }>,
  end: number,
): readonly Taking[] {
  const takes: Taking[] = []
  for (let step = from.get(end); step !== undefined; step = from.get(step.state)) takes.push(step.take)
  return takes.reverse()
}

function measured(takes: readonly Taking[], { protocol }: Recogniser): readonly Waypoint[] {
  const bounds = sizesOf(protocol)
  const kept = new Map<number, Waypoint>()
  return takes.map((take) => {
    let { low, high } = take
    for (const slot of take.bases) {
      low += kept.get(slot)?.low ?? 0
      high += kept.get(slot)?.high ?? bounds.high
    }
    const point = { take, low: Math.max(low, bounds.low), high: Math.min(high, bounds.high) }
    if (take.slot !== 0) kept.set(take.slot, point)
    return point
  })
}
