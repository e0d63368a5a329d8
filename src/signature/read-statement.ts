// Turns the tokens of one well-formed line into a statement, and checks what the grammar leaves open: how large
// numbers may be, where references may point, what a description may hold.

import type { Diagnostic } from '../model/diagnostic.ts'
import { checkSequence } from './check-sequence.ts'
import { classicOf } from './classic-statement.ts'
import { readCampaign } from './read-campaign.ts'
import { readPattern } from './read-pattern.ts'
import { createReading, type Reading } from './reading.ts'
import type { SourceLine } from './source-lines.ts'
import type { LocatedStatement, Metadata, Statement } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import type { StatementTree } from './syntax-tree.ts'

export interface StatementResult {
  /** undefined when an error was found. */
  readonly statement: LocatedStatement | undefined
  readonly diagnostics: readonly Diagnostic[]
}

type Places = Pick<LocatedStatement, 'packetSpans' | 'itemSpans' | 'exactSpan'>

const NO_PLACES: Places = { packetSpans: [], itemSpans: [], exactSpan: undefined }
const CONTROLS = /\p{Cc}/gu

/** All of a statement's problems are reported, not only the first. */
export function readStatement(tree: StatementTree, line: SourceLine, metadata: Metadata): StatementResult {
  const reading = createReading(line)
  const { places, ...read } = readBody(tree, reading)
  const description = readDescription(tree.description, reading)
  const { diagnostics } = reading
  if (read.body === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    return { statement: undefined, diagnostics }
  const { source, number, span } = line
  const statement = {
    ast: { ...read.body, description },
    metadata,
    exampleLines: [],
    source,
    line: number,
    span,
    ...places,
    descriptionSpan: reading.spanOf(tree.description),
  }
  return { statement, diagnostics }
}

/** Omit, of each member of a union. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Body = Without<Statement, 'description'>

/** The body is undefined only where an error was reported. */
function readBody(
  tree: StatementTree,
  reading: Reading,
): { readonly body: Body | undefined; readonly places: Places } {
  if (tree.kind === 'campaign') return { body: readCampaign(tree, reading), places: NO_PLACES }
  const pattern = readPattern(tree, reading)
  const { body, packetSpans, itemSpans } = pattern
  const exactSpan = tree.exact === null ? undefined : reading.spanOf(tree.exact)
  const classic = classicOf(body, exactSpan !== undefined)
  if (classic === undefined && reading.diagnostics.length === 0) checkSequence(pattern, reading)
  return { body: classic ?? body, places: { packetSpans, itemSpans, exactSpan } }
}

/** @param token - with its colon */
function readDescription(token: StatementToken, reading: Reading): string {
  const span = reading.spanOf(token)
  const description = token.text.slice(1).trim()
  if (description === '') {
    reading.report('S009', 'expected a description after `:`, found the end of the line', span)
    return ''
  }
  const line = description.replaceAll('\t', ' ')
  const cleaned = line.replace(CONTROLS, '\ufffd')
  if (cleaned !== line) reading.report('S036', 'a control character in the description is replaced', span)
  return cleaned
}
