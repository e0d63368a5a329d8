// The keys of `#:` lines and how the value of each is read.

import { FACT_NAMES } from '../model/fact-names.ts'
import { FIGURE_NAMES } from '../model/figures.ts'
import { CLASS_NAME, isClassName } from './class-name.ts'
import { nearestWord } from './nearest-word.ts'
import { quote } from './visible.ts'

/** Lists are those of keys that may be given again. */
export type MetadataValue = number | string | readonly string[]

type Read = { readonly value: MetadataValue } | string

const HIGHEST = 0x7fff_ffff
const MITRE = /^T[0-9]{4}(?:\.[0-9]{3})?$/
const CONFIDENCE = /^(?:0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?)$/
const TOLD = /^[a-z][a-z0-9]*(?:[._][a-z0-9]+)*$/

/** How each key's value is read; a string says what was expected instead. */
const KEYS = {
  sid: (value: string): Read => wholeNumber(value, HIGHEST),
  rev: (value: string): Read => wholeNumber(value, HIGHEST),
  severity: (value: string): Read => wholeNumber(value, 255),
  class: (value: string): Read => (isClassName(value) ? { value } : CLASS_NAME),
  also: (value: string): Read => (isClassName(value) ? { value: [value] } : CLASS_NAME),
  limit: (value: string): Read => wholeNumber(value, HIGHEST),
  confidence: (value: string): Read =>
    CONFIDENCE.test(value) ? { value: Number(value) } : 'a number from 0 to 1, such as `0.9`',
  mitre: (value: string): Read => list(value, MITRE, 'technique ids of ATT&CK, such as `T1110.001`'),
  tell: (value: string): Read =>
    list(value, TOLD, 'names of figures and facts, such as `duration,ssh.client_software`'),
  reference: (value: string): Read =>
    value === '' ? 'an address or a document, such as `RFC4253`' : { value: [value] },
  fp: (value: string): Read => (value === '' ? 'a text, up to the end of the line' : { value }),
} as const

export type MetadataKey = keyof typeof KEYS

/** Its value is the rest of the line. */
export const LINE_KEY = 'fp' satisfies MetadataKey

const REPEATABLE: readonly MetadataKey[] = ['also', 'mitre', 'reference']

export function isMetadataKey(word: string): word is MetadataKey {
  return Object.hasOwn(KEYS, word)
}

/** In the order of the canonical form. */
export const METADATA_ORDER: readonly MetadataKey[] = [
  'sid',
  'rev',
  'class',
  'also',
  'severity',
  'limit',
  'mitre',
  'confidence',
  'tell',
  'reference',
  LINE_KEY,
]

export function isRepeatable(key: MetadataKey): boolean {
  return REPEATABLE.includes(key)
}

/** The value, or what was expected instead. */
export function readMetadata(key: MetadataKey, text: string): Read {
  return KEYS[key](text)
}

/** What `tell` may name. */
const TELLABLE: readonly string[] = [...FIGURE_NAMES, ...FACT_NAMES]

/** What is wrong with a name in `tell`; undefined when it tells something. */
export function untold(name: string): string | undefined {
  if (TELLABLE.includes(name)) return undefined
  const nearest = nearestWord(name, TELLABLE)
  const guess = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  return `${quote(name)} is neither a figure nor a fact: alerts are without it${guess}`
}

export function unknownKey(key: string): string {
  const keys = Object.keys(KEYS)
  const nearest = nearestWord(key, keys)
  const guess = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  return `${quote(key)} is not a key (\`${keys.join('`, `')}\`): ignored${guess}`
}

function wholeNumber(value: string, highest: number): Read {
  const number = /^[0-9]{1,10}$/.test(value) ? Number(value) : 0
  return number >= 1 && number <= highest ? { value: number } : `a number from 1 to ${highest}`
}

function list(value: string, pattern: RegExp, expected: string): Read {
  const words = value.split(',')
  return words.every((word) => pattern.test(word)) ? { value: words } : expected
}
