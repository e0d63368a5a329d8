import { expect, it } from 'vitest'
import { classicOf } from '../../../../src/signature/classic-statement.ts'
import type { ItemNode } from '../../../../src/signature/statement.ts'
import type { DraftStatement } from '../../../../src/workbench/learn/draft.ts'
import { bitsOf, compileDrafts, tryDrafts } from '../../../../src/workbench/learn/trial.ts'
import { THRESHOLD } from '../exchanges.ts'
import { specimensOf } from '../traces.ts'

function item(direction: 'client' | 'server', bytes: number, high = 1): ItemNode {
  return {
    pause: undefined,
    atom: { kind: 'element', direction, size: { kind: 'bytes', bytes } },
    low: 1,
    high,
  }
}

function statement(...items: readonly ItemNode[]): DraftStatement {
  const pattern = {
    kind: 'sequence',
    protocol: 'tcp',
    ports: [],
    start: 'anywhere',
    items,
    atEnd: false,
    where: undefined,
  } as const
  return { ...(classicOf(pattern, true) ?? pattern), description: 'a' }
}

it('tells of each draft which flows it hits, and where first', () => {
  const drafts = [statement(item('client', 1)), statement(item('client', 1, 2), item('server', 2))]
  const [one, other] = tryDrafts(drafts, specimensOf(['s9 c1 c1 s2', 's2']), THRESHOLD)
  expect([...(one ?? [])]).toEqual([[0, { first: 2, last: 2 }]])
  expect([...(other ?? [])]).toEqual([[0, { first: 2, last: 4 }]])
})

it('leaves out what is too large to be compiled', () => {
  const large = statement(
    item('client', 1, 1000),
    item('server', 1, 1000),
    item('client', 1, 1000),
    item('server', 2, 1000),
    item('client', 1, 1000),
  )
  expect(compileDrafts([large], 0).compiled.size).toBe(0)
  expect(tryDrafts([large], specimensOf(['c1']), THRESHOLD)[0]?.size).toBe(0)
  expect(bitsOf(large)).toBe(0)
})

it('weighs what more is said as more', () => {
  expect(bitsOf(statement(item('client', 1), item('server', 2)))).toBeGreaterThan(
    bitsOf(statement(item('client', 1))),
  )
})
