// What statements have to do with each other: which one is shadowed by another, and which have exchanges in common.
// Everything said is proven, and shown by an exchange.

import { patternSpan } from '../../signature/pattern-span.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { quote } from '../../signature/visible.ts'
import { commonExchange, type Subject } from '../prove/common-exchange.ts'
import { formatExchange, type ImaginedExchange } from '../prove/exchange.ts'
import { DEFAULT_SEARCH } from '../prove/find-exchange.ts'
import { findOverlaps } from '../prove/find-overlaps.ts'
import { findShadows } from '../prove/find-shadows.ts'
import type { Finding } from './check-codes.ts'
import { isOfClass } from './house-rules.ts'

/** A statement that can match, and what it is compiled to. */
export interface Compiled {
  readonly statement: LocatedStatement
  readonly subject: Subject
}

export interface RelationOptions {
  /** Tell of all overlaps, and of shadows that differ in class. */
  readonly overlaps: boolean
  /** Sets of classes that exclude each other. */
  readonly exclusive: readonly (readonly string[])[]
  /** Pairs that were told of already. */
  readonly isTold: (one: LocatedStatement, other: LocatedStatement) => boolean
}

export function lintRelations(compiled: readonly Compiled[], options: RelationOptions): readonly Finding[] {
  const subjects = compiled.map(({ subject }) => subject)
  const findings: Finding[] = []
  const told = new Set<string>()
  const mayTell = (one: number, other: number) => {
    const [a, b] = [compiled[one], compiled[other]]
    return a !== undefined && b !== undefined && !options.isTold(a.statement, b.statement)
  }
  for (const { of, by, isMutual } of findShadows(subjects, mayTell)) {
    const [inner, outer] = [compiled[of], compiled[by]]
    if (inner === undefined || outer === undefined) continue
    if (!isMutual && !options.overlaps && !saysNothingNew(inner.statement, outer.statement)) continue
    told.add(pairName(of, by))
    findings.push(shadowFinding(inner, outer, isMutual))
  }
  const excludes = (one: number, other: number) =>
    excludedClasses(compiled[one], compiled[other], options.exclusive)
  if (!options.overlaps && options.exclusive.length === 0) return findings
  const isWanted = (one: number, other: number) =>
    mayTell(one, other) &&
    (excludes(one, other) !== undefined || (options.overlaps && !told.has(pairName(one, other))))
  for (const { one, other, exchange } of findOverlaps(subjects, isWanted)) {
    const [first, second] = [compiled[one], compiled[other]]
    if (first === undefined || second === undefined) continue
    findings.push(overlapFinding(first, second, exchange, excludes(one, other)))
  }
  return findings
}

/** The shadowed statement has no class, and no gravity, that the other one has not. */
function saysNothingNew(inner: LocatedStatement, outer: LocatedStatement): boolean {
  const { metadata } = inner
  const { also } = outer.metadata.details
  return (
    metadata.class === outer.metadata.class &&
    metadata.severity >= outer.metadata.severity &&
    metadata.details.also.every((name) => also.includes(name))
  )
}

function shadowFinding(inner: Compiled, outer: Compiled, isMutual: boolean): Finding {
  const { statement } = inner
  const { source } = statement
  const exchange = commonExchange([inner.subject])
  const such = exchange === undefined ? '' : `, such as \`${shown(exchange, inner, outer)}\``
  const name = quote(outer.statement.ast.description)
  const message = isMutual
    ? `this statement and ${name} hit the same flows${such}`
    : `whatever this statement hits, ${name} hits, too${such}`
  return {
    code: isMutual ? 'S103' : 'S104',
    message,
    source,
    span: patternSpan(statement),
    related: [relatedTo(outer)],
  }
}

function overlapFinding(
  one: Compiled,
  other: Compiled,
  exchange: ImaginedExchange,
  classes: readonly [string, string] | undefined,
): Finding {
  const { statement } = other
  const name = quote(one.statement.ast.description)
  const both = `\`${shown(exchange, one, other)}\` is an exchange of this statement and of ${name}`
  const message =
    classes === undefined ? both : `${both}: \`${classes[0]}\` and \`${classes[1]}\` exclude each other`
  return {
    code: classes === undefined ? 'S105' : 'S116',
    message,
    source: statement.source,
    span: patternSpan(statement),
    related: [relatedTo(one)],
  }
}

function shown(exchange: ImaginedExchange, ...statements: readonly Compiled[]): string {
  const isPortTold = statements.some(({ subject }) => subject.recogniser.ports.length > 0)
  return formatExchange(exchange, DEFAULT_SEARCH.thresholdMicros, isPortTold)
}

function relatedTo({ statement }: Compiled): NonNullable<Finding['related']>[number] {
  return { source: statement.source, span: patternSpan(statement), message: 'this is the other one' }
}

/** Two classes of one set, of which each statement has one. */
function excludedClasses(
  one: Compiled | undefined,
  other: Compiled | undefined,
  exclusive: readonly (readonly string[])[],
): readonly [string, string] | undefined {
  for (const set of exclusive)
    for (const first of set)
      for (const second of set) {
        if (first === second) continue
        const a = classesOf(one).find((name) => isOfClass(name, first))
        const b = classesOf(other).find((name) => isOfClass(name, second))
        if (a !== undefined && b !== undefined) return [a, b]
      }
  return undefined
}

function classesOf(compiled: Compiled | undefined): readonly string[] {
  if (compiled === undefined) return []
  const { class: name, details } = compiled.statement.metadata
  return name === undefined ? details.also : [name, ...details.also]
}

function pairName(one: number, other: number): string {
  return `${Math.min(one, other)} ${Math.max(one, other)}`
}
