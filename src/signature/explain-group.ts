// Why a group in parentheses is malformed.

import {
  found,
  openParenthesis,
  problem,
  type SyntaxFailure,
  type SyntaxProblem,
  unclosedProblem,
  type Word,
} from './syntax-problem.ts'

/** What cannot stand within a group. */
const BEHIND_GROUP = /^(?:$|[<=>:]|where(?![A-Za-z0-9_]))/

/** undefined when something else is wrong. */
export function explainGroup({ text, at }: SyntaxFailure, word: Word): SyntaxProblem | undefined {
  const rest = text.slice(at)
  const open = openParenthesis(text, at)
  if (open >= 0 && BEHIND_GROUP.test(rest)) return unclosedProblem(open, word)
  if (!/^[)|]/.test(rest)) return undefined
  if (open < 0) {
    const message = rest.startsWith('|')
      ? '`|` separates the alternatives of a group: write it between `(` and `)`'
      : '`)` closes nothing: expected `(` before it'
    return problem('S045', message, word)
  }
  const message = `an alternative has at least one packet, such as \`c12\`, found ${found(word)}`
  return problem('S044', message, word)
}
