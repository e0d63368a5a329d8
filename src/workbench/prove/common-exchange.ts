// A witness: an exchange that signatures accept together. What the search found is shown to the slow matchers before
// anybody hears of it.

import { accepts, type ImaginedExchange } from './exchange.ts'
import { DEFAULT_SEARCH, findExchange, type Search, type SearchOptions } from './find-exchange.ts'
import { type Recogniser, recogniserOf, type Signature } from './recogniser.ts'

/** A signature and what it accepts. */
export interface Subject {
  readonly signature: Signature
  readonly recogniser: Recogniser
}

export function subjectOf(signature: Signature): Subject {
  return { signature, recogniser: recogniserOf(signature) }
}

/** An exchange of which all elements together are an occurrence of each signature. */
export function commonExchange(
  subjects: readonly Subject[],
  options: SearchOptions = DEFAULT_SEARCH,
): ImaginedExchange | undefined {
  const search = searchExchange(subjects, options)
  return search.kind === 'found' ? search.exchange : undefined
}

export function searchExchange(
  subjects: readonly Subject[],
  options: SearchOptions = DEFAULT_SEARCH,
): Search {
  const search = findExchange(
    subjects.map(({ recogniser }) => recogniser),
    options,
  )
  if (search.kind !== 'found') return search
  const { exchange } = search
  const isTrue = subjects.every(({ signature }) => accepts(signature, exchange, options.thresholdMicros))
  return isTrue ? search : { kind: 'unknown' }
}
