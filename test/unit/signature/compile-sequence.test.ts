import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Message } from '../../../src/model/messages.ts'
import { Direction, MAX_SIZE, type SequenceStep } from '../../../src/model/program.ts'
import { compileSequence, type Sequence } from '../../../src/signature/compile-sequence.ts'
import { MAX_STEPS } from '../../../src/signature/sequence-automaton.ts'
import type { ElementSize, ItemNode } from '../../../src/signature/statement.ts'
import { lengthsOfItems, lengthsOfSteps, type TestElement } from './naive-items.ts'
import { itemsWith, sequenceStatement } from './random-statements.ts'
import { sequenceOf } from './texts.ts'

function compiled(text: string): Sequence {
  const sequence = compileSequence(sequenceOf(text))
  if (sequence === undefined) throw new Error(`${text}: too large`)
  return sequence
}

/** `0` takes by test 0, `0#1` keeps its size in slot 1, `>1,2` goes on at both, `.` is the end. */
function stepsOf(text: string): string {
  return compiled(text).steps.map(shown).join(' ')
}

function shown(step: SequenceStep): string {
  if (step.kind === 'done') return '.'
  if (step.kind === 'fork') return `>${step.to.join()}`
  return step.slot === 0 ? String(step.test) : `${step.test}#${step.slot}`
}

/** Of each step that takes something. */
function pausesOf(text: string): string {
  const { steps, tests } = compiled(text)
  return steps.flatMap((step) => (step.kind === 'take' ? [tests[step.test]!.pause.kind] : [])).join(' ')
}

/** Sizes that meet often. */
const smallSize: fc.Arbitrary<ElementSize> = fc.oneof(
  fc.constant({ kind: 'any' as const }),
  fc.record({ kind: fc.constant('bytes' as const), bytes: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('same' as const), packet: fc.nat(20) }),
  fc.record({
    kind: fc.constant('relative' as const),
    packet: fc.nat(20),
    offset: fc.integer({ min: -2, max: 2 }),
    distance: fc.constant(1),
  }),
)
const elements: fc.Arbitrary<readonly TestElement[]> = fc.array(
  fc.record({
    direction: fc.constantFrom(Direction.client, Direction.server),
    size: fc.integer({ min: 1, max: 3 }),
    delay: fc.constantFrom(0, 0, 1_000_000),
  }),
  { maxLength: 7 },
)

