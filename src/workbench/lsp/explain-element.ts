// One packet or message of a statement, in words.

import { type MessageName, SENDERS } from '../../model/messages.ts'
import { Direction, MAX_SIZE } from '../../model/program.ts'
import { readSize } from '../../signature/read-size.ts'
import { createReading } from '../../signature/reading.ts'
import type { SourceLine } from '../../signature/source-lines.ts'
import type { ElementSize } from '../../signature/statement.ts'
import { MESSAGE_MEANINGS, WORDS } from './meanings.ts'
import type { PlacedToken } from './statement-tokens.ts'
import { count, payloadsOfSizes, sizesOfPayload, usualSizes } from './wire-sizes.ts'

export interface ElementContext {
  readonly line: SourceLine
  readonly tokens: readonly PlacedToken[]
  readonly isSsh: boolean
  /** The fuzzy rule applies. */
  readonly isFuzzy: boolean
}

/** From this size on the fuzzy rule gives slack. */
const FUZZY_FROM = 16

/** Lines of Markdown. */
export function explainElement(element: PlacedToken, context: ElementContext): readonly string[] {
  const { text, ordinal } = element
  const { tokens, isSsh } = context
  const total = tokens.filter((token) => token.ordinal > 0).length
  const title = `${isSsh ? 'Message' : 'Packet'} ${ordinal} of ${total}`
  if (text === 'any') return [`**${title}**: ${WORDS.get('any')}.`]
  const side = text.startsWith('c') ? 'client' : 'server'
  const size = readSize(element.token, ordinal, isSsh, createReading(context.line))
  const [sentence, ...more] = explainSize(size, side, context)
  return [`**${title}**: ${sentence}`, ...(more.length === 0 ? [] : ['', ...more])]
}

/** A sentence, and what is told below it. */
function explainSize(
  size: ElementSize,
  side: 'client' | 'server',
  { tokens, isSsh, isFuzzy }: ElementContext,
): readonly string[] {
  const sends = (what: string) => `the ${side} sends ${what}.`
  const onWire = (low: number, high: number) =>
    isSsh && high < MAX_SIZE
      ? ['That is the length on the wire, with padding and MAC.', '', ...payloadsOfSizes(low, high)]
      : []
  switch (size.kind) {
    case 'any':
      return [sends(isSsh ? 'a message of any name and size' : 'a packet of any size')]
    case 'bytes': {
      const { bytes } = size
      const slack = isFuzzy && bytes >= FUZZY_FROM ? Math.floor(bytes / 16) : 0
      if (slack === 0) return [sends(count(bytes)), ...onWire(bytes, bytes)]
      const reason = `The statement has no \`=\`, so ${bytes} means a sixteenth more or less; \`${bytes}/0\` means just that.`
      return [sends(`${bytes - slack} to ${bytes + slack} bytes`), reason]
    }
    case 'range': {
      const low = Math.max(size.bytes - size.distance, 0)
      const high = size.bytes + size.distance
      return [sends(`${low} to ${high} bytes`), ...onWire(low, high)]
    }
    case 'between':
      return [sends(`${size.low} to ${size.high} bytes`), ...onWire(size.low, size.high)]
    case 'same':
      return [sends(`as many bytes as ${nameOf(size.packet, tokens)} had`)]
    case 'relative':
      return [sends(relative(size, nameOf(size.packet, tokens)))]
    case 'payload':
      return [
        sends(
          `a message whose payload can have ${size.low === size.high ? '' : `${size.low} to `}${count(size.high)}`,
        ),
        ...sizesOfPayload(size.low, size.high),
      ]
    case 'message':
      return explainMessage(size.name, side)
    default:
      return size satisfies never
  }
}

/** A name of an SSH message: what it means, and how long it usually is. */
export function explainMessage(name: string, side: 'client' | 'server'): readonly string[] {
  if (!Object.hasOwn(MESSAGE_MEANINGS, name)) return [`\`${name}\` is no message of SSH that is known.`]
  const message = name as Exclude<MessageName, ''>
  const sender = SENDERS.get(message)
  const meaning = `the ${side} sends \`${message}\`: ${MESSAGE_MEANINGS[message]}.`
  if (sender !== undefined && sender !== side) return [meaning, `Only the ${sender} ever sends it.`]
  return [meaning, ...usualSizes(Direction[side], message)]
}

function relative(
  { offset, distance }: { readonly offset: number; readonly distance: number },
  packet: string,
): string {
  const base =
    offset === 0
      ? `as many bytes as ${packet} had`
      : `${count(Math.abs(offset))} ${offset > 0 ? 'more' : 'less'} than ${packet} had`
  return distance === 0 ? base : `${base}, ${distance} more or less`
}

/** `packet 1, \`c27/15\`,`. */
function nameOf(packet: number, tokens: readonly PlacedToken[]): string {
  const text = tokens.find(({ ordinal }) => ordinal === packet)?.text
  return text === undefined ? `packet ${packet}` : `packet ${packet} (\`${text}\`)`
}
