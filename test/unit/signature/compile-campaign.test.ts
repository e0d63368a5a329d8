import { describe, expect, it } from 'vitest'
import { compileCampaign } from '../../../src/signature/compile-campaign.ts'
import { campaignOf } from './texts.ts'

describe('compileCampaign', () => {
  it('makes the time µs, and hands on the rest', () => {
    const text = 'count a.b then c by pair within 1.5h where hits >= 20 : d'
    expect(compileCampaign(campaignOf(text))).toEqual({
      of: 'a.b',
      // biome-ignore lint/suspicious/noThenProperty: the class that must follow
      then: 'c',
      by: 'pair',
      withinMicros: 5_400_000_000,
      where: { kind: '>=', left: { kind: 'figure', name: 'hits' }, right: { kind: 'number', value: 20 } },
    })
  })

  it('knows campaigns where nothing must follow', () => {
    expect(compileCampaign(campaignOf('count a by client within 1m where hits > 2 : d')).then).toBeUndefined()
  })
})
