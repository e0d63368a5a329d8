// Reads what an element says of its size or, of an SSH message, of its kind.

import { MESSAGES, type MessageName } from '../model/messages.ts'
import { MAX_SIZE } from '../model/program.ts'
import type { Code } from './codes.ts'
import { nearestWord } from './nearest-word.ts'
import type { Reading } from './reading.ts'
import type { ElementSize } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import { quote } from './visible.ts'

/** Element `ordinal` (from 1) of its signature is read; `text` is as written. */
interface SizeContext {
  readonly text: string
  readonly ordinal: number
  readonly report: (code: Code, message: string) => void
}

/** @param token - direction and size */
export function readSize(
  token: StatementToken,
  ordinal: number,
  isSsh: boolean,
  reading: Reading,
): ElementSize {
  const { text } = token
  const context = {
    text,
    ordinal,
    report: (code: Code, message: string) => reading.report(code, message, reading.spanOf(token)),
  }
  const size = text.slice(1)
  if (size === '*') return { kind: 'any' }
  if (size.startsWith('@')) return readReference(size, context)
  if (!size.startsWith(':')) return readBytes(size, context)
  if (!isSsh)
    context.report('S041', `${quote(text)} is a message of SSH: only \`ssh\` statements have messages`)
  return size.startsWith(':ssh(') ? readPayload(size, context) : readMessage(size.slice(1), context)
}

function readBytes(size: string, context: SizeContext): ElementSize {
  const [first = '', last = ''] = size.split(/\/|\.\./)
  const bytes = Number(first)
  const other = Number(last)
  checkSizes([bytes, other], context)
  if (size.includes('/')) return { kind: 'range', bytes, distance: other }
  if (!size.includes('..')) return { kind: 'bytes', bytes }
  checkOrder(bytes, other, context)
  return { kind: 'between', low: bytes, high: other }
}

function readReference(size: string, context: SizeContext): ElementSize {
  const { text, ordinal, report } = context
  const [, first = '', sign = '+', change = '0', around = '0'] =
    /^@([0-9]+)(?:([+-])([0-9]+))?(?:\/([0-9]+))?$/.exec(size) ?? []
  const packet = Number(first)
  if (packet === 0) report('S015', `packets are counted from 1: ${quote(text)} refers to none`)
  else if (packet >= ordinal)
    report('S015', `${quote(text)} is packet ${ordinal}: it can repeat the size of an earlier packet only`)
  const bytes = Number(change)
  const distance = Number(around)
  checkSizes([bytes, distance], context)
  if (bytes === 0 && distance === 0) return { kind: 'same', packet }
  return { kind: 'relative', packet, offset: sign === '-' && bytes > 0 ? -bytes : bytes, distance }
}

function readPayload(size: string, context: SizeContext): ElementSize {
  const [low = 0, high = low] = size.slice(':ssh('.length, -1).split('..').map(Number)
  checkSizes([low, high], context)
  checkOrder(low, high, context)
  return { kind: 'payload', low, high }
}

function readMessage(name: string, { report }: SizeContext): ElementSize {
  if (!isMessageName(name))
    report('S018', `${quote(name)} is no message of SSH that is known${messageGuess(name)}`)
  return { kind: 'message', name: name as MessageName }
}

/** `; did you mean ...?`, or nothing. */
export function messageGuess(name: string): string {
  const wanted = name.toUpperCase().replaceAll('-', '_')
  const names = MESSAGES.filter((known) => known !== '')
  const nearest = isMessageName(wanted)
    ? wanted
    : nearestWord(
        wanted,
        names.map((known) => known.toLowerCase()),
      )?.toUpperCase()
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
}

function isMessageName(name: string): name is MessageName {
  return name !== '' && MESSAGES.some((known) => known === name)
}

function checkSizes(sizes: readonly number[], { text, report }: SizeContext): void {
  if (sizes.some((size) => size > MAX_SIZE))
    report('S013', `a size is at most ${MAX_SIZE} bytes, found ${quote(text)}`)
}

function checkOrder(low: number, high: number, { text, report }: SizeContext): void {
  if (low > high) report('S042', `${quote(text)} runs backwards: ${low} is more than ${high}`)
}
