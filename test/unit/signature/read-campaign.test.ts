import { describe, expect, it } from 'vitest'
import { campaignOf, explained, problemsOf } from './texts.ts'

describe('readCampaign', () => {
  it('reads all parts', () => {
    const { where, ...rest } = campaignOf('count a.b then c-d by pair within 1.50h where hits > 3 : e')
    expect(where.kind).toBe('>')
    expect(rest).toEqual({
      kind: 'campaign',
      of: 'a.b',
      // biome-ignore lint/suspicious/noThenProperty: the class that must follow
      then: 'c-d',
      by: 'pair',
      within: { digits: '1.5', unit: 'h' },
      description: 'e',
    })
    expect(campaignOf('count client by client within 1m where hits > 3 : e')).toMatchObject({ of: 'client' })
    expect(campaignOf('count by.hand then then.b by client within 1m where hits > 3 : e')).toMatchObject({
      of: 'by.hand',
      // biome-ignore lint/suspicious/noThenProperty: the class that must follow
      then: 'then.b',
    })
  })

  it('refuses what is no class', () => {
    expect(problemsOf('count SSH then a_b by client within 1m where hits > 3 : e')).toEqual([
      'S050 SSH',
      'S050 a_b',
    ])
  })

  it('counts by client, server or pair', () => {
    expect(explained('count a by clint within 1m where hits > 3 : e')).toEqual([
      'S050 clint',
      'hits are counted by `client`, `server` or `pair`, found `clint`; did you mean `client`?',
    ])
    expect(explained('count a by user within 1m where hits > 3 : e')[1]).not.toContain('did you mean')
  })

  it('wants a time, and one that passes', () => {
    expect(problemsOf('count a by client within 30 where hits > 3 : e')).toEqual(['S046 30'])
    expect(problemsOf('count a by client within 0s where hits > 3 : e')).toEqual(['S050 0s'])
  })
})
