// The way from signature files to what the matcher runs. Never at packet time.

import { createHash } from 'node:crypto'
import { assert } from '../core/assert.ts'
import type { Diagnostic, SourceText } from '../model/diagnostic.ts'
import type {
  CampaignSignature,
  Program,
  ProgramSignature,
  SequenceSignature,
  SignatureHead,
} from '../model/program.ts'
import { checkStatements } from './check-statements.ts'
import { compileCampaign } from './compile-campaign.ts'
import { compilePattern } from './compile-pattern.ts'
import { compileSequence } from './compile-sequence.ts'
import { formatStatement } from './format-statement.ts'
import { parseExamples } from './parse-examples.ts'
import { parseSignatures } from './parse-signatures.ts'
import type { LocatedStatement } from './statement.ts'

export interface CompileOptions {
  /** Every classic statement as if it had `=`. */
  readonly exact?: boolean
  /** Also read the examples, and say what is wrong with them. */
  readonly examples?: boolean
}

export interface Compilation {
  /** All sound statements, also when others are not. */
  readonly program: Program
  /** By file, in the order given, then by position. */
  readonly diagnostics: readonly Diagnostic[]
}

/** With the statements that it was made of, by their signature ids. */
export interface StatementCompilation extends Compilation {
  readonly statements: ReadonlyMap<number, LocatedStatement>
}

/** Compiles files that are loaded together. Never throws on bad text. */
export function compileProgram(files: readonly SourceText[], options: CompileOptions = {}): Compilation {
  const { program, diagnostics } = compileWithStatements(files, options)
  return { program, diagnostics }
}

export function compileWithStatements(
  files: readonly SourceText[],
  options: CompileOptions = {},
): StatementCompilation {
  const parsed = files.map(parseSignatures)
  const checked = checkStatements(parsed.flatMap(({ statements }) => statements))
  const diagnostics = [...parsed.flatMap((file) => file.diagnostics), ...checked.diagnostics]
  if (options.examples === true)
    for (const { statements } of parsed)
      diagnostics.push(...statements.flatMap((statement) => parseExamples(statement).diagnostics))
  return {
    program: compileStatements(checked.accepted, options.exact === true),
    diagnostics: sortDiagnostics(diagnostics, files),
    statements: new Map([...checked.accepted].map(([statement, sid]) => [sid, statement])),
  }
}

/** @param accepted - statements with their signature ids: see checkStatements() */
export function compileStatements(accepted: ReadonlyMap<LocatedStatement, number>, exact: boolean): Program {
  const signatures: ProgramSignature[] = []
  const sequences: SequenceSignature[] = []
  const campaigns: CampaignSignature[] = []
  for (const [located, sid] of accepted) {
    const statement = exact ? makeExact(located) : located
    const head = compileHead(statement, sid)
    const { ast } = statement
    if (ast.kind === 'classic') signatures.push({ ...head, ...compilePattern(ast) })
    else if (ast.kind === 'campaign') campaigns.push({ ...head, ...compileCampaign(ast) })
    else {
      const sequence = compileSequence(ast)
      assert(sequence !== undefined, 'a sequence that is too large is no sound statement')
      sequences.push({ ...head, ...sequence })
    }
  }
  const hash = programHash([...signatures, ...sequences, ...campaigns])
  return { hash, signatures, sequences, campaigns }
}

function makeExact(statement: LocatedStatement): LocatedStatement {
  const { ast } = statement
  return ast.kind === 'classic' ? { ...statement, ast: { ...ast, isExact: true } } : statement
}

function compileHead({ ast, metadata, source, line }: LocatedStatement, sid: number): SignatureHead {
  return {
    sid,
    rev: metadata.rev,
    description: ast.description,
    class: metadata.class,
    severity: metadata.severity,
    limit: metadata.limit,
    details: metadata.details,
    text: formatStatement(ast),
    file: source.name,
    line,
  }
}

/** Changes with whatever a hit depends on or says; the order of statements and their files are no part of it. */
function programHash(signatures: readonly SignatureHead[]): string {
  const lines = signatures.map(({ sid, rev, class: name, severity, limit, details, text }) =>
    JSON.stringify([sid, rev, name, severity, limit, details, text]),
  )
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

/** By file, in the order given, then by position. */
export function sortDiagnostics(
  diagnostics: Diagnostic[],
  files: readonly SourceText[],
): readonly Diagnostic[] {
  const order = new Map(files.map((file, i) => [file, i]))
  return diagnostics.sort(
    (a, b) =>
      (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) ||
      a.span.start - b.span.start ||
      a.code.localeCompare(b.code),
  )
}
