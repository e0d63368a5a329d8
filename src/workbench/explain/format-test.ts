// What a signature wants of one element, in the words of the language, and an element as it was seen.

import { MESSAGES } from '../../model/messages.ts'
import type { Pause, SequenceTest } from '../../model/program.ts'
import type { Observed } from './observed.ts'
import type { Pattern } from './pattern.ts'
import { formatRange } from './span-text.ts'

/** `+ c49..55`, `s@1`, `+2s..-rtt c:PASSWORD`. */
export function formatTest(test: SequenceTest, { protocol, packetOfSlot }: Pattern): string {
  const usual = protocol === 'ssh' || test.direction === undefined ? 'any' : 'none'
  const pause = test.pause.kind === usual ? '' : formatPause(test.pause)
  return `${pause}${formatSize(test, packetOfSlot)}`
}

function formatSize(test: SequenceTest, packetOfSlot: readonly number[]): string {
  const { direction, low, high, reference, message, payload } = test
  if (direction === undefined) return 'any'
  const letter = 'cs'[direction]
  if (message !== 0) return `${letter}:${MESSAGES[message]}`
  if (payload !== undefined) return `${letter}:ssh(${formatRange(payload.low, payload.high)})`
  if (reference === 0) return `${letter}${formatRange(low, high)}`
  const packet = `${letter}@${packetOfSlot[reference] ?? reference}`
  if (low === 0 && high === 0) return packet
  return low === high ? `${packet}${signed(low)}` : `${packet}${signed((low + high) / 2)}/${(high - low) / 2}`
}

function signed(offset: number): string {
  return offset === 0 ? '' : offset > 0 ? `+${offset}` : String(offset)
}

function formatPause(pause: Pause): string {
  switch (pause.kind) {
    case 'any':
      return '+? '
    case 'pause':
      return '+ '
    case 'none':
      return ''
    case 'range': {
      const high = pause.high === Number.POSITIVE_INFINITY ? '' : short(pause.high)
      return `+${pause.low === 0 ? '' : short(pause.low)}..${high}${pause.lessRtt ? '-rtt' : ''} `
    }
    default:
      return pause satisfies never
  }
}

function short(micros: number): string {
  const [divisor, unit] =
    micros % 3600e6 === 0 && micros > 0
      ? [3600e6, 'h']
      : micros % 60e6 === 0 && micros > 0
        ? [60e6, 'm']
        : micros % 1e6 === 0
          ? [1e6, 's']
          : micros % 1e3 === 0
            ? [1e3, 'ms']
            : [1, 'us']
  return `${micros / Number(divisor)}${unit}`
}

/** `c52`, `s:FAILURE 60`: with its name the length on the wire. */
export function formatObserved({ direction, size, message }: Observed): string {
  const letter = 'cs'[direction]
  return message === '' ? `${letter}${size}` : `${letter}:${message}`
}
