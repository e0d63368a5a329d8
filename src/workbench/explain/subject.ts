// Finds the signature that somebody means: by its sid, by its place in a file, or as a statement typed on the spot.

import { OperatorError } from '../../model/operator-error.ts'
import type { Program } from '../../model/program.ts'
import { compileWithStatements, type StatementCompilation } from '../../signature/compile-program.ts'
import { formatDiagnostic } from '../../signature/format-diagnostic.ts'
import { positionOf } from '../../signature/line-index.ts'
import { loadSignatures } from '../../signature/load-signatures.ts'
import { sourceLines } from '../../signature/source-lines.ts'
import type { Subject } from './explain.ts'

/**
 * @param wanted - `1000002`, `mine.sig:12`, `tcp * c12 s28`
 * @param loaded - where a sid is looked for; called at need
 * @throws OperatorError when there is no such signature, or it is a campaign, or it is not sound
 */
export function findSubject(wanted: string, loaded: () => StatementCompilation): Subject {
  if (/^[0-9]+$/.test(wanted)) {
    const compilation = loaded()
    return subjectOf(compilation, Number(wanted), `no signature has sid ${wanted}`)
  }
  const [, file, line] = /^(.*\S):([0-9]+)$/.exec(wanted) ?? []
  if (file !== undefined && !/^(?:tcp|udp|icmp|ssh|count)\s/.test(wanted)) return atLine(file, Number(line))
  return typed(wanted)
}

/** A line above the statement, of its metadata, examples or comments, means it, too. */
function atLine(file: string, line: number): Subject {
  const sources = loadSignatures([file])
  const compilation = compileWithStatements(sources)
  const statementLines = sources.flatMap((source) =>
    [...sourceLines(source)]
      .filter(({ span }) => source.text[span.start] !== '#')
      .map(({ number }) => number),
  )
  const target = statementLines.find((number) => number >= line)
  if (target === undefined) throw noSuch(`no statement at or below ${file}:${line}`)
  for (const [sid, statement] of compilation.statements)
    if (statement.line === target) return subjectOf(compilation, sid, '')
  const above = statementLines.findLast((number) => number < target) ?? 0
  const problems = compilation.diagnostics.filter(({ source, span }) => {
    const { line: place } = positionOf(source, span.start)
    return above < place && place <= target
  })
  const what = problems.length > 0 ? `\n${problems.map(formatDiagnostic).join('\n')}` : ''
  throw new OperatorError('input', `the statement at ${file}:${target} is not sound${what}`)
}

function typed(text: string): Subject {
  const compile = (statement: string) => compileWithStatements([{ name: '--signature', text: statement }])
  let compilation = compile(text)
  const lacksDescription = compilation.diagnostics.some(({ code }) => code === 'S008' || code === 'S009')
  if (lacksDescription) compilation = compile(`${text.replace(/:\s*$/, '')} : as typed`)
  const [sid] = compilation.statements.keys()
  if (sid === undefined) {
    const what = compilation.diagnostics.map(formatDiagnostic).join('\n')
    throw new OperatorError('usage', what === '' ? 'the signature is empty' : what)
  }
  return subjectOf(compilation, sid, '')
}

function subjectOf({ program, statements }: StatementCompilation, sid: number, problem: string): Subject {
  const statement = statements.get(sid)
  if (statement === undefined) throw noSuch(problem)
  const signature = findSignature(program, sid)
  if (signature === undefined)
    throw new OperatorError('usage', `${sid} is a campaign: it counts hits of others and sees no flow itself`)
  return { signature, statement }
}

function noSuch(problem: string): OperatorError {
  return new OperatorError('usage', problem, 'gait test lists the signatures that there are')
}

function findSignature({ signatures, sequences }: Program, sid: number): Subject['signature'] | undefined {
  return signatures.find((one) => one.sid === sid) ?? sequences.find((one) => one.sid === sid)
}
