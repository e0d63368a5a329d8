import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Piece } from '../../../../src/exchange/ssh/piece.ts'
import { wireLength } from '../../../../src/exchange/ssh/suite.ts'
import { Typing } from '../../../../src/exchange/ssh/typing.ts'
import { SUITE_NAMES, type SuiteName, suiteNamed } from '../../../support/ssh-story.ts'

const CLIENT = 0
const SERVER = 1
const MS = 1000
/** CHANNEL_DATA of one byte, of an arrow key, of a line. */
const KEY = 10
const ARROW = 12
const LINE = 90

/** What one side types, and what it is answered. */
class Keyboard {
  readonly typing: Typing
  readonly #name: SuiteName
  readonly #side: 0 | 1
  #time = 1_000_000
  #packet = 0
  #answered = 0

  constructor(name: SuiteName = 'chacha20', side: 0 | 1 = CLIENT) {
    this.#name = name
    this.#side = side
    this.typing = new Typing(suiteNamed(name), side)
  }

  /** A message of the side, so long after its last one. */
  press(payload: number, gap: number): this {
    this.#time += gap
    this.#take(this.#side, payload, this.#time - this.#answered)
    return this
  }

  /** A message of the other side, 5 ms later. */
  answer(payload: number): this {
    this.#answered = this.#time + 5 * MS
    this.#take(this.#side === CLIENT ? SERVER : CLIENT, payload, 0)
    return this
  }

  /** Keys and their echoes. */
  type(count: number, gap: number, payload = KEY): this {
    for (let i = 0; i < count; i++) this.press(payload, gap).answer(payload)
    return this
  }

  #take(side: 0 | 1, payload: number, latency: number): void {
    const wire = wireLength(suiteNamed(this.#name), payload)
    const piece: Piece = {
      side,
      wire,
      time: side === this.#side ? this.#time : this.#answered,
      latency,
      delay: 0,
      roundTrip: 0,
      packet: ++this.#packet,
    }
    this.typing.take(piece)
  }
}

describe('keys', () => {
  test.each(SUITE_NAMES)('are counted by their length, with their echoes: %s', (name) => {
    for (const side of [CLIENT, SERVER] as const) {
      const { typing } = new Keyboard(name, side).type(20, 150 * MS)
      // That the last was answered by no more than its echo shows with the next.
      expect([typing.keys, typing.echoes, typing.innerKeys, typing.depth]).toEqual([20, 19, 0, 0])
    }
  })

  test('that get no answer have no echo', () => {
    const keyboard = new Keyboard()
    for (let i = 0; i < 8; i++) keyboard.press(KEY, 150 * MS)
    expect([keyboard.typing.keys, keyboard.typing.echoes]).toEqual([8, 0])
  })

  test('that are answered with more than an echo have none', () => {
    const keyboard = new Keyboard()
      .press(KEY, 150 * MS)
      .answer(KEY)
      .answer(LINE)
      .press(KEY, 150 * MS)
    expect([keyboard.typing.keys, keyboard.typing.echoes]).toEqual([2, 0])
  })

  test('are arrows too, once there was an answer', () => {
    const { typing } = new Keyboard()
      .press(ARROW, 150 * MS)
      .answer(KEY)
      .press(ARROW, 150 * MS)
    expect(typing.keys).toBe(1)
  })

  test('are nobody’s who reacts at once', () => {
    const keyboard = new Keyboard()
    for (let i = 0; i < 10; i++) keyboard.answer(LINE).press(KEY, 5 * MS + 500)
    expect(keyboard.typing.keys).toBe(0)
    keyboard.answer(LINE).press(KEY, 100 * MS)
    expect(keyboard.typing.keys).toBe(1)
  })

  test('are no lines', () => {
    const { typing } = new Keyboard().type(10, 500 * MS, LINE)
    expect(typing.keys - typing.innerKeys).toBe(0)
  })
})

describe('gaps between keys', () => {
  test('have their quantiles, within an eighth of an octave', () => {
    const keyboard = new Keyboard()
    for (let i = 0; i < 100; i++) keyboard.type(1, (i < 10 ? 60 : i < 90 ? 150 : 600) * MS)
    const near = (part: number, gap: number) => {
      const value = keyboard.typing.quantile(part)
      expect(Math.abs(Math.log2(value / (gap * MS)))).toBeLessThanOrEqual(0.25)
    }
    near(0.05, 60)
    near(0.5, 150)
    near(0.95, 600)
    expect(keyboard.typing.longest).toBe(600 * MS)
  })

  test('are none where there are fewer than two keys', () => {
    expect(new Keyboard().typing.quantile(0.5)).toBe(0)
    expect(new Keyboard().type(1, 150 * MS).typing.quantile(0.5)).toBe(0)
    expect(new Keyboard().type(1, 150 * MS).typing.longest).toBe(0)
  })

  test('reach over no other message of the side', () => {
    const keyboard = new Keyboard()
      .type(5, 150 * MS)
      .press(LINE, 3000 * MS)
      .type(5, 150 * MS)
    expect(keyboard.typing.longest).toBe(150 * MS)
  })

  test('shorter than any two keys, or longer than any pace, do not count', () => {
    const keyboard = new Keyboard()
      .press(KEY, 0)
      .press(KEY, 2 * MS)
      .press(KEY, 61_000 * MS)
    expect(keyboard.typing.longest).toBe(0)
    expect(keyboard.typing.quantile(0.5)).toBe(0)
    expect(keyboard.press(KEY, 200 * MS).typing.longest).toBe(200 * MS)
  })

  test('never make a quantile pass the next', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 80 }), (gaps) => {
        const keyboard = new Keyboard()
        for (const gap of gaps) keyboard.press(KEY, gap * MS)
        const { typing } = keyboard
        const [low, middle, high] = [0.1, 0.5, 0.9].map((part) => typing.quantile(part))
        expect(low).toBeLessThanOrEqual(middle ?? 0)
        expect(middle).toBeLessThanOrEqual(high ?? 0)
        expect(typing.longest).toBeLessThanOrEqual(60_000 * MS)
        expect(typing.keys).toBe(gaps.length)
      }),
    )
  })
})

