// Runs the campaigns of a program over hits that somebody wrote down: each in a flow of its own.

import { Campaigns, DEFAULT_CAMPAIGN_BUDGET } from '../match/campaigns.ts'
import type { Program, SignatureHead } from '../model/program.ts'
import type { ExchangeNode } from '../signature/example.ts'
import { timedAtoms } from './expand-exchange.ts'

export interface CampaignRunHit {
  readonly signature: SignatureHead
}

/** All hits of campaigns, in order, those that campaigns give each other included. */
export function runCampaigns(
  program: Program,
  { items }: ExchangeNode,
  thresholdMicros: number,
): readonly CampaignRunHit[] {
  const hits: CampaignRunHit[] = []
  const sink = {
    campaign(index: number) {
      const signature = program.campaigns[index]
      if (signature !== undefined) hits.push({ signature })
    },
  }
  const campaigns = new Campaigns(program.campaigns, sink, DEFAULT_CAMPAIGN_BUDGET)
  const { atoms } = timedAtoms(items, thresholdMicros)
  for (const [i, atom] of atoms.entries())
    if (atom.kind === 'hit') campaigns.hit(atom.class, atom.time, i + 1, atom.client, atom.server)
  return hits
}
