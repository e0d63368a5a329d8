// A bare `-` is a name: standard input, or output. yargs loses it among positionals, or makes it `true`, so that it is
// given another word to read, which no command line can hold, and the hyphen is put back into what it read.

const STAND_IN = '\0-'
const COMPLETION = '--get-yargs-completions'

/** For yargs: the same words, none of them a bare `-`. Where a word is to be completed, it stays. */
export function hideHyphens(args: readonly string[]): string[] {
  return args.includes(COMPLETION) ? [...args] : args.map((arg) => (arg === '-' ? STAND_IN : arg))
}

/** In a message of yargs. */
export function showHyphens(text: string): string {
  return text.replaceAll(STAND_IN, '-')
}

/** Puts the hyphens back into all values that yargs has read. */
export function restoreHyphens(parsed: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(parsed)) parsed[name] = restored(value)
}

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored)
  return value === STAND_IN ? '-' : value
}
