import { describe, expect, test } from 'vitest'
import { Ignores } from '../../../../src/exchange/ssh/ignores.ts'
import type { NamedPiece, Piece } from '../../../../src/exchange/ssh/piece.ts'
import { wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'

/** Payload of an IGNORE of nothing, and of others. */
const EMPTY = 5
const LONG = 100

class Stripping {
  readonly ignores: Ignores
  readonly #name: SuiteName
  #packet = 0

  constructor(name: SuiteName) {
    this.#name = name
    this.ignores = new Ignores(suiteNamed(name))
  }

  /** What is left of payloads in one piece, and how many IGNOREs were taken off: `-` for nothing. */
  strip(payloads: readonly number[], { isFirst = false, mayFollow = false } = {}): string {
    const wire = payloads.reduce((sum, payload) => sum + wireLength(suiteNamed(this.#name), payload), 0)
    const piece: Piece = {
      side: 1,
      wire,
      time: 1,
      delay: 2,
      roundTrip: 3,
      latency: 4,
      packet: ++this.#packet,
    }
    const out: NamedPiece[] = []
    const rest = this.ignores.strip(piece, isFirst, mayFollow, out)
    for (const one of out) expect(one).toEqual({ ...piece, wire: this.ignores.wire, name: 'IGNORE' })
    if (rest !== undefined) expect(rest).toEqual({ ...piece, wire: rest.wire })
    return `${out.length} ${rest === undefined ? '-' : rest.wire}`
  }
}

const wire = (name: SuiteName, payload: number) => wireLength(suiteNamed(name), payload)

describe.each(SUITE_NAMES)('under %s', (name) => {
  test('an IGNORE comes off where nothing as short can come, and from then on', () => {
    const stripping = new Stripping(name)
    expect(stripping.strip([EMPTY])).toBe(`0 ${wire(name, EMPTY)}`)
    expect(stripping.strip([EMPTY], { isFirst: true })).toBe('1 -')
    expect(stripping.strip([LONG])).toBe(`0 ${wire(name, LONG)}`)
    expect(stripping.strip([EMPTY])).toBe('1 -')
  })

  test('of two as short the second is what it stands before', () => {
    const stripping = new Stripping(name)
    stripping.ignores.expect()
    expect(stripping.strip([EMPTY], { mayFollow: true })).toBe('1 -')
    expect(stripping.strip([EMPTY], { mayFollow: true })).toBe(`0 ${wire(name, EMPTY)}`)
    expect(stripping.strip([EMPTY], { mayFollow: false })).toBe('1 -')
    expect(stripping.strip([EMPTY], { mayFollow: false })).toBe('1 -')
  })

  test('one that shares a segment comes off where pieces are segments', () => {
    const stripping = new Stripping(name)
    stripping.ignores.expect()
    const whole = wire(name, EMPTY) + wire(name, LONG)
    const { hasClearLength } = suiteNamed(name)
    expect(stripping.strip([EMPTY, LONG])).toBe(hasClearLength ? `0 ${whole}` : `1 ${wire(name, LONG)}`)
  })

  test('where they are not usual none comes off', () => {
    const stripping = new Stripping(name)
    const whole = wire(name, EMPTY) + wire(name, LONG)
    expect(stripping.strip([EMPTY, LONG])).toBe(`0 ${whole}`)
  })

  test('what came behind one in a piece of its own is whole', () => {
    const stripping = new Stripping(name)
    stripping.ignores.expect()
    stripping.strip([EMPTY])
    expect(stripping.strip([LONG, LONG])).toBe(`0 ${2 * wire(name, LONG)}`)
  })
})
