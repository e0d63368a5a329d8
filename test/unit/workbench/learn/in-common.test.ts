import { expect, it } from 'vitest'
import { leastCommon, sameElements } from '../../../../src/workbench/learn/in-common.ts'
import { specimensOf } from '../traces.ts'

it('counts elements that are alike', () => {
  const [one, other] = specimensOf(['c1 s2 c3', 's9 c1 s5 c3 s1'])
  if (one === undefined || other === undefined) throw new Error('two flows are needed')
  expect(sameElements(one, { first: 1, last: 3 }, other, { first: 2, last: 5 })).toBe(2)
})

it('finds the two flows that have the shortest block', () => {
  const specimens = specimensOf(['c5 s9', 'c5 s9 c1', 's1 s2 s3'])
  const { pair, longest } = leastCommon(specimens, 'packets')
  expect(pair.map((one) => specimens.indexOf(one))).toEqual([0, 2])
  expect(longest).toBe(1)
})

it('is the flow itself where there is but one', () => {
  expect(leastCommon(specimensOf(['c5 s9']), 'packets').longest).toBe(2)
})
