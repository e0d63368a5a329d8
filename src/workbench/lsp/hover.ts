// What stands at a place of a signature file, in words, as Markdown.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import { isMetadataKey } from '../../signature/metadata-keys.ts'
import { metadataWords } from '../../signature/parse-metadata.ts'
import { classAt } from './class-places.ts'
import { explainClass } from './explain-class.ts'
import { explainExample } from './explain-example.ts'
import { explainStatementToken, figureMeaning } from './explain-token.ts'
import { type FileLine, lineAt, touches } from './file-lines.ts'
import { FACTS, METADATA } from './meanings.ts'

export interface Hover {
  readonly span: Span
  /** Lines of Markdown. */
  readonly lines: readonly string[]
}

/** @param files - those that are loaded with it, itself among them */
export function hoverAt(files: readonly SourceText[], source: SourceText, offset: number): Hover | undefined {
  const named = classAt(source, offset)
  if (named !== undefined) return { span: named.span, lines: explainClass(files, named.name) }
  const line = lineAt(source, offset)
  switch (line.kind) {
    case 'statement':
      return explainStatementToken(line, offset)
    case 'example':
      return explainExample(files, line, offset)
    case 'metadata':
      return explainMetadata(line, offset)
    default:
      return undefined
  }
}

function explainMetadata(line: FileLine, offset: number): Hover | undefined {
  const word = [...metadataWords(line)].find(({ span }) => touches(span, offset))
  const equals = word?.word.indexOf('=') ?? -1
  if (word === undefined || equals < 0) return undefined
  const key = word.word.slice(0, equals)
  if (!isMetadataKey(key)) return undefined
  const start = word.span.start + equals + 1
  const about = { span: word.span, lines: [`**\`${key}\`**: ${METADATA[key]}.`] }
  if (offset < start) return about
  const listed = listedAt(line.source, { start, end: word.span.end }, offset)
  const text = line.source.text.slice(listed.start, listed.end)
  if (key === 'tell') return told(text, listed)
  if (key === 'mitre' && /^T[0-9.]+$/.test(text)) {
    const address = `https://attack.mitre.org/techniques/${text.replace('.', '/')}/`
    return { span: listed, lines: [`MITRE ATT&CK technique [${text}](${address}).`] }
  }
  return about
}

/** The word between commas. */
function listedAt({ text }: SourceText, { start, end }: Span, offset: number): Span {
  const before = text.slice(start, offset).lastIndexOf(',')
  const behind = text.slice(offset, end).indexOf(',')
  return { start: start + before + 1, end: behind < 0 ? end : offset + behind }
}

function told(name: string, span: Span): Hover | undefined {
  const meaning = FACTS.get(name) ?? figureMeaning(name)
  return meaning === undefined ? undefined : { span, lines: [`**\`${name}\`**: ${meaning}.`] }
}
