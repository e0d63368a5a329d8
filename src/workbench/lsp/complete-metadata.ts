// What could be written next in metadata.

import { isMetadataKey, isRepeatable, LINE_KEY, METADATA_ORDER } from '../../signature/metadata-keys.ts'
import { metadataWords } from '../../signature/parse-metadata.ts'
import { createSidSource } from '../check/sid-source.ts'
import {
  type Choice,
  type Choices,
  type CompletionContext,
  choicesBehind,
  classChoices,
  figureChoices,
} from './choices.ts'
import { fileLines, parsedOf } from './file-lines.ts'
import { FACTS, METADATA } from './meanings.ts'

export function completeMetadata(context: CompletionContext): Choices | undefined {
  const { before } = context
  if (new RegExp(`\\s${LINE_KEY}=`).test(before)) return undefined
  const value = (key: string, choices: () => readonly Choice[]) =>
    choicesBehind(before, new RegExp(`(?:^#:|\\s)${key}=(?:[^\\s,]*,)*([^\\s,]*)$`), choices)
  return (
    value('(?:class|also)', () => classChoices(context)) ??
    value('tell', () => [...FACT_CHOICES, ...figureChoices('messages')]) ??
    value('mitre', () => mitreChoices(context)) ??
    value('severity', () => SEVERITIES) ??
    value('sid', () => sidChoices(context)) ??
    choicesBehind(before, /(?:^#:|\s)([a-z]*)$/, () => keyChoices(context))
  )
}

const FACT_CHOICES: readonly Choice[] = [...FACTS].map(([text, detail]) => ({ kind: 'figure', text, detail }))

const SEVERITIES: readonly Choice[] = [
  { kind: 'value', text: '1', detail: 'grave' },
  { kind: 'value', text: '2', detail: 'less grave' },
  { kind: 'value', text: '3', detail: 'as without it' },
]

/** Keys that the statement has not yet, or may have again. */
function keyChoices({ line, span }: CompletionContext): readonly Choice[] {
  const given = new Set<string>()
  for (const other of linesBeside(line.source, line.number)) {
    if (other.kind !== 'metadata') continue
    for (const { word, span: place } of metadataWords(other)) {
      const key = word.slice(0, word.indexOf('='))
      if (isMetadataKey(key) && !isRepeatable(key) && place.end !== span.end) given.add(key)
    }
  }
  return METADATA_ORDER.filter((key) => !given.has(key)).map((key) => ({
    kind: 'property',
    text: `${key}=`,
    detail: METADATA[key],
  }))
}

/** The comment lines around one, itself among them. */
function linesBeside(source: CompletionContext['line']['source'], number: number) {
  const lines = fileLines(source)
  const at = lines.findIndex((line) => line.number === number)
  const isBeside = (index: number, neighbour: number) => {
    const line = lines[index]
    return (
      line !== undefined &&
      line.kind !== 'statement' &&
      Math.abs(line.number - (lines[neighbour]?.number ?? 0)) === 1
    )
  }
  let first = at
  while (isBeside(first - 1, first)) first--
  let last = at
  while (isBeside(last + 1, last)) last++
  return lines.slice(Math.max(first, 0), last + 1)
}

function mitreChoices({ files }: CompletionContext): readonly Choice[] {
  const ids = files.flatMap((source) =>
    parsedOf(source).statements.flatMap(({ metadata }) => metadata.details.mitre),
  )
  return [...new Set(ids)].sort().map((text) => ({ kind: 'value', text, detail: 'used here' }))
}

/** The next id that nobody has. */
function sidChoices({ files }: CompletionContext): readonly Choice[] {
  const sid = createSidSource(files.flatMap((source) => parsedOf(source).statements)).next(undefined)
  return sid === undefined ? [] : [{ kind: 'value', text: String(sid), detail: 'the next id that is free' }]
}
