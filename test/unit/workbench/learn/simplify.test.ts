import { expect, it } from 'vitest'
import { formatPattern } from '../../../../src/signature/format-statement.ts'
import { contiguousBlocks } from '../../../../src/workbench/learn/align.ts'
import { blockOf, type Draft, draftOf, statementOf } from '../../../../src/workbench/learn/draft.ts'
import { simplify } from '../../../../src/workbench/learn/simplify.ts'
import { specimensOf } from '../traces.ts'

function draft(texts: readonly string[]): Draft {
  const specimens = specimensOf(texts)
  const block = blockOf(specimens, contiguousBlocks(specimens, 16)[0] ?? [], 'packets')
  if (block === undefined) throw new Error('no block')
  return draftOf(block)
}

const text = (one: Draft) => formatPattern(statementOf(one, [], 'a'))

it('takes back times, ends and wide ranges where it may', () => {
  const some = draft(['c5 +2s s100 c9 >', 'c5 +3s s900 c9 >'])
  const narrow = { ...some, pauses: some.pauses.with(1, 3) }
  expect(text(narrow)).toBe('tcp * c5 +2s..3s s500/400 c9 >')
  expect(text(simplify(narrow, 2, () => true))).toBe('tcp * = c5 + s* c9')
})

it('keeps what is needed', () => {
  const some = draft(['c5 +2s s100 c9 >', 'c5 +3s s900 c9 >'])
  const narrow = { ...some, pauses: some.pauses.with(1, 3) }
  expect(simplify(narrow, 2, () => false)).toEqual(narrow)
  const upperEnd = (one: Draft) => one.pauses[1] === 2 || one.pauses[1] === 3
  expect(text(simplify(narrow, 2, upperEnd))).toBe('tcp * c5 +..3s s* c9')
})

it('keeps the end of a short flow that it tells as a whole', () => {
  expect(text(simplify(draft(['< s41 >', '< s22 >']), 2, () => true))).toBe('tcp * = < s32/10 >')
})

it('leaves out what says nothing at the end, but not more than it may', () => {
  const some = draft(['c5 s100 c9 s10 c20', 'c5 s900 c9 s900 c999'])
  expect(text(some)).toBe('tcp * = c5 s500/400 c9 s455/445 c510/490')
  expect(text(simplify(some, 2, () => true))).toBe('tcp * = c5 s* c9')
  expect(text(simplify(some, 4, () => true))).toBe('tcp * = c5 s* c9 s*')
})
