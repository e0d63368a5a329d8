// House rules: what a team wants of its own signatures, from `gait.check.yaml` beside them. Mistakes in it are told
// all together; a rule that is misspelled must not pass for one that is kept.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { Severity } from '../../model/diagnostic.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { CODES } from '../../signature/codes.ts'
import { METADATA_ORDER, type MetadataKey } from '../../signature/metadata-keys.ts'
import { CHECK_CODES } from './check-codes.ts'

export const RULES_FILE = 'gait.check.yaml'

/** Inclusive. */
export interface NumberRange {
  readonly low: number
  readonly high: number
}

/** What a code's diagnostics count as; `off`: they are left out. */
export type SeverityChoice = Severity | 'off'
export type SeverityChoices = ReadonlyMap<string, SeverityChoice>

export interface HouseRules {
  /** Keys that every statement has. */
  readonly require: readonly MetadataKey[]
  /** Classes that there are: `ssh.auth.failure`, `ssh.*`; undefined: any. */
  readonly classes: readonly string[] | undefined
  /** Ranges that signature ids are from; undefined: any. */
  readonly sids: readonly NumberRange[] | undefined
  /** Severities by class; the first that fits counts. */
  readonly severities: readonly { readonly classes: string; readonly range: NumberRange }[]
  /** What descriptions look like. */
  readonly description: RegExp | undefined
  /** Sets of classes of which no exchange has two. */
  readonly exclusive: readonly (readonly string[])[]
  readonly codes: SeverityChoices
}

export const NO_RULES: HouseRules = {
  require: [],
  classes: undefined,
  sids: undefined,
  severities: [],
  description: undefined,
  exclusive: [],
  codes: new Map(),
}

const range = z
  .union([
    z.number().int().nonnegative(),
    z.string().regex(/^[0-9]{1,10}-[0-9]{1,10}$/, 'a number, or two such as 1-3'),
  ])
  .transform((text): NumberRange => {
    const [low = 0, high = low] = String(text).split('-').map(Number)
    return { low, high }
  })
  .refine(({ low, high }) => low <= high, 'the lower number comes first')

const severity = range.refine(({ low, high }) => 1 <= low && high <= 255, 'severities are from 1 to 255')

const classes = z
  .string()
  .regex(/^(?:\*|[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*(?:\.\*)?)$/, 'a class, or `ssh.*`')
const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one.transform((value) => [value]), z.array(one)])

const schema = z.strictObject({
  require: z.array(z.enum(METADATA_ORDER)).default([]),
  classes: z.array(classes).optional(),
  sids: oneOrMore(range).optional(),
  severities: z.record(classes, severity).default({}),
  description: z.string().optional(),
  exclusive: z.array(z.array(classes).min(2)).default([]),
  codes: z.record(z.string(), z.enum(['off', 'hint', 'warning', 'error'])).default({}),
})

/** The rules that lie beside a signature file; NO_RULES when there are none. */
export function rulesBeside(path: string): HouseRules {
  const file = join(dirname(path), RULES_FILE)
  return existsSync(file) ? readRules(file) : NO_RULES
}

/** @throws OperatorError `input` when the file cannot be read, or is no set of rules */
export function readRules(file: string): HouseRules {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new OperatorError('input', `cannot read house rules from ${file}: ${reason}`, undefined, { cause })
  }
  return parseRules(text, file)
}

/** @param name - of the file, for messages */
export function parseRules(text: string, name: string): HouseRules {
  const document = parseDocument(text)
  const problems = document.errors.map(({ message }) => message.split('\n')[0] ?? '')
  if (problems.length > 0) throw refusal(name, problems)
  const read = schema.safeParse(document.toJS() ?? {})
  if (!read.success)
    throw refusal(
      name,
      read.error.issues.map(({ path, message }) =>
        path.length === 0 ? message : `${path.join('.')}: ${message}`,
      ),
    )
  const { description, severities, ...rules } = read.data
  return {
    ...rules,
    sids: rules.sids,
    classes: rules.classes,
    severities: Object.entries(severities).map(([names, within]) => ({ classes: names, range: within })),
    description: description === undefined ? undefined : patternOf(description, name),
    codes: readSeverities(Object.entries(rules.codes), name),
  }
}

/**
 * What is to be made of codes' diagnostics.
 *
 * @param name - of the file, or the option: mistakes in an option are of usage
 * @throws OperatorError for a code that there is not, or an error: it leaves its statement out, whatever it
 * is called
 */
export function readSeverities(
  entries: readonly (readonly [string, string])[],
  name: string,
): SeverityChoices {
  const known: Readonly<Record<string, { readonly severity: Severity }>> = { ...CODES, ...CHECK_CODES }
  const problems: string[] = []
  const choices = new Map<string, SeverityChoice>()
  for (const [code, choice] of entries) {
    if (!Object.hasOwn(known, code)) problems.push(`there is no diagnostic ${code}`)
    else if (known[code]?.severity === 'error') problems.push(`${code} is an error, and stays one`)
    else if (!isChoice(choice))
      problems.push(
        `${code}: expected off, hint, warning or error, found ${choice === '' ? 'nothing' : choice}`,
      )
    else choices.set(code, choice)
  }
  if (problems.length > 0 && name.startsWith('--'))
    throw new OperatorError('usage', `${name}: ${problems.join('\n  ')}`, 'for example --severity S106=off')
  if (problems.length > 0) throw refusal(name, problems)
  return choices
}

/** True when a class is one of those that a pattern such as `ssh.*` names. */
export function isOfClass(name: string, pattern: string): boolean {
  if (pattern === '*' || name === pattern) return true
  return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1))
}

export function isWithin(value: number, { low, high }: NumberRange): boolean {
  return low <= value && value <= high
}

function isChoice(text: string): text is SeverityChoice {
  return text === 'off' || text === 'hint' || text === 'warning' || text === 'error'
}

function patternOf(text: string, name: string): RegExp {
  try {
    return new RegExp(text, 'u')
  } catch {
    throw refusal(name, [`description: ${text} is no regular expression`])
  }
}

function refusal(name: string, problems: readonly string[]): OperatorError {
  return new OperatorError(
    'input',
    `${name}: ${problems.join('\n  ')}`,
    'docs/checking.md has all house rules',
  )
}
