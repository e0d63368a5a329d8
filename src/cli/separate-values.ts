// Spellings that getopt takes and yargs does not: `-ieth0`, `-dieth0`, and values that begin with `-`, as the output
// `-` does.

type Options = Readonly<Record<string, object>>

/** An option's letter or a name behind `--`. */
const OPTION = /^-(?:-([a-z][a-z-]*)|([A-Za-z]))$/
/** Cannot be an option. */
const DASH_VALUE = /^-(?![A-Za-z-])/

/** The same command line, with one option an argument, and `=` before values that begin with `-`. */
export function separateValues(args: readonly string[], options: Options): string[] {
  const takers = valueTakers(options)
  const separated = args.flatMap((arg) => separateLetters(arg, takers))
  const result: string[] = []
  for (const arg of separated) {
    const [, name, letter] = OPTION.exec(result.at(-1) ?? '') ?? []
    const isValue = DASH_VALUE.test(arg) && takers.has(name ?? letter ?? '')
    if (isValue) result.push(`${result.pop()}=${arg}`)
    else result.push(arg)
  }
  return result
}

/** `-dieth0` as `-d`, `-i`, `eth0`. */
function separateLetters(arg: string, takers: ReadonlySet<string>): readonly string[] {
  if (!/^-[A-Za-z]./.test(arg)) return [arg]
  const letters = [...arg.slice(1)]
  const taker = letters.findIndex((letter) => takers.has(letter))
  // A value after `=` is understood as it stands.
  if (taker < 0 || taker === letters.length - 1 || letters[taker + 1] === '=') return [arg]
  const value = letters.slice(taker + 1).join('')
  return [...letters.slice(0, taker + 1).map((letter) => `-${letter}`), value]
}

/** Names and letters of the options that take a value. */
function valueTakers(options: Options): ReadonlySet<string> {
  const names = Object.entries(options).flatMap(([name, option]) => {
    const { alias = [], boolean } = option as { alias?: string | readonly string[]; boolean?: boolean }
    return boolean === true ? [] : [name, ...[alias].flat()]
  })
  return new Set(names)
}
