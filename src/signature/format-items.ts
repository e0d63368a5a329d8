// Writes the items of a pattern in canonical form.

import { formatQuantity, type Quantity } from './quantity.ts'
import type { ElementNode, ElementSize, GroupNode, ItemNode, PauseNode } from './statement.ts'

/** `+ c12`, `+2s..30s (c1 | s2){3,}`. */
export function formatItem({ pause, atom, low, high }: ItemNode): string {
  const before = pause === undefined ? '' : `${formatPause(pause)} `
  return `${before}${formatAtom(atom)}${formatRepeat(low, high)}`
}

function formatPause(pause: PauseNode): string {
  switch (pause.kind) {
    case 'pause':
      return '+'
    case 'any':
      return '+?'
    case 'range':
      return `+${formatTime(pause.low)}..${formatTime(pause.high)}${pause.lessRtt ? '-rtt' : ''}`
    default:
      return pause satisfies never
  }
}

function formatTime(time: Quantity | undefined): string {
  return time === undefined ? '' : formatQuantity(time)
}

function formatAtom(atom: ElementNode | GroupNode): string {
  if (atom.kind === 'group')
    return `(${atom.alternatives.map((items) => items.map(formatItem).join(' ')).join(' | ')})`
  const { direction, size } = atom
  return direction === undefined ? 'any' : `${direction === 'client' ? 'c' : 's'}${formatSize(size)}`
}

function formatRepeat(low: number, high: number): string {
  if (low === 1 && high === 1) return ''
  if (low === 0 && high === 1) return '?'
  if (low === high) return `{${low}}`
  return high === Number.POSITIVE_INFINITY ? `{${low},}` : `{${low},${high}}`
}

/** What stands behind the direction. */
export function formatSize(size: ElementSize): string {
  switch (size.kind) {
    case 'bytes':
      return String(size.bytes)
    case 'range':
      return `${size.bytes}/${size.distance}`
    case 'any':
      return '*'
    case 'same':
      return `@${size.packet}`
    case 'between':
      return `${size.low}..${size.high}`
    case 'relative':
      return `@${size.packet}${formatOffset(size.offset)}${size.distance === 0 ? '' : `/${size.distance}`}`
    case 'message':
      return `:${size.name}`
    case 'payload':
      return size.low === size.high ? `:ssh(${size.low})` : `:ssh(${size.low}..${size.high})`
    default:
      return size satisfies never
  }
}

function formatOffset(offset: number): string {
  if (offset === 0) return ''
  return offset > 0 ? `+${offset}` : String(offset)
}
