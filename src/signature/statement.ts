// The syntax tree of the language: small readonly records without places, so that other tools can build them.
// Where a parsed statement stands is told beside the tree, by LocatedStatement.

import type { SourceText, Span } from '../model/diagnostic.ts'
import type { MessageName } from '../model/messages.ts'
import {
  type CampaignSignature,
  NO_DETAILS,
  type PortRange,
  type ProgramSignature,
  type SequenceSignature,
  type SequenceStart,
  type SignatureDetails,
} from '../model/program.ts'
import type { Quantity } from './quantity.ts'
import type { SourceLine } from './source-lines.ts'

/** `12`, `27/15`, `*`, `@3`. */
export type Size =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'range'; readonly bytes: number; readonly distance: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'same'; readonly packet: number }

/** Those, and `10..90`, `@3+16/8`, `:PASSWORD`, `:ssh(10..20)`. */
export type ElementSize =
  | Size
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  /** Offset and distance are not both 0. */
  | {
      readonly kind: 'relative'
      readonly packet: number
      readonly offset: number
      readonly distance: number
    }
  | { readonly kind: 'message'; readonly name: MessageName }
  | { readonly kind: 'payload'; readonly low: number; readonly high: number }

/** One packet of a classic signature: `c12`, `+ s27/15`. */
export interface PacketNode {
  readonly pauseBefore: boolean
  readonly direction: 'client' | 'server'
  readonly size: Size
}

/** A statement of the classic language, which fl0p had. */
export interface ClassicStatement {
  readonly kind: 'classic'
  readonly protocol: ProgramSignature['protocol']
  readonly port: number | 'any'
  /** `=`: without the fuzzy rule. */
  readonly isExact: boolean
  /** `<` */
  readonly atStart: boolean
  readonly packets: readonly PacketNode[]
  /** `>` */
  readonly atEnd: boolean
  readonly description: string
}

/** `+`, `+?`, `+2s..30s-rtt`; an end that is left open is undefined, but not both. */
export type PauseNode =
  | { readonly kind: 'pause' }
  | { readonly kind: 'any' }
  | {
      readonly kind: 'range'
      readonly low: Quantity | undefined
      readonly high: Quantity | undefined
      readonly lessRtt: boolean
    }

/** `c12` and its like; direction undefined: `any`, and then the size is any, too. */
export interface ElementNode {
  readonly kind: 'element'
  readonly direction: 'client' | 'server' | undefined
  readonly size: ElementSize
}

/** `(c1 s1 | s2)` */
export interface GroupNode {
  readonly kind: 'group'
  readonly alternatives: readonly (readonly ItemNode[])[]
}

/** An element or a group, what comes before it, and how often it comes. */
export interface ItemNode {
  readonly pause: PauseNode | undefined
  readonly atom: ElementNode | GroupNode
  /** Times, at least. */
  readonly low: number
  /** Times, at most; Infinity for any number. At least 1. */
  readonly high: number
}

/** Numbers, figures, and what is reckoned from them. */
export type ValueNode =
  | ({ readonly kind: 'number' } & Quantity)
  | { readonly kind: 'figure'; readonly name: string }
  | {
      readonly kind: '+' | '-' | '*' | '/'
      readonly left: ValueNode
      readonly right: ValueNode
    }

/** What stands behind `where`. */
export type ConditionNode =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionNode; readonly right: ConditionNode }
  | { readonly kind: 'not'; readonly of: ConditionNode }
  | {
      readonly kind: '<' | '<=' | '>' | '>=' | '==' | '!='
      readonly left: ValueNode
      readonly right: ValueNode
    }

/** A statement about packets or messages that is not classic: something in it fl0p had not. */
export interface SequenceStatement {
  readonly kind: 'sequence'
  readonly protocol: SequenceSignature['protocol']
  /** Empty: any. */
  readonly ports: readonly PortRange[]
  readonly start: SequenceStart
  /** Empty for a condition alone. */
  readonly items: readonly ItemNode[]
  /** `>` */
  readonly atEnd: boolean
  readonly where: ConditionNode | undefined
  readonly description: string
}

/** `count a then b by client within 1h where hits > 3` */
export interface CampaignStatement {
  readonly kind: 'campaign'
  readonly of: string
  readonly then: string | undefined
  readonly by: CampaignSignature['by']
  /** A time. */
  readonly within: Quantity
  readonly where: ConditionNode
  readonly description: string
}

export type Statement = ClassicStatement | SequenceStatement | CampaignStatement

/** What the `#:` lines above a statement say of it. */
export interface Metadata {
  /** undefined: one is derived from the text. */
  readonly sid: number | undefined
  readonly rev: number
  readonly class: string | undefined
  readonly severity: number
  /** 0: no limit. */
  readonly limit: number
  readonly details: SignatureDetails
  /** Where the sid is given. */
  readonly sidSpan: Span | undefined
}

export const NO_METADATA: Metadata = {
  sid: undefined,
  rev: 1,
  class: undefined,
  severity: 3,
  limit: 0,
  details: NO_DETAILS,
  sidSpan: undefined,
}

/** A statement and where it stands. */
export interface LocatedStatement {
  readonly ast: Statement
  readonly metadata: Metadata
  /** The `#+` and `#-` lines above it, not read yet: parse-examples.ts. */
  readonly exampleLines: readonly SourceLine[]
  readonly source: SourceText
  /** From 1. */
  readonly line: number
  /** The statement, without white space around it. */
  readonly span: Span
  /** Of each packet or element as written, with its `+`, without its repeat. */
  readonly packetSpans: readonly Span[]
  /** Of each item outside of groups, with pause and repeat. */
  readonly itemSpans: readonly Span[]
  /** Of `=`. */
  readonly exactSpan: Span | undefined
  readonly descriptionSpan: Span
}
