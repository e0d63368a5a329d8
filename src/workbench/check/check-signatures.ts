// Everything that can be said of signature files without traffic: the language's own diagnostics, proofs, house
// rules, and what would mend them.

import type { Diagnostic, SourceText } from '../../model/diagnostic.ts'
import { checkStatements } from '../../signature/check-statements.ts'
import { compileStatements, sortDiagnostics } from '../../signature/compile-program.ts'
import { formatStatement } from '../../signature/format-statement.ts'
import { positionOf } from '../../signature/line-index.ts'
import { parseSignatures } from '../../signature/parse-signatures.ts'
import { patternSpan } from '../../signature/pattern-span.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { type Subject, subjectOf } from '../prove/common-exchange.ts'
import { diagnosticOf, type Finding } from './check-codes.ts'
import { lintCost } from './cost-lint.ts'
import { lintHouse } from './house-lint.ts'
import { type HouseRules, NO_RULES, type SeverityChoices } from './house-rules.ts'
import { informationOf } from './information.ts'
import { languageFix } from './language-fixes.ts'
import { lintNever } from './never-lint.ts'
import { lintReferences } from './reference-lint.ts'
import { type Compiled, lintRelations } from './relation-lint.ts'
import { createSidSource } from './sid-source.ts'
import { lintSuites } from './suite-lint.ts'

export interface CheckOptions {
  /** Rules of a file; none without it. */
  readonly rulesOf?: (source: SourceText) => HouseRules
  /** Beats the rules' `codes`. */
  readonly severities?: SeverityChoices
  /** Tell of all overlaps, and of shadows that differ in class. */
  readonly overlaps?: boolean
}

export interface CheckResult {
  /** By file, in the order given, then by position. */
  readonly diagnostics: readonly Diagnostic[]
  /** Sound ones. */
  readonly statements: number
}

/** A pattern that tells less, in bits, fits nearly every flow. */
const LEAST_INFORMATION = 6
/** Whatever is proven of such a statement says nothing. */
const NEVER: readonly string[] = ['S101', 'S102']
/** Two statements that match alike. */
const ALIKE: readonly string[] = ['S030', 'S031']

/** Checks files that are loaded together. */
export function checkSignatures(files: readonly SourceText[], options: CheckOptions = {}): CheckResult {
  const parsed = files.map(parseSignatures)
  const statements = parsed.flatMap((file) => file.statements)
  const { accepted, diagnostics: known } = checkStatements(statements)
  const rules = new Map(files.map((source) => [source, options.rulesOf?.(source) ?? NO_RULES]))
  const rulesOf = (source: SourceText) => rules.get(source) ?? NO_RULES
  const sids = createSidSource(statements)
  const nextSid = (source: SourceText) => () => sids.next(rulesOf(source).sids)
  const language = [...parsed.flatMap((file) => file.diagnostics), ...known]
  const subjects = subjectsOf(accepted)
  const places = new StatementPlaces(statements)
  const told = codesByStatement(language, places)
  const findings: Finding[] = []
  const able: Compiled[] = []
  for (const statement of statements) {
    const { source } = statement
    const subject = subjects.get(statement)
    const own = lintOne(statement, subject, told.get(statement) ?? new Set())
    findings.push(...own, ...lintHouse(statement, rulesOf(source), nextSid(source)))
    const isDead = own.some(({ code }) => NEVER.includes(code))
    if (subject !== undefined && !isDead) able.push({ statement, subject })
  }
  const pairs = pairsOf(language, places)
  const relations = lintRelations(able, {
    overlaps: options.overlaps ?? false,
    exclusive: [...new Set([...rules.values()].flatMap(({ exclusive }) => exclusive))],
    isTold: (one, other) => pairs.get(one)?.has(other) === true || pairs.get(other)?.has(one) === true,
  })
  const mended = language.map((diagnostic) => {
    const fix = languageFix(diagnostic, places.at(diagnostic), nextSid(diagnostic.source))
    return fix === undefined ? diagnostic : { ...diagnostic, fix }
  })
  const diagnostics = [...mended, ...[...findings, ...relations].map(diagnosticOf)].flatMap((one) =>
    chosen(one, options.severities, rulesOf(one.source).codes),
  )
  return { diagnostics: sortDiagnostics(diagnostics, files), statements: statements.length }
}

