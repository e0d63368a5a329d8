import { describe, expect, it } from 'vitest'
import { type CampaignBudget, Campaigns, DEFAULT_CAMPAIGN_BUDGET } from '../../../src/match/campaigns.ts'
import { Counters } from '../../../src/model/counters.ts'
import type { CampaignHit } from '../../../src/model/match-sink.ts'
import type { CampaignSignature } from '../../../src/model/program.ts'
import { where } from '../../support/sequence-text.ts'
import { UNNAMED } from '../../support/unnamed.ts'

const SECOND = 1_000_000

/** Counts `guess` by client within 10 seconds, unless it says else. */
function campaign(
  condition: string,
  facts: Partial<CampaignSignature> = {},
  then?: string,
): CampaignSignature {
  return {
    ...UNNAMED,
    of: 'guess',
    then,
    by: 'client',
    withinMicros: 10 * SECOND,
    where: where(condition),
    ...facts,
  }
}

class CampaignRun {
  readonly campaigns: Campaigns
  readonly told: (CampaignHit & { readonly index: number })[] = []
  #flow = 0

  constructor(campaigns: readonly CampaignSignature[], budget: CampaignBudget = DEFAULT_CAMPAIGN_BUDGET) {
    const sink = { campaign: (index: number, hit: CampaignHit) => void this.told.push({ index, ...hit }) }
    this.campaigns = new Campaigns(campaigns, sink, budget)
  }

