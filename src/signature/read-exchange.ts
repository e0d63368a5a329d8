// Reads an exchange: what examples show, and what is given to tools by hand. Its elements are those of raw signatures,
// with plain sizes, times of their own, and repeats that are written out later.

import type { Diagnostic, SourceText, Span } from '../model/diagnostic.ts'
import { HANDSHAKE_FIGURES } from '../model/figures.ts'
import { MESSAGES, type MessageName, SENDERS } from '../model/messages.ts'
import { type Direction, MAX_SIZE } from '../model/program.ts'
import { isClassName } from './class-name.ts'
import { type Code, diagnose } from './codes.ts'
import {
  type ExchangeAtom,
  type ExchangeItem,
  type ExchangeKind,
  type ExchangeNode,
  type ExchangePause,
  type FigureNode,
  type GivenFigureName,
  PACKET_FIGURES,
} from './example.ts'
import { type ExchangeToken, exchangeTokens } from './exchange-lexer.ts'
import { isShort, isTimeUnit, splitQuantity, TIME_UNITS } from './quantity.ts'
import { messageGuess } from './read-size.ts'
import { MAX_DEPTH } from './reading.ts'
import { quote } from './visible.ts'

export interface ExchangeResult {
  /** undefined when an error was found. */
  readonly exchange: ExchangeNode | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Elements of one exchange, its repeats written out. */
export const MAX_ELEMENTS = 65_536

const MAX_PORT = 65_535
const FIGURES_OF: Readonly<Record<ExchangeKind, readonly string[]>> = {
  packets: PACKET_FIGURES,
  messages: Object.keys(HANDSHAKE_FIGURES),
  hits: [],
}
const ELEMENTS_OF = {
  packets: 'packets, such as `c12`',
  messages: 'messages, such as `c:PASSWORD` or `s52`',
  hits: 'hits, such as `ssh.guessing@10.0.0.1>10.0.0.2`',
} as const

/** Reads the part of a text that is an exchange. All that is wrong is reported, up to what cannot be read. */
export function readExchange(source: SourceText, span: Span, kind: ExchangeKind): ExchangeResult {
  const reader = new ExchangeReader(source, span, kind)
  const exchange = reader.read()
  const isSound = reader.diagnostics.length === 0
  return { exchange: isSound ? exchange : undefined, diagnostics: reader.diagnostics }
}

class ExchangeReader {
  readonly diagnostics: Diagnostic[] = []
  readonly #source: SourceText
  readonly #base: number
  readonly #kind: ExchangeKind
  readonly #tokens: readonly ExchangeToken[]
  #at = 0

  constructor(source: SourceText, span: Span, kind: ExchangeKind) {
    this.#source = source
    this.#base = span.start
    this.#kind = kind
    this.#tokens = exchangeTokens(source.text.slice(span.start, span.end))
  }

  read(): ExchangeNode {
    const port = this.#token.kind === 'port' ? this.#port(this.#take()) : undefined
    const figures: FigureNode[] = []
    while (this.#token.kind === 'figure') figures.push(...this.#figure(this.#take()))
    const atStart = this.#skip('<')
    const begin = this.#at
    const { items, pause } = this.#items(0)
    const atEnd = this.#skip('>')
    if (pause !== undefined && !atEnd) this.#expected('a packet behind the pause')
    else if (!atEnd && items.length > 0 && this.#token.kind === 'cut') this.#take()
    if (this.#token.kind !== 'end') this.#expected(ELEMENTS_OF[this.#kind])
    else if (items.length === 0) this.#expected(ELEMENTS_OF[this.#kind])
    if (countElements(items) > MAX_ELEMENTS) {
      const message = `an exchange has at most ${MAX_ELEMENTS} elements with its repeats written out`
      this.#report('S082', message, this.#tokens[begin] ?? this.#token, this.#tokens.at(-1))
    }
    return { kind: 'exchange', port, figures, atStart, items, atEnd, endPause: atEnd ? pause : undefined }
  }

  get #token(): ExchangeToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: 0 }
  }

  #take(): ExchangeToken {
    const token = this.#token
    this.#at++
    return token
  }

  #skip(mark: string): boolean {
    const isThere = this.#token.kind === 'mark' && this.#token.text === mark
    if (isThere) this.#at++
    return isThere
  }

