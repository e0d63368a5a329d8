// From a place to what it refers to: `@K` to the packet, a class to the statements that have it, an id behind `&` to
// its statement.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import { classAt, placesOf } from './class-places.ts'
import { type FileLine, lineAt, parsedOf, touches } from './file-lines.ts'
import { statementTokens, tokenAt } from './statement-tokens.ts'

export interface Place {
  readonly source: SourceText
  readonly span: Span
}

/** Where what stands at an offset is defined; none where nothing is referred to. */
export function definitionsAt(
  files: readonly SourceText[],
  source: SourceText,
  offset: number,
): readonly Place[] {
  const line = lineAt(source, offset)
  const named = classAt(source, offset)
  if (named !== undefined) return placesOf(files, named.name).filter(({ role }) => role === 'has')
  if (line.kind === 'statement') return packetReferredTo(line, offset)
  if (line.kind !== 'example') return []
  const sid = sidAt(line, offset)
  return sid === undefined ? [] : statementsWith(files, sid.sid)
}

/** Every place of the class at an offset. */
export function referencesAt(
  files: readonly SourceText[],
  source: SourceText,
  offset: number,
): readonly Place[] {
  const named = classAt(source, offset)
  return named === undefined ? [] : placesOf(files, named.name)
}

/** The id behind `&` at an offset of an example's line. */
export function sidAt(
  { text, span }: FileLine,
  offset: number,
): { readonly sid: number; readonly span: Span } | undefined {
  const mark = text.lastIndexOf('&')
  if (mark < 0) return undefined
  for (const found of text.slice(mark).matchAll(/[0-9]+/g)) {
    const start = span.start + mark + found.index
    const place = { start, end: start + found[0].length }
    if (touches(place, offset)) return { sid: Number(found[0]), span: place }
  }
  return undefined
}

/** Where an id is given. */
function statementsWith(files: readonly SourceText[], sid: number): readonly Place[] {
  return files.flatMap((source) =>
    parsedOf(source).statements.flatMap(({ metadata }) =>
      metadata.sid === sid && metadata.sidSpan !== undefined ? [{ source, span: metadata.sidSpan }] : [],
    ),
  )
}

function packetReferredTo(line: FileLine, offset: number): readonly Place[] {
  const tokens = statementTokens(line)
  const token = tokens[tokenAt(tokens, offset)]
  const [, packet] = /^[cs]@([0-9]+)/.exec(token?.type === 'packet' ? token.text : '') ?? []
  if (packet === undefined) return []
  return tokens
    .filter(({ ordinal }) => ordinal === Number(packet))
    .map(({ span }) => ({ source: line.source, span }))
}
