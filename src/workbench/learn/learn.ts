// Drafts a signature from flows of one behaviour: the block of elements that all of them have, as wide as they need
// it and as narrow as the flows that it must not match make it. What comes out was tried on both by the matchers.
// Alignment of the flows at hand, nothing else: the same flows in the same order give the same draft.

import { assert } from '../../core/assert.ts'
import type { PortRange } from '../../model/program.ts'
import { formatPattern } from '../../signature/format-statement.ts'
import { type Alignment, contiguousBlocks, gappedAlignment } from './align.ts'
import { type Block, blockOf, type Draft, type DraftStatement, draftOf, statementOf } from './draft.ts'
import { leastCommon, sameElements } from './in-common.ts'
import { simplify } from './simplify.ts'
import type { Specimen, Stream } from './specimen.ts'
import { bitsOf, type Hit, type Hits, tryDrafts } from './trial.ts'

export interface LearnOptions {
  readonly thresholdMicros: number
  /** Least packets or messages of a signature; undefined: 2, or a whole flow. */
  readonly minLength: number | undefined
  /** `common`: only the ports of the flows that are learnt from. */
  readonly port: 'any' | 'common'
  readonly description: string
}

/** A flow that is not to be matched, and what of it nearly was. */
export interface NearMiss {
  readonly specimen: Specimen
  readonly hit: Hit
}

export type Lesson = Learnt | Defeat | NothingCommon

/** All of the one match, none of the other do. */
export interface Learnt {
  readonly kind: 'learnt'
  readonly stream: Stream
  readonly statement: DraftStatement
  /** Where it hits each of the flows to match, in their order. */
  readonly hits: readonly Hit[]
  readonly nearMisses: readonly NearMiss[]
}

/** What all have in common, some that must not match have, too. */
export interface Defeat {
  readonly kind: 'defeat'
  readonly stream: Stream
  /** The best of the drafts. */
  readonly statement: DraftStatement
  /** How many that must not match it hits. */
  readonly wrong: number
  /** The pair that tells: one to match, one not to. */
  readonly match: NearMiss
  readonly not: NearMiss
}

/** There is no block to begin with. */
export interface NothingCommon {
  readonly kind: 'nothing-common'
  readonly stream: Stream
  /** Two flows to match that have least in common; the same where there is but one. */
  readonly pair: readonly [Specimen, Specimen]
  /** Elements of the longest block of these two. */
  readonly longest: number
}

/** Columns of a draft: more than that nobody reads. */
const MOST_COLUMNS = 16
/** Elements left out between two columns. */
const MOST_BETWEEN = 6
/** What each of these takes from what a draft tells, bits. */
const BETWEEN_COST = 2.5
/** Drafts that are narrowed. */
const MOST_NARROWED = 5
/** Changes that looked well and are tried on all flows. */
const MOST_TRIED = 3
/** Packets of a signature that does not tell a whole flow, unless another number is asked for. */
const LEAST_COLUMNS = 2

/**
 * @param match - at least one; all over the same protocol
 * @param not - flows of the same stream
 */
export function learn(
  match: readonly Specimen[],
  not: readonly Specimen[],
  stream: Stream,
  options: LearnOptions,
): Lesson {
  const [first] = match
  assert(first !== undefined, 'there is something to learn from')
  const school = new School(match, not, stream, options)
  const drafts = school.candidates()
  if (drafts.length === 0) return { kind: 'nothing-common', stream, ...leastCommon(match, stream) }
  const tried = school.wrong(drafts)
  const best = drafts.findIndex((_, i) => tried[i]?.size === 0)
  const found = drafts[best] ?? school.narrowed(drafts, tried)
  if (found !== undefined) return school.lesson(found)
  return school.defeat(drafts, tried)
}

/** A draft, and what it hits and must not. */
interface Step {
  readonly draft: Draft
  readonly wrong: Hits
}

function stepOf(draft: Draft | undefined, wrong: Hits | undefined): Step | undefined {
  return draft === undefined || wrong === undefined ? undefined : { draft, wrong }
}

class School {
  readonly #match: readonly Specimen[]
  readonly #not: readonly Specimen[]
  readonly #stream: Stream
  readonly #options: LearnOptions
  readonly #ports: readonly PortRange[]

