import { describe, expect, it } from 'vitest'
import { Message } from '../../../src/model/messages.ts'
import { Direction, MAX_SIZE } from '../../../src/model/program.ts'
import { compilePause, compileTest } from '../../../src/signature/compile-test.ts'
import type { ElementSize } from '../../../src/signature/statement.ts'

const NONE = { kind: 'none' } as const
const ANY = { low: 0, high: MAX_SIZE, reference: 0, message: 0, payload: undefined }

function sizeOf(size: ElementSize) {
  const {
    direction: _,
    pause: __,
    ...rest
  } = compileTest({ kind: 'element', direction: 'client', size }, NONE, (packet) => packet + 10)
  return rest
}

describe('compileTest', () => {
  it('knows both sides and either', () => {
    const directionOf = (direction: 'client' | 'server' | undefined) =>
      compileTest({ kind: 'element', direction, size: { kind: 'any' } }, NONE, () => 0).direction
    expect(directionOf('client')).toBe(Direction.client)
    expect(directionOf('server')).toBe(Direction.server)
    expect(directionOf(undefined)).toBeUndefined()
  })

  it('takes a bare size at its word', () => {
    expect(sizeOf({ kind: 'bytes', bytes: 1448 })).toEqual({ ...ANY, low: 1448, high: 1448 })
  })

  it('keeps ranges within 0 and the largest size', () => {
    expect(sizeOf({ kind: 'range', bytes: 10, distance: 20 })).toEqual({ ...ANY, low: 0, high: 30 })
    expect(sizeOf({ kind: 'range', bytes: MAX_SIZE, distance: 1 })).toEqual({ ...ANY, low: MAX_SIZE - 1 })
    expect(sizeOf({ kind: 'between', low: 10, high: 90 })).toEqual({ ...ANY, low: 10, high: 90 })
    expect(sizeOf({ kind: 'any' })).toEqual(ANY)
  })

  it('lets references and their offsets go below zero', () => {
    expect(sizeOf({ kind: 'same', packet: 3 })).toEqual({ ...ANY, high: 0, reference: 13 })
    const relative = { kind: 'relative', packet: 3, offset: -16, distance: 8 } as const
    expect(sizeOf(relative)).toEqual({ ...ANY, low: -24, high: -8, reference: 13 })
  })

  it('numbers messages, and bounds payloads', () => {
    expect(sizeOf({ kind: 'message', name: 'FAILURE' })).toEqual({ ...ANY, message: Message.FAILURE })
    expect(sizeOf({ kind: 'payload', low: 10, high: 20 })).toEqual({ ...ANY, payload: { low: 10, high: 20 } })
  })
})

describe('compilePause', () => {
  it('makes times µs, and open ends none', () => {
    const time = { digits: '2', unit: 's' } as const
    const range = { kind: 'range', low: time, high: undefined, lessRtt: true } as const
    const high = Number.POSITIVE_INFINITY
    expect(compilePause(range)).toEqual({ kind: 'range', low: 2_000_000, high, lessRtt: true })
    expect(compilePause({ ...range, low: undefined, high: time })).toMatchObject({ low: 0, high: 2_000_000 })
    expect(compilePause({ kind: 'pause' })).toEqual({ kind: 'pause' })
  })
})
