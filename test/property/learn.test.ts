// What is learnt matches all that it must and nothing that it must not, as the oracles see it; what nothing
// separates is shown by a pair that the best draft matches both of.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Lesson, learn } from '../../src/workbench/learn/learn.ts'
import type { Stream } from '../../src/workbench/learn/specimen.ts'
import { hitsNaively } from '../support/naive-specimen.ts'
import { THRESHOLD } from '../unit/workbench/exchanges.ts'
import { specimensOf } from '../unit/workbench/traces.ts'

const { LEARN_RUNS } = process.env
const RUNS = Number(LEARN_RUNS ?? 300)

const packet = fc
  .tuple(
    fc.constantFrom('', '', '', '+ ', '+3s '),
    fc.constantFrom('c', 's'),
    fc.constantFrom(1, 2, 12, 28, 40, 52, 900, 1448),
  )
  .map(([pause, side, size]) => `${pause}${side}${size}`)
const message = fc
  .tuple(
    fc.constantFrom('', '', '+2s '),
    fc.constantFrom(
      'c:PASSWORD',
      's:FAILURE',
      's:SUCCESS',
      'c:NONE',
      'c:ssh(10)',
      's:ssh(10)',
      'c52',
      's100',
    ),
  )
  .map(([pause, what]) => `${pause}${what}`)

/** Flows that have a block in common, perhaps, with other elements around it and within. */
function flows(element: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const noise = fc.array(element, { maxLength: 3 })
  return fc
    .tuple(
      fc.boolean(),
      noise,
      fc.array(element, { minLength: 1, maxLength: 4 }),
      noise,
      fc.boolean(),
      fc.boolean(),
    )
    .map(([start, before, own, behind, gap, end]) =>
      [start ? '<' : '', ...before, ...own, gap ? '!' : '', ...behind, end ? '>' : '']
        .filter((part) => part !== '')
        .join(' '),
    )
}

/** Own flows are spliced around one block. */
function families(element: fc.Arbitrary<string>) {
  const block = fc.array(element, { minLength: 1, maxLength: 5 })
  const noise = fc.array(element, { maxLength: 2 })
  const own = fc.tuple(fc.boolean(), noise, noise, noise, fc.boolean())
  return fc
    .tuple(block, fc.array(own, { minLength: 1, maxLength: 4 }), fc.array(flows(element), { maxLength: 5 }))
    .map(([common, kin, not]) => ({
      match: kin.map(([start, before, within, behind, end]) =>
        [
          start ? '<' : '',
          ...before,
          ...common.slice(0, 2),
          ...within,
          ...common.slice(2),
          ...behind,
          end ? '>' : '',
        ]
          .filter((part) => part !== '')
          .join(' '),
      ),
      not,
    }))
}

const seen = { learnt: 0, defeat: 0, 'nothing-common': 0 }

function check(stream: Stream, match: readonly string[], not: readonly string[]): Lesson {
  const [own, others] = [specimensOf(match, stream), specimensOf(not, stream)]
  const lesson = learn(own, others, stream, {
    thresholdMicros: THRESHOLD,
    minLength: undefined,
    port: 'any',
    description: 'drafted',
  })
  seen[lesson.kind]++
  if (lesson.kind === 'nothing-common') return lesson
  expect(hitsNaively(lesson.statement, own)).toEqual(own.map(() => true))
  const wrong = hitsNaively(lesson.statement, others)
  if (lesson.kind === 'learnt') expect(wrong).toEqual(others.map(() => false))
  else {
    expect(wrong.filter((hit) => hit)).toHaveLength(lesson.wrong)
    expect(wrong[others.indexOf(lesson.not.specimen)]).toBe(true)
  }
  return lesson
}

it('keeps what it says of packets', () => {
  fc.assert(
    fc.property(families(packet), ({ match, not }) => {
      check('packets', match, not)
    }),
    { numRuns: RUNS },
  )
  expect(seen.learnt).toBeGreaterThan(RUNS / 10)
  expect(seen.defeat).toBeGreaterThan(0)
})

it('keeps what it says of messages', () => {
  fc.assert(
    fc.property(families(message), ({ match, not }) => {
      check('messages', match, not)
    }),
    { numRuns: RUNS },
  )
})

it('says the same again', () => {
  fc.assert(
    fc.property(families(packet), ({ match, not }) => {
      const text = (lesson: Lesson) =>
        lesson.kind === 'nothing-common' ? '' : JSON.stringify(lesson.statement)
      expect(text(check('packets', match, not))).toBe(text(check('packets', match, not)))
    }),
    { numRuns: RUNS / 10 },
  )
})
