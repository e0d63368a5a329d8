// Finds the signature that somebody means: by its sid, by its place in a file, or as a statement typed on the spot.

import { resolve } from 'node:path'
import { OperatorError } from '../../model/operator-error.ts'
import type { Program } from '../../model/program.ts'
import { compileWithStatements, type StatementCompilation } from '../../signature/compile-program.ts'
import { formatDiagnostic } from '../../signature/format-diagnostic.ts'
import { loadSignatures } from '../../signature/load-signatures.ts'
import type { Subject } from './explain.ts'

/**
 * @param wanted - `1000002`, `mine.sig:12`, `tcp * c12 s28`
 * @param loaded - where a sid is looked for; called at need
 * @throws OperatorError when there is no such signature, or it is a campaign
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

function atLine(file: string, line: number): Subject {
  const compilation = compileWithStatements(loadSignatures([file]))
  // A line above the statement, of its metadata or examples, means it, too.
  let best: { sid: number; line: number } | undefined
  for (const [sid, statement] of compilation.statements) {
    const isBelow = resolve(statement.source.name) === resolve(file) && statement.line >= line
    if (isBelow && (best === undefined || statement.line < best.line)) best = { sid, line: statement.line }
  }
  return subjectOf(compilation, best?.sid ?? 0, `no sound statement at or below ${file}:${line}`)
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
  if (statement === undefined)
    throw new OperatorError('usage', problem, 'gait test lists the signatures that there are')
  const signature = findSignature(program, sid)
  if (signature === undefined)
    throw new OperatorError('usage', `${sid} is a campaign: it counts hits of others and sees no flow itself`)
  return { signature, statement }
}

function findSignature({ signatures, sequences }: Program, sid: number): Subject['signature'] | undefined {
  return signatures.find((one) => one.sid === sid) ?? sequences.find((one) => one.sid === sid)
}
