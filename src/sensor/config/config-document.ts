// A configuration file's text: its values, where each stands, and what is wrong with it as YAML. Knows no setting.

import { type Document, isAlias, isCollection, isMap, isNode, type Node, parseDocument, visit } from 'yaml'
import type { SourceText, Span } from '../../model/diagnostic.ts'
import { positionOf } from '../../signature/line-index.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { Finding } from './explain-issues.ts'

export interface ConfigDocument {
  /** Maps, lists, texts, numbers, booleans and null; undefined when the text is not sound enough to have any. */
  readonly values: unknown
  readonly problems: readonly ConfigProblem[]
  /** At a value, or at a key; about what is not there, at the innermost that is. */
  problemOf(finding: Finding): ConfigProblem
}

/** What is wrong, and the offsets where. */
interface Complaint {
  readonly code: string
  readonly message: string
  readonly span: Span
}

/** Of the commonest mistakes; the others keep the parser's own words. */
const MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'found this key a second time, expected it once',
  TAB_AS_INDENT: 'found a tab, expected spaces',
  MULTIPLE_DOCS: 'found a second document, expected one',
  BLOCK_AS_IMPLICIT_KEY:
    'found a map, expected a value: quote a text that has `: ` in it, and indent the keys of a map alike',
}

/** Reads YAML 1.2. Never throws on bad text. */
export function parseConfigDocument(source: SourceText): ConfigDocument {
  const document = parseDocument(source.text, {
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
  })
  const complaints = [
    ...[...document.errors, ...document.warnings].map(({ code, message, pos: [start, end] }) => ({
      code,
      message: MESSAGES[code] ?? `not sound YAML: ${message}`,
      span: { start, end },
    })),
    ...lostAliases(document),
  ]
  const isReadable = complaints.every(({ code }) => code === 'DUPLICATE_KEY')
  const values = isReadable ? valuesOf(document, complaints) : undefined
  return {
    values,
    problems: firstOfLines(source, complaints).map(({ span, message }) => ({
      kind: 'file',
      source,
      span,
      message,
    })),
    problemOf: ({ path, isKey, message }) => ({
      kind: 'file',
      source,
      span: locate(document, path, isKey),
      message,
    }),
  }
}

/** The others of a line are mostly consequences. */
function firstOfLines(source: SourceText, complaints: readonly Complaint[]): readonly Complaint[] {
  const lines = new Set<number>()
  return complaints.filter(({ span }) => {
    const { line } = positionOf(source, span.start)
    if (lines.has(line)) return false
    lines.add(line)
    return true
  })
}

function lostAliases(document: Document): readonly Complaint[] {
  const lost: Complaint[] = []
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return
      const message = `found an alias of nothing, expected \`&${alias.source}\` somewhere before it`
      lost.push({ code: 'BAD_ALIAS', message, span: spanOf(alias) })
    },
  })
  return lost
}

function valuesOf(document: Document, complaints: Complaint[]): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // Aliases of aliases that would not fit into memory, or an alias inside of what it stands for.
    const message = error instanceof Error ? error.message : String(error)
    complaints.push({ code: 'ALIASES', message: `not sound YAML: ${message}`, span: { start: 0, end: 0 } })
    return undefined
  }
}

function locate(document: Document, path: readonly PropertyKey[], isKey: boolean): Span {
  let node: unknown = document.contents
  let span = spanOf(node)
  for (const [depth, step] of path.entries()) {
    const holder = isAlias(node) ? node.resolve(document) : node
    if (!isCollection(holder)) return span
    // Of a key that stands twice the last holds.
    const pair = isMap(holder) ? holder.items.findLast(({ key }) => keyOf(key) === step) : undefined
    const next: unknown = pair === undefined ? holder.get(step, true) : pair.value
    if (pair !== undefined) span = spanOf(pair.key)
    else if (next === undefined) return span
    if (isKey && depth === path.length - 1) return span
    // A key without a value is shown itself.
    const own = spanOf(next)
    if (own.end > own.start) span = own
    node = next
  }
  return span
}

function keyOf(key: unknown): string {
  return String(isNode(key) ? (key as Node & { readonly value?: unknown }).value : key)
}

function spanOf(node: unknown): Span {
  const range = isNode(node) ? node.range : undefined
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 }
}
