// Options of the check and fmt commands: one table each for parsing, help and completion.

export interface CheckArguments {
  readonly files: readonly string[]
  readonly format: string
  readonly fix: boolean
  readonly overlaps: boolean
  readonly rules: string | undefined
  /** `S106=off` */
  readonly severity: readonly string[]
  readonly maxSeverity: string
}

export interface FmtArguments {
  readonly files: readonly string[]
  readonly check: boolean
  readonly stdout: boolean
  readonly format: string
}

export const CHECK_OPTIONS = {
  format: { choices: ['text', 'json'], default: 'text', describe: 'Text with carets, or one JSON document' },
  fix: { boolean: true, describe: 'Rewrite the files with the fixes of diagnostics that have one' },
  overlaps: {
    boolean: true,
    describe: 'Also what overlaps, and what is shadowed by a statement of another class',
  },
  rules: {
    string: true,
    requiresArg: true,
    describe: 'House rules for all files, instead of the gait.check.yaml beside each',
  },
  severity: {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'What a code counts as: S106=off, hint, warning or error (repeatable)',
  },
  'max-severity': {
    choices: ['none', 'hint', 'warning', 'error'],
    default: 'hint',
    describe: 'Exit 1 when anything is graver than that',
  },
  strict: { boolean: true, describe: 'Hints count, too: --max-severity none' },
} as const

export const CHECK_EXAMPLES = [
  ['$0 check', 'the shipped signatures'],
  ['$0 check mine.sig team/', 'your own, with the house rules beside them'],
  ['$0 check - < mine.sig', 'standard input'],
  ['$0 check --fix mine.sig', 'mend what can be mended'],
  ['$0 check --overlaps --format json team/', 'all overlaps, for another program'],
] as const

export const FMT_OPTIONS = {
  check: { boolean: true, describe: 'Rewrite nothing; exit 1 and name the files that would change' },
  stdout: { boolean: true, describe: 'Print the canonical form instead of rewriting the file' },
  format: { choices: ['text', 'json'], default: 'text', describe: 'How results are told' },
} as const

export const FMT_EXAMPLES = [
  ['$0 fmt mine.sig team/', 'bring files into canonical form'],
  ['$0 fmt --check team/', 'for CI: is everything in canonical form?'],
  ['$0 fmt - < mine.sig', 'standard input to standard output'],
] as const

type Parsed = Readonly<Record<string, unknown>>

export function readCheckArguments(parsed: Parsed): CheckArguments {
  return {
    files: textsOf(parsed, 'files'),
    format: textOf(parsed, 'format') ?? CHECK_OPTIONS.format.default,
    fix: isOn(parsed, 'fix'),
    overlaps: isOn(parsed, 'overlaps'),
    rules: textOf(parsed, 'rules'),
    severity: textsOf(parsed, 'severity'),
    maxSeverity: isOn(parsed, 'strict') ? 'none' : (textOf(parsed, 'max-severity') ?? 'hint'),
  }
}

export function readFmtArguments(parsed: Parsed): FmtArguments {
  return {
    files: textsOf(parsed, 'files'),
    check: isOn(parsed, 'check'),
    stdout: isOn(parsed, 'stdout'),
    format: textOf(parsed, 'format') ?? FMT_OPTIONS.format.default,
  }
}

function textsOf(parsed: Parsed, name: string): readonly string[] {
  const values = parsed[name]
  return Array.isArray(values) ? values.map(String) : []
}

function textOf(parsed: Parsed, name: string): string | undefined {
  return parsed[name] === undefined ? undefined : String(parsed[name])
}

function isOn(parsed: Parsed, name: string): boolean {
  return parsed[name] === true
}