  /** Hits of `guess`, each in a flow of its own, as `seconds` or `seconds:client>server`. */
  play(hits: string, hitClass = 'guess'): this {
    for (const text of hits.split(' ')) {
      const [seconds, ends = 'c>s'] = text.split('@')
      const [client = '', server = ''] = ends.split('>')
      this.campaigns.hit(hitClass, Number(seconds) * SECOND, ++this.#flow, client, server)
    }
    return this
  }

  /** When campaigns were told, in seconds. */
  get times(): readonly number[] {
    return this.told.map(({ time }) => time / SECOND)
  }

  counter(name: string): number {
    const counters = new Counters()
    this.campaigns.count(counters)
    return counters.of(name)
  }
}

describe('a campaign', () => {
  it('is told when its condition begins to hold, with what was counted', () => {
    const run = new CampaignRun([campaign('hits >= 3')]).play('1 2@c>t 4')
    expect(run.told).toEqual([
      {
        index: 0,
        time: 4 * SECOND,
        by: 'client',
        client: 'c',
        server: undefined,
        hits: 3,
        flows: 3,
        clients: 1,
        servers: 2,
        first: SECOND,
        last: 4 * SECOND,
      },
    ])
  })

  it('counts only hits of its class', () => {
    expect(new CampaignRun([campaign('hits >= 1')]).play('1 2', 'other').told).toEqual([])
  })

  it('is told again only after it held no longer', () => {
    const run = new CampaignRun([campaign('hits >= 3')])
    expect(run.play('1 2 3 4 5 6').times).toEqual([3])
    // At 15.5 only that of 6 was left.
    expect(run.play('15.5 15.6 15.7').times).toEqual([3, 15.6])
  })

  it('is told again when its time has passed without a hit', () => {
    expect(new CampaignRun([campaign('hits >= 1')]).play('1 2 13 14').times).toEqual([1, 13])
  })

  it('counts hits within its time, both ends included', () => {
    expect(new CampaignRun([campaign('hits >= 2')]).play('1 11').times).toEqual([11])
    expect(new CampaignRun([campaign('hits >= 2')]).play('1 11.1').times).toEqual([])
  })

  it('puts hits that come late where they belong', () => {
    const run = new CampaignRun([campaign('hits >= 3')]).play('9 5 12')
    expect(run.told).toMatchObject([{ first: 5 * SECOND, last: 12 * SECOND }])
    expect(new CampaignRun([campaign('hits >= 2')]).play('20 5').times).toEqual([])
  })

  it.each([
    ['client', '1@a>x 2@b>x 3@a>y', [{ client: 'a', server: undefined }]],
    ['server', '1@a>x 2@a>y 3@b>x', [{ client: undefined, server: 'x' }]],
    ['pair', '1@a>x 2@a>y 3@b>x 4@a>x', [{ client: 'a', server: 'x' }]],
  ] as const)('counts by %s', (by, hits, keys) => {
    expect(new CampaignRun([campaign('hits >= 2', { by })]).play(hits).told).toMatchObject(keys)
  })

  it.each([
    ['flows >= 2', 2],
    ['clients >= 2', 3],
    ['servers >= 2', 4],
    ['duration >= 5000000', 6],
  ])('compares %s', (condition, time) => {
    const run = new CampaignRun([campaign(condition, { by: 'server' }), campaign(condition)])
    run.play('1@a>x 2@a>x 3@b>x 4@a>y 6@a>x')
    expect(run.times[0]).toBe(time)
  })

  it('counts a flow once', () => {
    const run = new CampaignRun([campaign('flows >= 2')])
    for (let i = 0; i < 5; i++) run.campaigns.hit('guess', i, 7, 'c', 's')
    expect(run.told).toEqual([])
  })
})

describe('a campaign that is followed', () => {
  const FOLLOWED = campaign('hits >= 2', { by: 'pair' }, 'success')

  it('is told at each hit that follows, while its condition holds', () => {
    const run = new CampaignRun([FOLLOWED])
    expect(run.play('1').play('2', 'success').times).toEqual([])
    expect(run.play('3').times).toEqual([])
    expect(run.play('4 5', 'success').times).toEqual([4, 5])
    expect(run.play('12', 'success').times).toEqual([4, 5])
  })

  it('wants the same key', () => {
    expect(new CampaignRun([FOLLOWED]).play('1 2').play('3@c>t', 'success').told).toEqual([])
  })

  it('wants at least one counted hit', () => {
    const run = new CampaignRun([campaign('servers < 2', {}, 'success')])
    expect(run.play('3', 'success').told).toEqual([])
    expect(run.play('4').play('15', 'success').told).toEqual([])
  })

  it('is not followed by the hit that it counts', () => {
    const run = new CampaignRun([campaign('hits >= 1', {}, 'guess')])
    expect(run.play('1 2').times).toEqual([2])
  })
})

describe('campaigns of campaigns', () => {
  it('count what others tell', () => {
    const run = new CampaignRun([
      campaign('hits >= 2', { class: 'guessing' }),
      campaign('servers >= 2', { of: 'guessing', by: 'server', withinMicros: 100 * SECOND }),
      campaign('hits >= 1', {}, 'guessing'),
    ])
    run.play('1 2')
    expect(run.told.map(({ index }) => index)).toEqual([0, 2])
  })

  it('end where they would go round', () => {
    const round = campaign('hits >= 1', { class: 'guess' }, 'guess')
    const run = new CampaignRun([round, round]).play('1')
    expect(run.play('2').told.length).toBeLessThan(100)
    const one = new CampaignRun([campaign('hits >= 1', { class: 'guess' })])
    expect(one.play('1').told).toHaveLength(1)
  })
})

describe('bounds', () => {
  const NEVER = campaign('hits >= 1000')

  it('drop the key that was counted longest ago', () => {
    const run = new CampaignRun([campaign('hits >= 2')], { ...DEFAULT_CAMPAIGN_BUDGET, keys: 2 })
    expect(run.play('1@a>s 1@b>s 1@c>s 2@a>s 2@c>s').told).toMatchObject([{ client: 'c' }])
    expect(run.counter('match.dropped_campaign_keys')).toBe(2)
  })

  it('drop whole keys when the hits of all are too many', () => {
    const run = new CampaignRun([NEVER], { ...DEFAULT_CAMPAIGN_BUDGET, hits: 3 }).play('1@a>s 2@a>s 3@b>s')
    expect(run.counter('match.dropped_campaign_keys')).toBe(0)
    expect(run.play('4@b>s').counter('match.dropped_campaign_keys')).toBe(1)
  })

  it('drop the first hits of a key', () => {
    const run = new CampaignRun([campaign('hits >= 3')], { ...DEFAULT_CAMPAIGN_BUDGET, hitsPerKey: 2 })
    expect(run.play('1 2 3').told).toEqual([])
    expect(run.counter('match.dropped_campaign_hits')).toBe(1)
  })

  it('count nothing that is out of time anyway', () => {
    const run = new CampaignRun([NEVER], { keys: 1, hitsPerKey: 1, hits: 1 })
    expect(run.play('1@a>s 20@b>s 40@c>s 60@c>s').counter('match.dropped_campaign_keys')).toBe(0)
    expect(run.counter('match.dropped_campaign_hits')).toBe(0)
  })
})
