// What grammar/signature.ne yields for one statement: its tokens, not yet read.

import type { StatementToken } from './statement-lexer.ts'

export type StatementTree = PatternTree | CampaignTree

export interface PatternTree {
  readonly kind: 'pattern'
  readonly protocol: StatementToken
  /** Empty for `*`; `low` and `high` are one token where one port stands. */
  readonly ports: readonly { readonly low: StatementToken; readonly high: StatementToken }[]
  readonly exact: StatementToken | null
  readonly start: StatementToken | null
  /** Empty only when there is a condition. */
  readonly items: readonly ItemTree[]
  readonly end: StatementToken | null
  readonly where: ConditionTree | null
  readonly description: StatementToken
}

export interface ItemTree {
  readonly pause: { readonly mark: StatementToken; readonly span: StatementToken | null } | null
  readonly atom: AtomTree
  readonly repeat: StatementToken | null
}

export type AtomTree =
  | { readonly kind: 'element'; readonly token: StatementToken }
  | {
      readonly kind: 'group'
      readonly open: StatementToken
      readonly close: StatementToken
      readonly alternatives: readonly (readonly ItemTree[])[]
    }

export type ConditionTree =
  | {
      readonly kind: 'binary'
      readonly operator: StatementToken
      readonly left: ConditionTree
      readonly right: ConditionTree
    }
  | { readonly kind: 'not'; readonly operator: StatementToken; readonly of: ConditionTree }
  | { readonly kind: 'leaf'; readonly token: StatementToken }

export interface CampaignTree {
  readonly kind: 'campaign'
  readonly of: StatementToken
  readonly then: StatementToken | null
  readonly by: StatementToken
  readonly within: StatementToken
  readonly where: ConditionTree
  readonly description: StatementToken
}
