import { expect, it } from 'vitest'
import { runCampaigns } from '../../../src/workbench/campaign-run.ts'
import { nodeOf, programOf, THRESHOLD } from './exchanges.ts'

function hitsOf(text: string, ...statements: readonly string[]): readonly string[] {
  const hits = runCampaigns(programOf(...statements), nodeOf(text, 'hits'), THRESHOLD)
  return hits.map(({ signature }) => signature.description)
}

const MANY = 'count a.b by client within 10m where hits >= 3 and servers >= 2 : many'

it('counts hits by what the campaign says, each in a flow of its own', () => {
  expect(hitsOf('a.b@x>y{3} a.b@x>z', MANY)).toEqual(['many'])
  expect(hitsOf('a.b@x>y{4}', MANY)).toEqual([])
  expect(hitsOf('a.b@x>y{2} a.b@w>z{2}', MANY)).toEqual([])
  expect(hitsOf('a.b@x>y{3}', 'count a.b by pair within 1h where flows >= 3 : flows')).toEqual(['flows'])
})

it('forgets hits when their time is over', () => {
  expect(hitsOf('a.b@x>y{2} +11m a.b@x>z', MANY)).toEqual([])
})

it('lets campaigns count the hits of campaigns', () => {
  const next = 'count many then c.d by client within 1h where hits >= 1 : next'
  expect(hitsOf('a.b@x>y{3} a.b@x>z c.d@x>q', `#: class=many\n${MANY}`, next)).toEqual(['many', 'next'])
})
