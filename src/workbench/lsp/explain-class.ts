// A class, in words: who has it, who counts it.

import type { SourceText } from '../../model/diagnostic.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { quote } from '../../signature/visible.ts'
import { parsedOf } from './file-lines.ts'

const MOST = 8

/** Lines of Markdown. */
export function explainClass(files: readonly SourceText[], name: string): readonly string[] {
  const statements = files.flatMap((source) => parsedOf(source).statements)
  const having = statements.filter(
    ({ metadata }) => metadata.class === name || metadata.details.also.includes(name),
  )
  const counting = statements.filter(
    ({ ast }) => ast.kind === 'campaign' && (ast.of === name || ast.then === name),
  )
  const has = having.length === 0 ? 'no statement here has it.' : `${those(having.length)} it:`
  return [
    `**Class** \`${name}\`: ${has}`,
    ...(having.length === 0 ? [] : list(having)),
    ...(counting.length === 0 ? [] : ['', 'Counted by:', ...list(counting)]),
  ]
}

/** Lines of Markdown on a statement as a whole. */
export function explainStatement({ ast, metadata, exampleLines }: LocatedStatement): readonly string[] {
  const { sid, rev, class: name, severity } = metadata
  const facts = [
    sid === undefined ? 'id derived from its text' : `sid ${sid}, revision ${rev}`,
    name === undefined ? 'no class' : `class \`${name}\``,
    `severity ${severity}`,
    exampleLines.length === 0
      ? 'no examples'
      : `${exampleLines.length} example${exampleLines.length === 1 ? '' : 's'}`,
  ]
  return [`**${ast.kind === 'campaign' ? 'Campaign' : 'Signature'}**: ${facts.join(', ')}.`]
}

function those(count: number): string {
  return count === 1 ? '1 statement has' : `${count} statements have`
}

function list(statements: readonly LocatedStatement[]): readonly string[] {
  const lines = statements.slice(0, MOST).map(({ ast, metadata }) => {
    const sid = metadata.sid === undefined ? '' : ` (sid ${metadata.sid})`
    return `- ${quote(ast.description)}${sid}`
  })
  const rest = statements.length - lines.length
  return ['', ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])]
}
