// What the explainers of malformed statements share: the author's word at a place, and how to point at it.

import type { Code } from './codes.ts'
import type { StatementPart } from './statement-lexer.ts'
import { quote } from './visible.ts'

export interface SyntaxFailure {
  /** The statement. */
  readonly text: string
  /** Offset of the first token that does not fit; the length of the text when more was expected. */
  readonly at: number
  /** Token types and marks that would have fitted. */
  readonly expected: ReadonlySet<string>
  /** Where in the statement that is. */
  readonly part: StatementPart
}

/** Offsets are in the statement. */
export interface SyntaxProblem {
  readonly code: Code
  readonly message: string
  readonly start: number
  readonly end: number
}

export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

const INNER = /[^\s+<=>:()|]/

/** The author's word around an offset: up to white space or a mark, or the mark itself. */
export function wordAt(text: string, at: number): Word {
  let start = at
  let end = at
  while (INNER.test(text[end] ?? ' ')) end++
  if (end === at) end = Math.min(at + 1, text.length)
  else while (start > 0 && INNER.test(text[start - 1] ?? ' ')) start--
  return { text: text.slice(start, end), start, end }
}

export function found(word: Word): string {
  return word.text === '' ? 'the end of the line' : quote(word.text)
}

export function problem(code: Code, message: string, word: Omit<Word, 'text'>): SyntaxProblem {
  return { code, message, start: word.start, end: word.end }
}

/** Begins like a word of a description, not like a part of a statement. */
export function isProse(word: Word): boolean {
  return /^\p{L}{2}/u.test(word.text)
}

export function commentProblem(text: string, at: number): SyntaxProblem | undefined {
  if (text[at] !== '#') return undefined
  const message = 'a comment needs a line of its own: write it above the statement'
  return { code: 'S016', message, start: at, end: text.length }
}

/** Offset of the last `(` that is not closed before `at`; -1 when there is none. */
export function openParenthesis(text: string, at: number): number {
  const open: number[] = []
  for (let i = 0; i < at; i++) {
    if (text[i] === '(') open.push(i)
    else if (text[i] === ')') open.pop()
  }
  return open.at(-1) ?? -1
}

export function unclosedProblem(open: number, word: Word): SyntaxProblem {
  const message = `this parenthesis is not closed: expected \`)\`, found ${found(word)}`
  return problem('S045', message, { start: open, end: open + 1 })
}

export function guessOf(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
}
