// Reads `#: key=value ...` lines. To fl0p they are comments.

import type { Diagnostic, Span } from '../model/diagnostic.ts'
import { NO_DETAILS } from '../model/program.ts'
import { diagnose } from './codes.ts'
import {
  isMetadataKey,
  isRepeatable,
  LINE_KEY,
  type MetadataKey,
  type MetadataValue,
  readMetadata,
  unknownKey,
  untold,
} from './metadata-keys.ts'
import type { SourceLine } from './source-lines.ts'
import { type Metadata, NO_METADATA } from './statement.ts'
import { quote } from './visible.ts'

export interface MetadataResult {
  readonly metadata: Metadata
  readonly diagnostics: readonly Diagnostic[]
}

interface Given {
  readonly value: MetadataValue
  readonly span: Span
}

/**
 * Reads the `#:` lines above one statement together. A key with a problem keeps its default.
 *
 * @param lines - each starts with `#:`
 */
export function parseMetadata(lines: readonly SourceLine[]): MetadataResult {
  const diagnostics: Diagnostic[] = []
  const given = new Map<MetadataKey, Given>()
  for (const line of lines) {
    const { source } = line
    for (const { word, span } of metadataWords(line)) {
      const equals = word.indexOf('=')
      if (equals < 0) {
        const message = `expected \`key=value\`, found ${quote(word)}: taken as a comment`
        diagnostics.push(diagnose('S020', message, source, span))
        break
      }
      const key = word.slice(0, equals)
      if (!isMetadataKey(key)) {
        diagnostics.push(diagnose('S021', unknownKey(key), source, span))
        continue
      }
      const first = given.get(key)
      if (first !== undefined && !isRepeatable(key)) {
        const related = [{ source, span: first.span, message: 'first given here' }]
        diagnostics.push(diagnose('S023', `\`${key}\` is given twice`, source, span, related))
        continue
      }
      const text = word.slice(equals + 1).trim()
      const read = readMetadata(key, text)
      if (typeof read === 'string') {
        const message = `\`${key}\` is ${read}; found ${quote(text)}`
        diagnostics.push(diagnose('S022', message, source, span))
        continue
      }
      const told = key === 'tell' ? asList(read.value) : []
      for (const message of told.flatMap((name) => untold(name) ?? []))
        diagnostics.push(diagnose('S057', message, source, span))
      given.set(key, { value: joined(first?.value, read.value), span: first?.span ?? span })
    }
  }
  return { metadata: metadataOf(given), diagnostics }
}

/** The values of a key that is given again, each once. */
function joined(before: MetadataValue | undefined, value: MetadataValue): MetadataValue {
  return typeof value === 'object' ? [...new Set([...asList(before), ...value])] : value
}

function metadataOf(given: ReadonlyMap<MetadataKey, Given>): Metadata {
  const told = (key: MetadataKey) => given.get(key)?.value
  return {
    sid: asNumber(told('sid')),
    rev: asNumber(told('rev')) ?? NO_METADATA.rev,
    class: asText(told('class')),
    severity: asNumber(told('severity')) ?? NO_METADATA.severity,
    limit: asNumber(told('limit')) ?? NO_METADATA.limit,
    details: {
      ...NO_DETAILS,
      references: asList(told('reference')),
      mitre: asList(told('mitre')),
      falsePositives: asText(told('fp')),
      confidence: asNumber(told('confidence')),
      also: asList(told('also')),
      tell: asList(told('tell')),
    },
    sidSpan: given.get('sid')?.span,
  }
}

function asNumber(value: MetadataValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function asText(value: MetadataValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function asList(value: MetadataValue | undefined): readonly string[] {
  return typeof value === 'object' ? value : []
}

/** The words of a line that starts with `#:`, each with its place; `fp=` takes the rest of the line. */
export function* metadataWords(line: SourceLine): Generator<{ readonly word: string; readonly span: Span }> {
  const start = line.span.start + '#:'.length
  const text = line.source.text.slice(start, line.span.end)
  const words = new RegExp(`(?<!\\S)${LINE_KEY}=.*|\\S+`, 'gs')
  for (const match of text.matchAll(words)) {
    const from = start + match.index
    yield { word: match[0], span: { start: from, end: from + match[0].length } }
  }
}