describe('compileSequence', () => {
  it('hands on protocol, ports, start, end and condition', () => {
    expect(compiled('ssh 22,2200-2299 <auth c:PASSWORD > where failures >= 3 : a')).toEqual({
      protocol: 'ssh',
      ports: [
        { low: 22, high: 22 },
        { low: 2200, high: 2299 },
      ],
      start: 'auth',
      atEnd: true,
      tests: [
        {
          direction: Direction.client,
          low: 0,
          high: MAX_SIZE,
          reference: 0,
          message: Message.PASSWORD,
          payload: undefined,
          pause: { kind: 'any' },
        },
      ],
      steps: [{ kind: 'take', test: 0, slot: 0 }, { kind: 'done' }],
      slots: 0,
      where: { kind: '>=', left: { kind: 'figure', name: 'failures' }, right: { kind: 'number', value: 3 } },
    })
  })

  it('makes no steps of a condition alone', () => {
    expect(compiled('tcp * where c.bytes > 1 : a')).toMatchObject({ tests: [], steps: [], slots: 0 })
  })

  it.each([
    ['tcp * c1 s2 any : a', '0 1 2 .'],
    ['tcp * c1? s2 : a', '>1,2 0 1 .'],
    ['tcp * c1{2} s2 : a', '0 0 1 .'],
    ['tcp * c1{1,3} s2 : a', '0 >2,5 0 >4,5 0 1 .'],
    ['tcp * c1{2,} s2 : a', '0 0 >3,5 0 >2 1 .'],
    ['tcp * (c1 s2){2} c3 : a', '0 1 0 1 2 .'],
    ['tcp * (c1 | s2) c3 : a', '>1,4 0 1 >6 2 >2 .'],
    ['tcp * (c1 | s2) > : a', '>1,3 0 >4 1 .'],
    ['tcp * c1 any{2} s@1 c@3+4 : a', '0#1 1 1 2#2 3 .'],
  ])('lays out %s', (text, steps) => {
    expect(stepsOf(text)).toBe(steps)
  })

  it.each([
    ['tcp * c1 s2 any : a', 'none none any'],
    ['ssh * c1 s2 any : a', 'any any any'],
    ['tcp * + c1{2} s2 +? c3 +2s.. s4 : a', 'pause pause none any range'],
    ['tcp * + (c1 s2){2} : a', 'pause none pause none'],
    ['tcp * + (c1 | s2 s3) : a', 'pause pause none'],
    ['tcp * + any + (any | c1) : a', 'pause pause pause'],
    ['tcp * + ((c1 | s2) c3) : a', 'pause none pause'],
    // c1 with its pause and s2 behind it without one, or s2 with the pause.
    ['tcp * + (c1? s2) : a', 'pause none pause'],
    ['tcp * + c1? s2 : a', 'pause none'],
  ])('puts the pauses of %s', (text, pauses) => {
    expect(pausesOf(text)).toBe(pauses)
  })

  it('keeps each test once', () => {
    expect(compiled('tcp * (c1 s2){500} : a').tests).toHaveLength(2)
  })

  it('makes as many steps as there may be, and no more', () => {
    const sequence = (text: string) => compileSequence(sequenceOf(text))
    expect(sequence(`tcp * c1{1000} ${'any{1000} '.repeat(3)}any{95} : a`)?.steps).toHaveLength(MAX_STEPS)
    expect(() => sequenceOf(`tcp * c1{1000} ${'any{1000} '.repeat(3)}any{96} : a`)).toThrow('4096')
  })

  it('gives up early on repeats of repeats', () => {
    expect(() => sequenceOf(`tcp * ${'('.repeat(60)}c1${'{,1000})'.repeat(60)} c1 : a`)).toThrow('4096')
    expect(() => sequenceOf(`tcp * + ${'('.repeat(60)}c1${'{0,})'.repeat(60)} c1 : a`)).toThrow('4096')
  })

  it('makes forks that lead on, and no circle without taking', () => {
    fc.assert(
      fc.property(sequenceStatement, (statement) => {
        const { steps, tests } = compileSequence(statement)!
        expect(steps.filter(({ kind }) => kind === 'done')).toHaveLength(Math.min(steps.length, 1))
        if (steps.length > 0) expect(steps.at(-1)).toEqual({ kind: 'done' })
        for (const step of steps) {
          if (step.kind === 'take') expect(tests[step.test]).toBeDefined()
          if (step.kind === 'fork') for (const to of step.to) expect(steps[to]).toBeDefined()
        }
        const circle = (place: number, above: ReadonlySet<number>): boolean => {
          const step = steps[place]
          if (step?.kind !== 'fork') return false
          return above.has(place) || step.to.some((to) => circle(to, new Set(above).add(place)))
        }
        for (const place of steps.keys()) expect(circle(place, new Set())).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('matches what the items mean', () => {
    fc.assert(
      fc.property(itemsWith(smallSize), fc.boolean(), elements, (items: readonly ItemNode[], isSsh, list) => {
        const protocol = isSsh ? 'ssh' : 'tcp'
        const pattern = { kind: 'sequence', protocol, ports: [], start: 'anywhere', items } as const
        const sequence = compileSequence({ ...pattern, atEnd: false, where: undefined })
        fc.pre(sequence !== undefined && sequence.steps.length < 80)
        expect([...lengthsOfSteps(sequence!, list)].sort()).toEqual(
          [...lengthsOfItems(items, isSsh, list)].sort(),
        )
      }),
      { numRuns: 1000 },
    )
  })
})
