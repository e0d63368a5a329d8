// Reads the `#+` and `#-` lines above a statement. To fl0p they are comments, and to whoever only wants to match they
// are, too: nothing here runs unless somebody asks for the examples.

import type { Diagnostic } from '../model/diagnostic.ts'
import { diagnose } from './codes.ts'
import type { ExampleNode, ExchangeKind, LocatedExample } from './example.ts'
import { MAX_LINE } from './parse-statement.ts'
import { readExchange } from './read-exchange.ts'
import type { SourceLine } from './source-lines.ts'
import type { LocatedStatement, Statement } from './statement.ts'
import { quote } from './visible.ts'

export interface ExamplesResult {
  /** The sound ones, in order. */
  readonly examples: readonly LocatedExample[]
  readonly diagnostics: readonly Diagnostic[]
}

const MAX_HITS = 1_000_000
const HIGHEST_SID = 0x7fff_ffff
/** Sign, perhaps how often, what, and perhaps who else. */
const LINE = /^#([+-])\s+(?:([0-9]+)x\s+)?(.*?)(?:\s*&((?:\s*[0-9]+)*))?$/s

/** The examples of one statement. */
export function parseExamples({ ast, exampleLines }: LocatedStatement): ExamplesResult {
  const examples: LocatedExample[] = []
  const diagnostics: Diagnostic[] = []
  const kind = kindOf(ast)
  for (const line of exampleLines) {
    const found = parseExample(line, kind, diagnostics)
    if (found !== undefined) examples.push({ ast: found, line: line.number, span: line.span })
  }
  return { examples, diagnostics }
}

/** What the exchanges of a statement are made of. */
export function kindOf(statement: Statement): ExchangeKind {
  if (statement.kind === 'campaign') return 'hits'
  return statement.protocol === 'ssh' ? 'messages' : 'packets'
}

function parseExample(
  { source, span }: SourceLine,
  kind: ExchangeKind,
  diagnostics: Diagnostic[],
): ExampleNode | undefined {
  const text = source.text.slice(span.start, span.end)
  const report = (code: 'S017' | 'S081', message: string) => {
    diagnostics.push(diagnose(code, message, source, span))
    return undefined
  }
  if (text.length > MAX_LINE)
    return report('S017', `a line has at most ${MAX_LINE} characters, found ${text.length}`)
  const match = LINE.exec(text)
  if (match === null) return report('S081', 'expected an exchange or `file:` and a name')
  const [, sign, count, body = '', tail] = match
  const hits = sign === '-' ? 0 : Number(count ?? 1)
  if (sign === '-' && count !== undefined)
    return report('S081', '`#-` says that nothing hits: it has no count')
  if (sign === '+' && (hits < 1 || hits > MAX_HITS))
    return report(
      'S081',
      `a count is from 1 to ${MAX_HITS}, found ${quote(`${count}x`)}; for none write \`#-\``,
    )
  const others = (tail ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number)
  if (tail !== undefined && others.length === 0) return report('S081', 'expected ids behind `&`')
  const wrong = others.find((sid) => sid < 1 || sid > HIGHEST_SID)
  if (wrong !== undefined) return report('S081', `an id is from 1 to ${HIGHEST_SID}, found \`${wrong}\``)
  const [, path] = /^file:(.*)$/s.exec(body) ?? []
  if (path === '') return report('S081', 'expected the name of a capture behind `file:`')
  if (path !== undefined) return { hits, what: { kind: 'capture', path }, others }
  const start = span.start + (/^#[+-]\s+(?:[0-9]+x\s+)?/.exec(text)?.[0].length ?? 2)
  const read = readExchange(source, { start, end: start + body.length }, kind)
  diagnostics.push(...read.diagnostics)
  return read.exchange === undefined ? undefined : { hits, what: read.exchange, others }
}
