// Why what stands behind `where` is no condition.

import {
  found,
  isProse,
  openParenthesis,
  problem,
  type SyntaxFailure,
  type SyntaxProblem,
  unclosedProblem,
  type Word,
} from './syntax-problem.ts'

const EXAMPLE = 'such as `s.bytes > 1M`'
/** What other languages write, and what it is here. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:&|AND\b)/, 'both conditions are joined by `and`'],
  [/^(?:\||OR\b)/, 'one of two conditions is asked for by `or`'],
  [/^(?:!|NOT\b)/, 'a condition is turned round by `not`'],
]

export function explainCondition({ text, at, expected }: SyntaxFailure, word: Word): SyntaxProblem {
  const rest = text.slice(at)
  const isEnd = /^(?:$|:)/.test(rest)
  const open = openParenthesis(text, at)
  if (isEnd && /where$/.test(text.slice(0, at).trimEnd()))
    return problem('S048', `expected a condition after \`where\`, ${EXAMPLE}, found ${found(word)}`, word)
  if (isEnd && open >= 0) return unclosedProblem(open, word)
  if (rest === '' && expected.has('description'))
    return problem('S008', 'expected `:` and a description, found the end of the line', word)
  if (rest.startsWith(')') && open < 0)
    return problem('S045', '`)` closes nothing: expected `(` before it', word)
  const spelling = SPELLINGS.find(([pattern]) => pattern.test(rest))
  if (spelling !== undefined) return problem('S048', spelling[1], word)
  return expectedProblem(text, rest, expected, word)
}

function expectedProblem(
  text: string,
  rest: string,
  expected: ReadonlySet<string>,
  word: Word,
): SyntaxProblem {
  if (expected.has('quantity')) {
    const what = rest.startsWith('=') ? ': two things are equal by one `=`, unequal by `!=`' : ''
    return problem('S048', `expected a figure or a number, found ${found(word)}${what}`, word)
  }
  if (expected.has('comparison'))
    return problem('S048', `expected a comparison, ${EXAMPLE}, found ${found(word)}`, word)
  if (/^[<=>!]/.test(rest))
    return problem('S048', 'a comparison has two sides: join another one by `and`', word)
  if (expected.has('description') && isProse(word) && !text.includes(':', word.end))
    return problem('S008', `expected \`:\` before the description, found ${found(word)}`, word)
  return problem('S048', `expected \`and\`, \`or\` or \`:\`, found ${found(word)}`, word)
}
