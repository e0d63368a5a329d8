// One token of an example, in words.

import type { SourceText, Span } from '../../model/diagnostic.ts'
import type { MessageName } from '../../model/messages.ts'
import { Direction } from '../../model/program.ts'
import { type ExchangeToken, exchangeTokens } from '../../signature/exchange-lexer.ts'
import { lengthsOf } from '../usual-lengths.ts'
import { explainStatement } from './explain-class.ts'
import { explainMessage } from './explain-element.ts'
import { figureMeaning } from './explain-token.ts'
import { exchangeKindOf, type FileLine, parsedOf, statementBelow } from './file-lines.ts'
import { MESSAGE_MEANINGS } from './meanings.ts'
import { sidAt } from './references.ts'
import { count } from './wire-sizes.ts'

interface Explained {
  readonly span: Span
  /** Lines of Markdown. */
  readonly lines: readonly string[]
}

const MARKS: ReadonlyMap<string, string> = new Map([
  ['<', "the flow's start was seen"],
  ['>', "the flow's end was seen"],
  ['(', 'a group: repeated, or paused before, as one'],
  [')', 'a group: repeated, or paused before, as one'],
])

/** undefined where there is nothing to tell. */
export function explainExample(
  files: readonly SourceText[],
  line: FileLine,
  offset: number,
): Explained | undefined {
  const { text, span } = line
  const head = /^#([+-])(?:\s+([0-9]+)x(?=\s))?/.exec(text)
  if (head !== null && offset <= span.start + head[0].length)
    return { span: { start: span.start, end: span.start + head[0].length }, lines: [signText(head)] }
  const sid = sidAt(line, offset)
  if (sid !== undefined) return { span: sid.span, lines: explainSid(files, sid.sid) }
  if (text.includes('file:')) return undefined
  const begin = head?.[0].length ?? 0
  const at = offset - span.start - begin
  const token = exchangeTokens(text.slice(begin)).find(
    (one) => one.offset <= at && at <= one.offset + one.text.length && one.kind !== 'end',
  )
  const lines = token && explainToken(token, exchangeKindOf(statementBelow(line)) === 'messages')
  if (token === undefined || lines === undefined) return undefined
  const start = span.start + begin + token.offset
  return { span: { start, end: start + token.text.length }, lines }
}

function signText([all, sign, times]: readonly (string | undefined)[]): string {
  const often = times === undefined || times === '1' ? 'just once' : `just ${times} times`
  return `**\`${all}\`**: ${sign === '-' ? 'must not hit what follows' : `must hit what follows, ${often}`}.`
}

function explainSid(files: readonly SourceText[], sid: number): readonly string[] {
  const statement = files
    .flatMap((source) => parsedOf(source).statements)
    .find(({ metadata }) => metadata.sid === sid)
  if (statement === undefined) return [`Signature ${sid} hits this, too. It is not loaded here.`]
  return [`Hits this, too: ${statement.ast.description}`, '', ...explainStatement(statement)]
}

function explainToken({ kind, text }: ExchangeToken, isMessages: boolean): readonly string[] | undefined {
  const side = text.startsWith('c') ? 'client' : 'server'
  switch (kind) {
    case 'packet':
      return isMessages
        ? [`The ${side} sends a message without a name, ${count(Number(text.slice(1)))} on the wire.`]
        : [`The ${side} sends ${count(Number(text.slice(1)))}.`]
    case 'message':
      return explainSent(text, side)
    case 'gap':
      return [`**\`${text}\`**: a gap, bytes that the capture lost.`]
    case 'pause':
      return [`**\`${text}\`**: ${text === '+' ? 'a pause of just the threshold' : `${text.slice(1)} pass`}.`]
    case 'figure': {
      const name = text.slice(0, text.indexOf('='))
      const meaning = figureMeaning(name)
      return meaning === undefined ? undefined : [`**\`${name}\`**: ${meaning}.`]
    }
    case 'port':
      return ['The port that the flow goes to.']
    case 'hit':
      return ['A hit of this class in a flow from a client to a server.']
    case 'mark':
      return MARKS.has(text) ? [`**\`${text}\`**: ${MARKS.get(text)}.`] : undefined
    default:
      return undefined
  }
}

/** A message of an exchange; all of them speak the same suite. */
function explainSent(text: string, side: 'client' | 'server'): readonly string[] {
  const [, name = '', bytes] = /^[cs]:([A-Za-z0-9_]+)(?:\(\s*([0-9]+)\s*\))?$/.exec(text) ?? []
  const payload = bytes === undefined ? undefined : Number(bytes)
  if (name !== 'ssh' && !Object.hasOwn(MESSAGE_MEANINGS, name)) return explainMessage(name, side)
  const { wire } = lengthsOf(Direction[side], name === 'ssh' ? '' : (name as MessageName), payload)
  const what =
    name === 'ssh'
      ? `a message without a name and with ${count(payload ?? 0)} of payload`
      : `\`${name}\`: ${MESSAGE_MEANINGS[name as Exclude<MessageName, ''>]}`
  return [
    `The ${side} sends ${what}.`,
    '',
    `It has ${count(wire)} on the wire: examples speak ChaCha20-Poly1305.`,
  ]
}
