// What the tests of the signature language share: short ways from a text to what is made of it.

import type { Diagnostic, SourceText } from '../../../src/model/diagnostic.ts'
import { parseSignatures } from '../../../src/signature/parse-signatures.ts'
import type {
  CampaignStatement,
  ClassicStatement,
  LocatedStatement,
  SequenceStatement,
  Statement,
} from '../../../src/signature/statement.ts'

export function sourceOf(text: string, name = 'test.sig'): SourceText {
  return { name, text }
}

/** The only statement of a text. */
export function statementOf(text: string): LocatedStatement {
  const { statements, diagnostics } = parseSignatures(sourceOf(text))
  if (statements.length !== 1)
    throw new Error(`${text}: ${JSON.stringify(diagnostics.map((d) => d.message))}`)
  return statements[0]!
}

/** The tree of a classic statement. */
export function treeOf(text: string): ClassicStatement {
  return ofKind(text, 'classic')
}

/** The tree of an extended statement. */
export function sequenceOf(text: string): SequenceStatement {
  return ofKind(text, 'sequence')
}

export function campaignOf(text: string): CampaignStatement {
  return ofKind(text, 'campaign')
}

function ofKind<K extends Statement['kind']>(text: string, kind: K): Extract<Statement, { kind: K }> {
  const { ast } = statementOf(text)
  if (ast.kind !== kind) throw new Error(`${text}: ${ast.kind} in place of ${kind}`)
  return ast as Extract<Statement, { kind: K }>
}

/** Code and the text that the diagnostic points at. */
export function pointed({ code, source, span }: Diagnostic): string {
  return `${code} ${source.text.slice(span.start, span.end)}`
}

/** `S005 x12`, of each diagnostic of a text. */
export function problemsOf(text: string): readonly string[] {
  return parseSignatures(sourceOf(text)).diagnostics.map(pointed)
}

/** `{c1 256 times}` and `{U+0007}` of the documentation, written out. */
export function expandExample(text: string): string {
  return text
    .replace(/\{(\S+) (\d+) times\}/g, (_, word: string, times: string) => `${word} `.repeat(Number(times)))
    .replace(/\{U\+([0-9A-F]{4})\}/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Fenced blocks of a Markdown text that have this info string. */
export function fencedBlocks(markdown: string, info: string): readonly string[] {
  return [...markdown.matchAll(/^```(\S*)\n(.*?)^```$/gms)]
    .filter((block) => block[1] === info)
    .map((block) => block[2]!)
}

/** Place and message of the one thing that is wrong with a text that holds no sound statement. */
export function explained(text: string): readonly [place: string, message: string] {
  const { diagnostics, statements } = parseSignatures(sourceOf(text))
  const [first] = diagnostics
  if (first === undefined || diagnostics.length > 1 || statements.length > 0)
    throw new Error(`${text}: ${statements.length} statements, ${diagnostics.length} diagnostics`)
  return [pointed(first), first.message]
}
