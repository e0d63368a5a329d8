// What a sequence wants of one element, as the matcher takes it: sizes become ranges, message names numbers.

import { Message } from '../model/messages.ts'
import { Direction, MAX_SIZE, type Pause, type SequenceTest } from '../model/program.ts'
import { quantityValue } from './quantity.ts'
import type { ElementNode, ElementSize, PauseNode } from './statement.ts'

const ANY_SIZE = { low: 0, high: MAX_SIZE, reference: 0, message: 0, payload: undefined }

/** @param slotOf - slot that keeps the size of an element, by its number from 1 */
export function compileTest(
  { direction, size }: ElementNode,
  pause: Pause,
  slotOf: (packet: number) => number,
): SequenceTest {
  return { direction: direction && Direction[direction], ...compileSize(size, slotOf), pause }
}

export function compilePause(pause: PauseNode): Pause {
  if (pause.kind !== 'range') return pause
  const { low, high, lessRtt } = pause
  return {
    kind: 'range',
    low: low === undefined ? 0 : quantityValue(low),
    high: high === undefined ? Number.POSITIVE_INFINITY : quantityValue(high),
    lessRtt,
  }
}

function compileSize(
  size: ElementSize,
  slotOf: (packet: number) => number,
): Omit<SequenceTest, 'direction' | 'pause'> {
  switch (size.kind) {
    case 'bytes':
      return between(size.bytes, size.bytes)
    case 'range':
      return between(size.bytes - size.distance, size.bytes + size.distance)
    case 'between':
      return between(size.low, size.high)
    case 'any':
      return ANY_SIZE
    case 'same':
      return { ...ANY_SIZE, high: 0, reference: slotOf(size.packet) }
    case 'relative': {
      const { packet, offset, distance } = size
      return { ...ANY_SIZE, low: offset - distance, high: offset + distance, reference: slotOf(packet) }
    }
    case 'message':
      return { ...ANY_SIZE, message: Message[size.name] }
    case 'payload':
      return { ...ANY_SIZE, payload: { low: size.low, high: size.high } }
    default:
      return size satisfies never
  }
}

function between(low: number, high: number): Omit<SequenceTest, 'direction' | 'pause'> {
  return { ...ANY_SIZE, low: Math.max(low, 0), high: Math.min(high, MAX_SIZE) }
}
