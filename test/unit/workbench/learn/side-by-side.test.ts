import { expect, it } from 'vitest'
import { sideBySide } from '../../../../src/workbench/learn/side-by-side.ts'
import { specimensOf } from '../traces.ts'

const show = (one: string, other: string, hit?: { readonly first: number; readonly last: number }) => {
  const [left, right] = specimensOf([one, other])
  if (left === undefined || right === undefined) throw new Error('two flows are needed')
  const lines = sideBySide(
    { label: 'a', specimen: left, hit },
    { label: 'b', specimen: right, hit: undefined },
  )
  return lines.slice(4).map((line) => line.trim().replace(/ +/g, ' '))
}

it('puts elements that go together into one row, and marks those that are alike', () => {
  expect(show('c10 s20 c30', 'c10 s500 s20 + c30')).toEqual([
    '1 c10 1 c10 =',
    '2 s500',
    '2 s20 3 s20 =',
    '3 c30 4 +0.5s c30',
  ])
})

it('shows what is hit only, by its ordinals', () => {
  expect(show('s9 c10 s20', 'c10 s20', { first: 2, last: 3 })).toEqual(['2 c10 1 c10 =', '3 s20 2 s20 ='])
})

it('shows so many rows, and says that there are more', () => {
  const long = Array.from({ length: 40 }, (_, i) => `c${i + 1}`).join(' ')
  expect(show(long, long)).toHaveLength(25)
  expect(show(long, long).at(-1)).toBe('and 16 more')
})

it('lets no capture name reach the terminal as it is', () => {
  const [specimen] = specimensOf(['c1'], 'packets', { capture: 'a\u001b[31m.pcap' })
  if (specimen === undefined) throw new Error('a flow is needed')
  const side = { label: 'a', specimen, hit: undefined }
  expect(sideBySide(side, side)[0]).toContain('a\\u001b[31m.pcap')
})
