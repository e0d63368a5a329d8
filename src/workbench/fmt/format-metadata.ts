// The canonical form of the `#:` lines above one statement: each key once, in one order, on as few lines as 120
// columns allow. Words that are no `key=value`, which are taken as comments, become comments.

import {
  isMetadataKey,
  LINE_KEY,
  METADATA_ORDER,
  type MetadataKey,
  readMetadata,
} from '../../signature/metadata-keys.ts'
import { metadataWords } from '../../signature/parse-metadata.ts'
import type { SourceLine } from '../../signature/source-lines.ts'

export interface MetadataLines {
  /** `#:` lines; none when nothing is said. */
  readonly lines: readonly string[]
  /** What was no metadata, as comment lines. */
  readonly comments: readonly string[]
}

const COLUMNS = 120
/** Keys that are given again for each of their values; the others join them by commas. */
const SEPARATE: readonly MetadataKey[] = ['also', 'reference']

/** @param lines - the `#:` lines above one statement, free of errors */
export function formatMetadata(lines: readonly SourceLine[]): MetadataLines {
  const given = new Map<MetadataKey, string[]>()
  const unknown: string[] = []
  const comments: string[] = []
  for (const line of lines) {
    for (const { word, span } of metadataWords(line)) {
      const equals = word.indexOf('=')
      if (equals < 0) {
        comments.push(`# ${line.source.text.slice(span.start, line.span.end).trimEnd()}`)
        break
      }
      const key = word.slice(0, equals)
      if (isMetadataKey(key)) collect(given, key, word.slice(equals + 1).trim())
      else unknown.push(word)
    }
  }
  return { lines: wrap([...wordsOf(given, unknown)]), comments }
}

function collect(given: Map<MetadataKey, string[]>, key: MetadataKey, text: string): void {
  const read = readMetadata(key, text)
  const value = typeof read === 'string' ? text : read.value
  const known = given.get(key) ?? []
  for (const one of typeof value === 'object' ? value : [formatValue(key, value, text)])
    if (!known.includes(one)) known.push(one)
  given.set(key, known)
}

/** Small fractions keep their spelling: JavaScript would write `1e-9`. */
function formatValue(key: MetadataKey, value: string | number, text: string): string {
  if (typeof value === 'string') return value
  return key === 'confidence'
    ? text.replace(/\.?0+$/, (zeros) => (text.includes('.') ? '' : zeros))
    : String(value)
}

function* wordsOf(given: ReadonlyMap<MetadataKey, readonly string[]>, unknown: readonly string[]) {
  for (const key of METADATA_ORDER) {
    if (key === LINE_KEY) yield* unknown
    const values = given.get(key)
    if (values === undefined) continue
    if (SEPARATE.includes(key)) for (const value of values) yield `${key}=${value}`
    else yield `${key}=${values.join(',')}`
  }
}

function wrap(words: readonly string[]): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > COLUMNS) {
      lines.push(line)
      line = ''
    }
    line = `${line === '' ? '#:' : line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
