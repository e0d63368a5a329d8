// Where classes are named: given by metadata, counted by campaigns, hit in their examples.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import { isClassName } from '../../signature/class-name.ts'
import { exchangeTokens } from '../../signature/exchange-lexer.ts'
import { metadataWords } from '../../signature/parse-metadata.ts'
import { type FileLine, fileLines, lineAt, touches } from './file-lines.ts'
import { isCountedClass, statementTokens } from './statement-tokens.ts'

export interface ClassPlace {
  readonly name: string
  readonly source: SourceText
  readonly span: Span
  /** A statement has it, a campaign counts it, an example hits with it. */
  readonly role: 'has' | 'counts' | 'example'
}

const known = new WeakMap<SourceText, readonly ClassPlace[]>()

/** In the order of the text, also of statements that are not sound. */
export function classPlaces(source: SourceText): readonly ClassPlace[] {
  let places = known.get(source)
  if (places === undefined) {
    places = fileLines(source).flatMap(placesOn)
    known.set(source, places)
  }
  return places
}

export function classAt(source: SourceText, offset: number): ClassPlace | undefined {
  return placesOn(lineAt(source, offset)).find(({ span }) => touches(span, offset))
}

/** Every place of a class. */
export function placesOf(files: readonly SourceText[], name: string): readonly ClassPlace[] {
  return files.flatMap((source) => classPlaces(source).filter((place) => place.name === name))
}

/** All classes, each once, in order. */
export function classNames(files: readonly SourceText[]): readonly string[] {
  const names = files.flatMap((source) => classPlaces(source).map(({ name }) => name))
  return [...new Set(names)].filter(isClassName).sort()
}

function placesOn(line: FileLine): readonly ClassPlace[] {
  switch (line.kind) {
    case 'metadata':
      return givenOn(line)
    case 'example':
      return hitOn(line)
    case 'statement':
      return countedOn(line)
    default:
      return []
  }
}

function givenOn(line: FileLine): readonly ClassPlace[] {
  const { source } = line
  return [...metadataWords(line)].flatMap(({ word, span }) => {
    const [key] = /^(?:class|also)=(?=.)/.exec(word) ?? []
    if (key === undefined) return []
    return [
      {
        name: word.slice(key.length),
        source,
        span: { start: span.start + key.length, end: span.end },
        role: 'has' as const,
      },
    ]
  })
}

function hitOn({ source, span, text }: FileLine): readonly ClassPlace[] {
  if (!text.includes('@') || text.includes('file:')) return []
  const body = text.slice(2)
  return exchangeTokens(body).flatMap(({ kind, text: word, offset }) => {
    if (kind !== 'hit') return []
    const name = word.slice(0, word.indexOf('@'))
    const start = span.start + 2 + offset
    return [{ name, source, span: { start, end: start + name.length }, role: 'example' as const }]
  })
}

function countedOn(line: FileLine): readonly ClassPlace[] {
  if (!line.text.startsWith('count')) return []
  const tokens = statementTokens(line)
  return tokens.flatMap(({ text, span }, i) =>
    isCountedClass(tokens, i) ? [{ name: text, source: line.source, span, role: 'counts' as const }] : [],
  )
}