  constructor(match: readonly Specimen[], not: readonly Specimen[], stream: Stream, options: LearnOptions) {
    this.#match = match
    this.#not = not
    this.#stream = stream
    this.#options = options
    this.#ports = options.port === 'common' ? portsOf(match) : []
  }

  /** What tells most comes first. */
  candidates(): readonly Draft[] {
    const drafts = new Map<string, { readonly draft: Draft; readonly bits: number }>()
    for (const alignment of this.#alignments()) {
      const block = blockOf(this.#match, alignment, this.#stream)
      if (block === undefined || this.#isShort(block)) continue
      const draft = draftOf(block)
      const statement = this.statement(draft)
      const text = formatPattern(statement)
      if (!drafts.has(text)) drafts.set(text, { draft, bits: bitsOf(statement) - costOf(block) })
    }
    const ranked = [...drafts.values()].sort((a, b) => b.bits - a.bits).map(({ draft }) => draft)
    const hits = this.#try(ranked, this.#match)
    return ranked.filter((_, i) => hits[i]?.size === this.#match.length)
  }

  #isShort({ columns, start, canEnd }: Block): boolean {
    const isWhole = start === 'flow' && canEnd
    return columns.length < (this.#options.minLength ?? (isWhole ? 1 : LEAST_COLUMNS))
  }

  *#alignments(): Iterable<Alignment> {
    yield* contiguousBlocks(this.#match, MOST_COLUMNS)
    const columns = gappedAlignment(this.#match)
    for (let start = 0; start < columns.length; start++) {
      let end = start + 1
      while (end < columns.length && end - start < MOST_COLUMNS && isNear(columns, end)) end++
      yield columns.slice(start, end)
    }
  }

  statement(draft: Draft): DraftStatement {
    return statementOf(draft, this.#ports, this.#options.description)
  }

  #try(drafts: readonly Draft[], specimens: readonly Specimen[]): readonly Hits[] {
    return tryDrafts(
      drafts.map((draft) => this.statement(draft)),
      specimens,
      this.#options.thresholdMicros,
    )
  }

  /** Of each draft what it hits and must not. */
  wrong(drafts: readonly Draft[]): readonly Hits[] {
    return this.#try(drafts, this.#not)
  }

  /** Says more of the best drafts, step by step, as long as that helps. */
  narrowed(drafts: readonly Draft[], tried: readonly Hits[]): Draft | undefined {
    for (const i of leastWrong(tried)) {
      let step: Step | undefined = stepOf(drafts[i], tried[i])
      while (step !== undefined && step.wrong.size > 0) step = this.#narrower(step)
      if (step !== undefined) return step.draft
    }
    return undefined
  }

  /** The change of one column that leaves least: looked for among the flows that are hit, then tried on all. */
  #narrower({ draft, wrong }: Step): Step | undefined {
    const changes = narrowings(draft)
    const fits = this.#try(changes, this.#match)
    const sound = changes.filter((_, k) => fits[k]?.size === this.#match.length)
    const hit = this.#not.filter((_, flow) => wrong.has(flow))
    const left = this.#try(sound, hit).map(({ size }) => size)
    const ranked = [...sound.keys()].sort((a, b) => (left[a] ?? 0) - (left[b] ?? 0) || a - b)
    for (const k of ranked.slice(0, MOST_TRIED)) {
      const [change, count] = [sound[k], left[k] ?? 0]
      if (change === undefined || count >= wrong.size) break
      const [all] = this.wrong([change])
      if (all !== undefined && all.size < wrong.size) return { draft: change, wrong: all }
    }
    return undefined
  }

  lesson(found: Draft): Learnt {
    const nearMisses = new Map<number, Hit>()
    const draft = simplify(found, this.#options.minLength ?? LEAST_COLUMNS, (changed) => {
      const [fits] = this.#try([changed], this.#match)
      if (fits?.size !== this.#match.length) return false
      const [wrong] = this.wrong([changed])
      for (const [flow, hit] of wrong ?? []) if (!nearMisses.has(flow)) nearMisses.set(flow, hit)
      return wrong?.size === 0
    })
    const [hits] = this.#try([draft], this.#match)
    const [wrong] = this.wrong([draft])
    assert(hits?.size === this.#match.length && wrong?.size === 0, 'a draft was tried before it is told')
    if (nearMisses.size === 0) for (const [flow, hit] of this.#nearly(draft)) nearMisses.set(flow, hit)
    if (nearMisses.size === 0) for (const [flow, hit] of this.#likest(hits)) nearMisses.set(flow, hit)
    return {
      kind: 'learnt',
      stream: this.#stream,
      statement: this.statement(draft),
      hits: this.#match.flatMap((_, flow) => hits.get(flow) ?? []),
      nearMisses: [...nearMisses].flatMap(([flow, hit]) => {
        const specimen = this.#not[flow]
        return specimen === undefined ? [] : [{ specimen, hit }]
      }),
    }
  }

  /** What the draft would hit if it said nothing of one column's size. */
  #nearly(draft: Draft): Hits {
    const weaker = draft.block.columns.map((column, i) => ({
      ...draft,
      sizes: draft.sizes.map((size, k) => (k === i ? column.sizes.length - 1 : size)),
    }))
    return this.wrong(weaker).find(({ size }) => size > 0) ?? new Map()
  }

  /** The flow that looks most like the first to match, where that one is hit. */
  #likest(hits: Hits): Hits {
    const [model] = this.#match
    const at = hits.get(0)
    if (model === undefined || at === undefined) return new Map()
    let most = -1
    let found: readonly [number, Hit] | undefined
    for (const [flow, other] of this.#not.entries()) {
      const last = Math.min(at.last, other.tokens.length)
      const same = last < at.first ? -1 : sameElements(model, at, other, at)
      if (same <= most) continue
      most = same
      found = [flow, { first: at.first, last }]
    }
    return new Map(found === undefined ? [] : [found])
  }

  defeat(drafts: readonly Draft[], tried: readonly Hits[]): Defeat {
    const [best = 0] = leastWrong(tried)
    const draft = drafts[best]
    const hits = tried[best] ?? new Map<number, Hit>()
    const [[flow, hit] = []] = hits
    const not = this.#not[flow ?? 0]
    assert(
      draft !== undefined && not !== undefined && hit !== undefined,
      'a draft that is defeated hits something',
    )
    const [own] = this.#try([draft], this.#match)
    const pairs = this.#match.flatMap((specimen, i) => {
      const at = own?.get(i)
      return at === undefined ? [] : [{ specimen, hit: at, same: sameElements(specimen, at, not, hit) }]
    })
    const match = pairs.reduce((a, b) => (b.same > a.same ? b : a))
    return {
      kind: 'defeat',
      stream: this.#stream,
      statement: this.statement(draft),
      wrong: hits.size,
      match,
      not: { specimen: not, hit },
    }
  }
}

function isNear(columns: Alignment, at: number): boolean {
  const before = columns[at - 1] ?? []
  return (columns[at] ?? []).every((index, flow) => index - (before[flow] ?? 0) - 1 <= MOST_BETWEEN)
}

function costOf({ columns }: Block): number {
  return columns.reduce((sum, { between }) => sum + between[1] * BETWEEN_COST, 0)
}

function portsOf(match: readonly Specimen[]): readonly PortRange[] {
  if (match.some(({ exchange }) => exchange.protocol === 'icmp')) return []
  const ports = [...new Set(match.map(({ exchange }) => exchange.serverPort))].sort((a, b) => a - b)
  return ports.map((port) => ({ low: port, high: port }))
}

/** Indexes, those with the fewest hits first. */
function leastWrong(tried: readonly Hits[]): readonly number[] {
  return [...tried.keys()]
    .sort((a, b) => (tried[a]?.size ?? 0) - (tried[b]?.size ?? 0) || a - b)
    .slice(0, MOST_NARROWED)
}

/** Each says one thing more, or another thing, of one column. */
function narrowings(draft: Draft): readonly Draft[] {
  const drafts: Draft[] = []
  for (const [i, { sizes, pauses }] of draft.block.columns.entries()) {
    for (const k of pauses.keys())
      if (k !== draft.pauses[i]) drafts.push({ ...draft, pauses: draft.pauses.with(i, k) })
    for (const k of sizes.slice(0, -1).keys())
      if (k !== draft.sizes[i]) drafts.push({ ...draft, sizes: draft.sizes.with(i, k) })
  }
  return drafts
}