/** By statement, what it is compiled to; campaigns have nothing to prove. */
function subjectsOf(accepted: ReadonlyMap<LocatedStatement, number>): ReadonlyMap<LocatedStatement, Subject> {
  const { signatures, sequences } = compileStatements(accepted, false)
  const bySid = new Map([...signatures, ...sequences].map((signature) => [signature.sid, signature]))
  const subjects = new Map<LocatedStatement, Subject>()
  for (const [statement, sid] of accepted) {
    const signature = bySid.get(sid)
    if (signature !== undefined) subjects.set(statement, subjectOf(signature))
  }
  return subjects
}

/** Finds statements by their lines. */
class StatementPlaces {
  readonly #lines = new Map<SourceText, Map<number, LocatedStatement>>()

  constructor(statements: readonly LocatedStatement[]) {
    for (const statement of statements) {
      const lines = this.#lines.get(statement.source)
      if (lines === undefined) this.#lines.set(statement.source, new Map([[statement.line, statement]]))
      else lines.set(statement.line, statement)
    }
  }

  /** The sound statement on the line of a place. */
  at({ source, span }: Pick<Diagnostic, 'source' | 'span'>): LocatedStatement | undefined {
    return this.#lines.get(source)?.get(positionOf(source, span.start).line)
  }
}

type CodesByStatement = ReadonlyMap<LocatedStatement, ReadonlySet<string>>

function codesByStatement(diagnostics: readonly Diagnostic[], places: StatementPlaces): CodesByStatement {
  const codes = new Map<LocatedStatement, Set<string>>()
  for (const diagnostic of diagnostics) {
    const statement = places.at(diagnostic)
    if (statement === undefined) continue
    const own = codes.get(statement)
    if (own === undefined) codes.set(statement, new Set([diagnostic.code]))
    else own.add(diagnostic.code)
  }
  return codes
}

/** Statements that the language says to be alike. */
function pairsOf(
  diagnostics: readonly Diagnostic[],
  places: StatementPlaces,
): ReadonlyMap<LocatedStatement, ReadonlySet<LocatedStatement>> {
  const pairs = new Map<LocatedStatement, Set<LocatedStatement>>()
  for (const diagnostic of diagnostics) {
    const one = ALIKE.includes(diagnostic.code) ? places.at(diagnostic) : undefined
    const others = diagnostic.related.flatMap((place) => places.at(place) ?? [])
    if (one !== undefined) pairs.set(one, new Set(others))
  }
  return pairs
}

function chosen(
  diagnostic: Diagnostic,
  first: SeverityChoices | undefined,
  second: SeverityChoices,
): readonly Diagnostic[] {
  const choice = first?.get(diagnostic.code) ?? second.get(diagnostic.code) ?? diagnostic.severity
  return choice === 'off' ? [] : [{ ...diagnostic, severity: choice }]
}

/** @param told - codes that the language has told of it */
function lintOne(
  statement: LocatedStatement,
  subject: Subject | undefined,
  told: ReadonlySet<string>,
): readonly Finding[] {
  const { source, ast, span } = statement
  const findings: Finding[] = [...lintReferences(statement), ...lintSuites(statement)]
  const isExplained = findings.length > 0 || told.has('S033')
  if (!isExplained) findings.push(...lintNever(statement, subject))
  if (subject !== undefined) {
    findings.push(...lintCost(statement, subject))
    if (informationOf(subject.recogniser) < LEAST_INFORMATION && !told.has('S032')) {
      const message =
        'sizes and pauses like these are in nearly every flow: this tells hardly any flow from another'
      findings.push({ code: 'S106', message, source, span: patternSpan(statement) })
    }
  }
  const text = formatStatement(ast)
  if (source.text.slice(span.start, span.end) !== text) {
    const fix = { title: 'write it in canonical form', edits: [{ source, span, text }] }
    const message = 'this statement has another spelling in canonical form: see `gait fmt`'
    findings.push({ code: 'S110', message, source, span, fix })
  }
  return findings
}
