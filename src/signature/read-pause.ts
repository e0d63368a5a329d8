// Reads a pause before an element: `+`, `+?`, `+2s..30s-rtt`.

import { isShort, isTimeUnit, type Quantity, quantityValue, splitQuantity, TIME_UNITS } from './quantity.ts'
import type { Reading } from './reading.ts'
import type { PauseNode } from './statement.ts'
import type { StatementToken } from './statement-lexer.ts'
import type { ItemTree } from './syntax-tree.ts'
import { quote } from './visible.ts'

export function readPause({ mark, span }: NonNullable<ItemTree['pause']>, reading: Reading): PauseNode {
  if (span === null) return { kind: mark.text === '+?' ? 'any' : 'pause' }
  const lessRtt = span.text.endsWith('-rtt')
  const [first = '', last = ''] = span.text.replace(/-rtt$/, '').split('..')
  const low = first === '' ? undefined : readTime(first, span, reading)
  const high = last === '' ? undefined : readTime(last, span, reading)
  if (low !== undefined && high !== undefined && quantityValue(low) > quantityValue(high)) {
    const message = `${quote(span.text)} runs backwards: write \`${last}..${first}${lessRtt ? '-rtt' : ''}\``
    reading.report('S042', message, reading.spanOf(span))
  }
  return { kind: 'range', low, high, lessRtt }
}

/**
 * Reads a time; undefined when that was reported.
 *
 * @param text - digits and, perhaps, a unit: all of the token or a part of it
 */
export function readTime(text: string, token: StatementToken, reading: Reading): Quantity | undefined {
  const { digits, unit } = splitQuantity(text)
  if (!isTimeUnit(unit)) {
    const found = unit === '' ? 'has no unit' : `has ${quote(unit)} for a unit`
    const message = `a time ends in \`${TIME_UNITS.join('`, `')}\`, such as \`2s\`; ${quote(text)} ${found}`
    reading.report('S046', message, reading.spanOf(token))
    return undefined
  }
  if (!isShort({ digits, unit })) {
    reading.report('S054', `${quote(text)} has too many digits`, reading.spanOf(token))
    return undefined
  }
  return { digits, unit }
}
