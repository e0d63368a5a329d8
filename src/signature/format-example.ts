// Writes an example in its canonical form: single spaces, numbers without leading zeros.

import type { ExampleNode, ExchangeAtom, ExchangeItem, ExchangeNode, ExchangePause } from './example.ts'
import { formatQuantity } from './quantity.ts'

/** `#+ 2x < s12 + c52 > & 1000002`. Parsing the result gives the example again. */
export function formatExample({ hits, what, others }: ExampleNode): string {
  const words = [hits === 0 ? '#-' : '#+']
  if (hits > 1) words.push(`${hits}x`)
  words.push(what.kind === 'capture' ? `file:${what.path}` : formatExchange(what))
  if (others.length > 0) words.push('&', ...others.map(String))
  return words.join(' ')
}

/** `port 2222: < s12 + c52 +2s >` */
export function formatExchange({ port, figures, atStart, items, atEnd, endPause }: ExchangeNode): string {
  const words: string[] = []
  if (port !== undefined) words.push(`port ${port}:`)
  for (const { name, value } of figures) words.push(`${name}=${value}`)
  if (atStart) words.push('<')
  words.push(...items.map(formatItem))
  if (endPause !== undefined) words.push(formatPause(endPause))
  if (atEnd) words.push('>')
  return words.join(' ')
}

function formatItem({ pause, atom, times }: ExchangeItem): string {
  const before = pause === undefined ? '' : `${formatPause(pause)} `
  return `${before}${formatAtom(atom)}${times === 1 ? '' : `{${times}}`}`
}

function formatPause(pause: ExchangePause): string {
  return pause === 'threshold' ? '+' : `+${formatQuantity(pause)}`
}

function formatAtom(atom: ExchangeAtom): string {
  switch (atom.kind) {
    case 'packet':
      return `${'cs'[atom.direction]}${atom.size}`
    case 'message': {
      const { direction, name, payload } = atom
      return `${'cs'[direction]}:${name === '' ? 'ssh' : name}${payload === undefined ? '' : `(${payload})`}`
    }
    case 'gap':
      return '!'
    case 'hit':
      return `${atom.class}@${atom.client}>${atom.server}`
    case 'group':
      return `(${atom.items.map(formatItem).join(' ')})`
    default:
      return atom satisfies never
  }
}