  /** Items up to what is none, and a pause that stands behind them. */
  #items(depth: number): { items: readonly ExchangeItem[]; pause: ExchangePause | undefined } {
    const items: ExchangeItem[] = []
    for (;;) {
      const pauseToken = this.#token
      const pause = pauseToken.kind === 'pause' ? this.#pause(this.#take()) : undefined
      const token = this.#token
      const atom = this.#atom(depth)
      if (atom === undefined) return { items, pause }
      const times = this.#token.kind === 'repeat' ? this.#times(this.#take()) : 1
      if (pause !== undefined && atom.kind === 'gap')
        this.#report('S081', 'nothing is known of the time before a gap', pauseToken)
      if (pause !== undefined && atom.kind === 'group' && beginsWithPause(atom.items))
        this.#report('S047', 'the first of the group has a pause of its own', pauseToken, token)
      items.push({ pause, atom, times })
    }
  }

  #atom(depth: number): ExchangeAtom | undefined {
    const token = this.#token
    switch (token.kind) {
      case 'packet':
        return this.#packet(this.#take())
      case 'message':
        return this.#message(this.#take())
      case 'hit':
        return this.#hit(this.#take())
      case 'gap':
        this.#suits(this.#take(), this.#kind !== 'hits')
        return { kind: 'gap' }
      case 'mark':
        return token.text === '(' ? this.#group(depth) : undefined
      default:
        return undefined
    }
  }

  #group(depth: number): ExchangeAtom | undefined {
    const open = this.#take()
    if (depth >= MAX_DEPTH) {
      this.#report('S053', `groups stand in one another at most ${MAX_DEPTH} deep`, open)
      this.#at = this.#tokens.length - 1
      return undefined
    }
    const { items, pause } = this.#items(depth + 1)
    if (pause !== undefined) this.#expected('a packet behind the pause')
    else if (!this.#skip(')')) this.#expected(items.length === 0 ? ELEMENTS_OF[this.#kind] : '`)`')
    else if (items.length === 0) this.#report('S081', 'a group has at least one element', open, open)
    return { kind: 'group', items }
  }

  #packet(token: ExchangeToken): ExchangeAtom {
    this.#suits(token, this.#kind !== 'hits')
    const size = Number(token.text.slice(1))
    if (size > MAX_SIZE)
      this.#report('S013', `a size is at most ${MAX_SIZE} bytes, found ${quote(token.text)}`, token)
    return { kind: 'packet', direction: directionOf(token), size }
  }

  #message(token: ExchangeToken): ExchangeAtom {
    const [, word = '', digits] = /:(\w+)(?:\(\s*(\d+)\s*\))?$/.exec(token.text) ?? []
    const direction = directionOf(token)
    const payload = digits === undefined ? undefined : Number(digits)
    if (this.#suits(token, this.#kind === 'messages')) this.#checkMessage(token, word, payload)
    return { kind: 'message', direction, name: word === 'ssh' ? '' : (word as MessageName), payload }
  }

  #checkMessage(token: ExchangeToken, word: string, payload: number | undefined): void {
    const text = quote(token.text)
    if (word === 'ssh') {
      if (payload === undefined) this.#report('S081', `${text} needs a length: \`c:ssh(10)\``, token)
    } else if (!MESSAGES.some((name) => name === word))
      this.#report('S018', `${quote(word)} is no message of SSH that is known${messageGuess(word)}`, token)
    else {
      const sender = SENDERS.get(word as MessageName)
      if (sender !== undefined && sender[0] !== token.text[0])
        this.#report('S081', `${quote(word)} is said by the ${sender} only`, token)
    }
    if (payload !== undefined && (payload < 1 || payload > MAX_SIZE))
      this.#report('S013', `a payload has 1 to ${MAX_SIZE} bytes, found ${text}`, token)
  }

  #hit(token: ExchangeToken): ExchangeAtom {
    this.#suits(token, this.#kind === 'hits')
    const [, name = '', client = '', server = ''] = /^([^@]*)@([^>]*)>(.*)$/.exec(token.text) ?? []
    if (!isClassName(name)) this.#report('S081', `${quote(name)} is no class`, token)
    return { kind: 'hit', class: name, client, server }
  }

  /** True when elements of this kind belong here. */
  #suits(token: ExchangeToken, does: boolean): boolean {
    if (!does) {
      const message = `this statement is about ${ELEMENTS_OF[this.#kind]}; found ${quote(token.text)}`
      this.#report('S083', message, token)
    }
    return does
  }

  #pause(token: ExchangeToken): ExchangePause {
    if (token.text === '+') return 'threshold'
    const quantity = splitQuantity(token.text.slice(1))
    const { digits, unit } = quantity
    if (!isShort(quantity)) this.#report('S054', `${quote(token.text)} has too many digits`, token)
    else if (!isTimeUnit(unit)) {
      const message = `a time has a unit of \`${TIME_UNITS.join('`, `')}\`, found ${quote(token.text)}`
      this.#report('S046', message, token)
    } else return { digits, unit }
    return 'threshold'
  }

  #times(token: ExchangeToken): number {
    const times = Number(token.text.slice(1, -1))
    if (times >= 1 && times <= MAX_ELEMENTS) return times
    this.#report('S043', `a repeat is from 1 to ${MAX_ELEMENTS}, found ${quote(token.text)}`, token)
    return 1
  }

  #port(token: ExchangeToken): number {
    const port = Number(/[0-9]+/.exec(token.text)?.[0])
    if (port > MAX_PORT) this.#report('S003', `a port is at most ${MAX_PORT}, found \`${port}\``, token)
    return port
  }

  #figure(token: ExchangeToken): readonly FigureNode[] {
    const [, name = '', text = ''] = /^(.*?)=(.*)$/.exec(token.text) ?? []
    const names = FIGURES_OF[this.#kind]
    if (!names.includes(name)) {
      const known = names.length === 0 ? 'none' : `\`${names.join('`, `')}\``
      this.#report('S019', `${quote(name)} is no figure that can be given here (${known})`, token)
    } else if (!/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text))
      this.#report('S081', `a figure is given as a number, found ${quote(text)}`, token)
    else return [{ name: name as GivenFigureName, value: Number(text) }]
    return []
  }

  /** Says what should stand here, unless there is something wrong already. */
  #expected(what: string): void {
    if (this.diagnostics.length > 0) return
    const token = this.#token
    const found = token.kind === 'end' ? 'the end' : quote(token.text)
    const advice = /^[cs](?:[0-9]|\*|@)/.test(token.text)
      ? ': an example shows one exchange, so its sizes are plain'
      : ''
    this.#report('S081', `expected ${what}, found ${found}${advice}`, token)
  }

  #report(code: Code, message: string, first: ExchangeToken, last: ExchangeToken = first): void {
    const span = {
      start: this.#base + first.offset,
      end: this.#base + Math.max(last.offset + last.text.length, first.offset + first.text.length),
    }
    this.diagnostics.push(diagnose(code, message, this.#source, span))
  }
}

function directionOf({ text }: ExchangeToken): Direction {
  return text[0] === 'c' ? 0 : 1
}

function beginsWithPause(items: readonly ExchangeItem[]): boolean {
  const [first] = items
  if (first === undefined) return false
  return first.pause !== undefined || (first.atom.kind === 'group' && beginsWithPause(first.atom.items))
}

function countElements(items: readonly ExchangeItem[]): number {
  return items.reduce(
    (sum, { atom, times }) => sum + times * (atom.kind === 'group' ? countElements(atom.items) : 1),
    0,
  )
}