describe('keystroke obfuscation', () => {
  test('is a run of ticks', () => {
    const keyboard = new Keyboard()
      .type(1, 100 * MS)
      .type(150, 20 * MS)
      .type(3, 900 * MS)
      .type(60, 19 * MS)
    expect(keyboard.typing.ticks).toBe(150)
  })

  test('is not typing', () => {
    expect(new Keyboard().type(100, 120 * MS).typing.ticks).toBe(0)
  })
})

describe('an inner connection', () => {
  test.each(SUITE_NAMES)('has keys as long as their wrapping makes them: %s', (name) => {
    const inner = wireLength(suiteNamed(name), KEY) + 9
    const { typing } = new Keyboard(name).type(12, 200 * MS, inner)
    // The first three, with an echo each, make it so.
    expect([typing.keys, typing.innerKeys, typing.depth]).toEqual([9, 9, 1])
    const deeper = wireLength(suiteNamed(name), inner) + 9
    if (deeper > 210) return
    expect(new Keyboard(name).type(12, 200 * MS, deeper).typing.depth).toBe(2)
  })

  test('is not told from messages without echo, quick ones, or long ones', () => {
    const silent = new Keyboard()
    for (let i = 0; i < 12; i++) silent.press(53, 200 * MS)
    expect(silent.typing.keys).toBe(0)
    expect(new Keyboard().type(12, 30 * MS, 53).typing.keys).toBe(0)
    expect(new Keyboard().type(12, 200 * MS, 400).typing.keys).toBe(0)
    expect(silent.typing.depth).toBe(0)
  })

  test('has keys of one length: another begins anew', () => {
    const keyboard = new Keyboard().type(2, 200 * MS, 53).type(2, 200 * MS, 90)
    expect(keyboard.typing.innerKeys).toBe(0)
  })
})
