// What a campaign counts, as it is counted: its time in µs.

import type { CampaignSignature, SignatureHead } from '../model/program.ts'
import { compileCondition } from './compile-condition.ts'
import { quantityValue } from './quantity.ts'
import type { CampaignStatement } from './statement.ts'

export type Campaign = Omit<CampaignSignature, keyof SignatureHead>

export function compileCampaign({ of, then, by, within, where }: CampaignStatement): Campaign {
  return { of, then, by, withinMicros: quantityValue(within), where: compileCondition(where) }
}
