// Cuts one statement into the tokens of grammar/signature.ne. White space may stand between any two tokens and is
// needed only around words and times. It never fails: text that is no token becomes one `error` token, up to the
// end of the line.

import type { Lexer } from 'nearley'
import { moo } from './parser-packages.ts'

export interface StatementToken {
  /** One of the token types below; undefined never comes. */
  readonly type?: string | undefined
  readonly value: string
  readonly text: string
  /** UTF-16 offset in the statement. */
  readonly offset: number
}

/** Parts of a statement have tokens of their own: `2s` is a number in a condition, `c2` a packet in a pattern. */
export type StatementPart = 'pattern' | 'condition' | 'campaign'

const SPACE = /[^\S\r\n]+/
const DESCRIPTION = /:[^\r\n]*/
const END_OF_WORD = '(?![A-Za-z0-9_])'
/** Behind this goes the name of a class on: `by` is a keyword, `by.hand` a class. */
const END_OF_CLASS = '(?![A-Za-z0-9_.-])'
/** Whether the unit is one is found out later. */
const TIME = `[0-9]+(?:\\.[0-9]+)?[A-Za-z]*${END_OF_WORD}`
/** `c@3+16`, but not where a pause follows: `c@3+16s..20s`. */
const OFFSET = '[+-][0-9]+(?![0-9]|(?:\\.[0-9]+)?[A-Za-z]*\\.\\.)'
const SIZES = [
  '\\*',
  `@[0-9]+(?:${OFFSET})?(?:/[0-9]+)?`,
  '[0-9]+(?:/[0-9]+|\\.\\.[0-9]+)?',
  ':[A-Z][A-Za-z0-9_]*',
  ':ssh\\(\\s*[0-9]+\\s*(?:\\.\\.\\s*[0-9]+\\s*)?\\)',
]

const WHERE = { match: new RegExp(`where${END_OF_WORD}`), next: 'condition' }
const QUANTITY = new RegExp(`[0-9]+(?:\\.[0-9]+)?(?:%|[A-Za-z]*${END_OF_WORD})`)

const TOKENS = {
  pattern: {
    space: SPACE,
    protocol: /(?:tcp|udp|icmp|ssh)(?![A-Za-z0-9])/,
    count: { match: new RegExp(`count${END_OF_WORD}`), next: 'campaign' },
    where: WHERE,
    phase: new RegExp(`<(?:newkeys|auth|session|channel)${END_OF_WORD}`),
    span: new RegExp(`(?:${TIME}\\.\\.(?:${TIME}|(?![0-9.]))|\\.\\.${TIME})(?:-rtt${END_OF_WORD})?`),
    repeat: /\?|\{\s*(?:[0-9]+\s*(?:,\s*[0-9]*\s*)?|,\s*[0-9]+\s*)\}/,
    number: /[0-9]+/,
    packet: new RegExp(`[cs](?:${SIZES.join('|')})|any${END_OF_WORD}`),
    mark: ['*', '=', '<', '>', '+?', '+', '(', ')', '|', ',', '-'],
    description: DESCRIPTION,
    error: moo.error,
  },
  condition: {
    space: SPACE,
    connective: new RegExp(`(?:and|or|not)${END_OF_WORD}`),
    figure: /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/,
    quantity: QUANTITY,
    comparison: ['<=', '>=', '!=', '<', '>', '='],
    mark: ['+', '-', '*', '/', '(', ')'],
    description: DESCRIPTION,
    error: moo.error,
  },
  campaign: {
    space: SPACE,
    where: { match: new RegExp(`where${END_OF_CLASS}`), next: 'condition' },
    connective: new RegExp(`(?:then|by|within)${END_OF_CLASS}`),
    word: /[A-Za-z][A-Za-z0-9_.-]*/,
    quantity: QUANTITY,
    description: DESCRIPTION,
    error: moo.error,
  },
}

class StatementLexer implements Lexer {
  readonly #tokens = moo.states(TOKENS, 'pattern')
  #part: StatementPart = 'pattern'

  /** The part that the last token was taken for. */
  get part(): StatementPart {
    return this.#part
  }

  reset(text: string): void {
    this.#tokens.reset(text)
  }

  next(): StatementToken | undefined {
    this.#part = this.#tokens.save().state as StatementPart
    let token = this.#tokens.next()
    while (token?.type === 'space') token = this.#tokens.next()
    return token
  }

  /** A statement is fed in one piece: there is nothing to keep. */
  save(): Record<string, never> {
    return {}
  }

  formatError(_token: unknown, message = 'syntax error'): string {
    return message
  }

  has(type: string): boolean {
    return Object.values(TOKENS).some((tokens) => type in tokens)
  }
}

/** The one lexer of the one grammar; reset it for each statement. */
export const statementLexer = new StatementLexer()
