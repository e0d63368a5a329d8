// Turns what zod has against values into sentences: `found X, expected Y`. The Y are the messages of the schemas.

import type { z } from 'zod'
import { nearestWord } from '../../signature/nearest-word.ts'
import { quote } from '../../signature/visible.ts'

export interface Finding {
  /** Keys and indexes down to the value, or to the unknown key. */
  readonly path: readonly PropertyKey[]
  /** About the key at the path's end, not about its value. */
  readonly isKey: boolean
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** More words than these are not listed. */
const MOST_WORDS = 10
const LOOKS_OTHER = /^(?:true|false|[-+]?[0-9.]+)$/

/** One finding at most of each value; the schema must have been run with `reportInput`. */
export function explainIssues(issues: readonly Issue[]): readonly Finding[] {
  const findings = new Map<string, Finding>()
  for (const finding of explainAll(issues, [])) {
    const place = finding.path.map(String).join('\0')
    if (!findings.has(place)) findings.set(place, finding)
  }
  return [...findings.values()]
}

function explainAll(issues: readonly Issue[], above: readonly PropertyKey[]): readonly Finding[] {
  // What a map lacks is not to be told while a key of it is misspelt.
  const misspelt = issues
    .filter(({ code }) => code === 'unrecognized_keys')
    .map(({ path }) => path.join('\0'))
  return issues
    .filter(({ code, path }) => code !== 'custom' || !misspelt.includes(path.join('\0')))
    .flatMap((issue) => explain(issue, above))
}

function explain(issue: Issue, above: readonly PropertyKey[]): readonly Finding[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      isKey: true,
      message: unknownKey(key, issue.message),
    }))
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.find((issues) => issues.every((inner) => !isOtherKind(inner)))
    if (branch !== undefined) return explainAll(branch, path)
    // Of a map whose `type` tells what else it holds.
    if (issue.discriminator !== undefined && 'options' in issue) {
      const kind = (issue.input as Readonly<Record<string, unknown>>)[issue.discriminator]
      return [{ path, isKey: false, message: wrongWord(kind, issue.options?.map(String) ?? [], path) }]
    }
  }
  return [{ path, isKey: false, message: describe(issue) }]
}

/** The value is of another kind than a branch of a union takes: a text where it takes a map. */
function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
}

function describe(issue: Issue): string {
  if (issue.code === 'custom' && Object.hasOwn(issue.params ?? {}, 'isWhole')) return issue.message
  if (issue.code === 'invalid_value') return wrongWord(issue.input, issue.values.map(String), issue.path)
  const found = describeValue(issue.input, issue.path, issue.code === 'invalid_type')
  return `found ${found}, expected ${issue.message}`
}

function wrongWord(value: unknown, words: readonly string[], path: readonly PropertyKey[]): string {
  const nearest = typeof value === 'string' ? nearestWord(value, words) : undefined
  return `found ${describeValue(value, path, false)}, expected ${listWords(words)}${guess(nearest)}`
}

function guess(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
}

/** Of many words the first and the last. */
function listWords(words: readonly string[]): string {
  const quoted = words.map(quote)
  const isShort = words.length <= MOST_WORDS
  return isShort ? quoted.join(', ') : `${quoted.slice(0, 3).join(', ')}, … ${quoted.at(-1)}`
}

/** @param known - the keys that there are, with spaces between */
function unknownKey(key: string, known: string): string {
  const keys = known.split(' ')
  const expected = keys.length > MOST_WORDS ? 'a setting' : listWords(keys)
  return `found the unknown key ${quote(key)}, expected ${expected}${guess(nearestWord(key, keys))}`
}

/** @param isOtherType - texts that look like something else are to be told apart from that */
function describeValue(value: unknown, path: readonly PropertyKey[], isOtherType: boolean): string {
  const key = path.at(-1)
  if (value === undefined && typeof key === 'string') return `no ${quote(key)}`
  if (value === undefined || value === null || value === '') return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (Number.isNaN(value)) return 'no number'
  if (isOtherType && typeof value === 'string' && LOOKS_OTHER.test(value))
    return `the text ${quote(`"${value}"`)}`
  return quote(String(value))
}
