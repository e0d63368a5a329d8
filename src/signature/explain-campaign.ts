// Why a statement that counts hits is malformed: which of its parts is missing.

import type { Code } from './codes.ts'
import { found, problem, type SyntaxFailure, type SyntaxProblem, type Word } from './syntax-problem.ts'

/** Keywords and token types, and what they begin. */
const PARTS: readonly (readonly [expected: string, code: Code, part: string])[] = [
  ['where', 'S048', '`where` and a condition, such as `where hits >= 10`'],
  ['quantity', 'S050', 'a time, such as `30m`'],
  ['within', 'S050', '`within` and a time, such as `within 30m`'],
  ['then', 'S050', '`by client`, `by server` or `by pair`'],
  ['by', 'S050', '`by client`, `by server` or `by pair`'],
]

export function explainCampaign({ text, at, expected }: SyntaxFailure, word: Word): SyntaxProblem {
  const part = PARTS.find(([name]) => expected.has(name))
  if (part !== undefined) return problem(part[1], `expected ${part[2]}, found ${found(word)}`, word)
  const what = /by$/.test(text.slice(0, at).trimEnd())
    ? '`client`, `server` or `pair`'
    : 'the class of hits to count, such as `ssh.auth.failure`'
  return problem('S050', `expected ${what}, found ${found(word)}`, word)
}
