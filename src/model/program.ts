// What the language hands to the matcher: plain data, no syntax. The matcher builds its own indexes.

/** Who sent an element. Also the value used in flow records. */
export const Direction = { client: 0, server: 1 } as const
export type Direction = (typeof Direction)[keyof typeof Direction]

/** Largest payload of one element that can be told apart: IPv4 and IPv6 lengths, with offload, end below it. */
export const MAX_SIZE = 0x0fff_ffff

/** One packet of a signature. */
export interface ProgramElement {
  readonly direction: Direction
  /** Inclusive payload size range in bytes; 0 and MAX_SIZE when any size will do, or for a back-reference. */
  readonly low: number
  readonly high: number
  /** 1-based packet of this signature whose size this one must equal; 0 when there is none. */
  readonly reference: number
  /** True: a pause of at least the threshold comes before; false: none does (says nothing before the first). */
  readonly pauseBefore: boolean
}

/** IP protocol numbers; icmp stands for ICMP over IPv4 and ICMPv6 alike. */
export const Protocol = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const

/** What a hit says of its signature. */
export interface SignatureHead {
  readonly sid: number
  readonly rev: number
  /** What the hit is called: the statement's description. */
  readonly description: string
  readonly class: string | undefined
  readonly severity: number
  /** Hits of one flow that are told; 0 for all. */
  readonly limit: number
  readonly details: SignatureDetails
  /** The statement in canonical form. */
  readonly text: string
  readonly file: string
  readonly line: number
}

/** The rest of a statement's metadata. */
export interface SignatureDetails {
  /** Where to read on: URLs, RFC sections, CVE numbers. */
  readonly references: readonly string[]
  /** MITRE ATT&CK technique ids: `T1110.001`. */
  readonly mitre: readonly string[]
  /** What else looks like this. */
  readonly falsePositives: string | undefined
  /** How sure a hit is, 0 to 1. */
  readonly confidence: number | undefined
  /** Classes that the first hit of a flow has besides. */
  readonly also: readonly string[]
  /** Figures and facts (model/figures.ts) that a hit carries. */
  readonly tell: readonly string[]
}

export const NO_DETAILS: SignatureDetails = {
  references: [],
  mitre: [],
  falsePositives: undefined,
  confidence: undefined,
  also: [],
  tell: [],
}

/** A classic statement. Its index in Program.signatures is its identity at match time. */
export interface ProgramSignature extends SignatureHead {
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  /** Server port; -1 for any. */
  readonly port: number
  /** The packets may be one merged or one lost short of the signature: docs/signature-language.md. */
  readonly fuzzy: boolean
  /** `<`: the first element is the flow's first, and its start was seen. */
  readonly atStart: boolean
  /** `>`: the last element is the flow's last, and its end was seen. */
  readonly atEnd: boolean
  readonly elements: readonly ProgramElement[]
}

/** Inclusive server ports. */
export interface PortRange {
  readonly low: number
  readonly high: number
}

/** What stands between an element and the one before it. Times are µs. */
export type Pause =
  /** Nothing is said of it. */
  | { readonly kind: 'any' }
  /** At least the threshold. */
  | { readonly kind: 'pause' }
  /** Less than the threshold. */
  | { readonly kind: 'none' }
  /** From `low` to `high`, inclusive; of a delay from which the flow's round-trip time is taken off if `lessRtt`. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly lessRtt: boolean }

/** What a sequence wants of one element. */
export interface SequenceTest {
  /** undefined: either side. */
  readonly direction: Direction | undefined
  /** Inclusive size in bytes; added to the size of `reference` when there is one, and then perhaps negative. */
  readonly low: number
  readonly high: number
  /** 1-based slot (see SequenceStep) whose size is meant; 0 for none. */
  readonly reference: number
  /** Index in MESSAGES (model/messages.ts); 0 for any. */
  readonly message: number
  /** The message's payload can have from `low` to `high` bytes under the flow's suite. */
  readonly payload: { readonly low: number; readonly high: number } | undefined
  readonly pause: Pause
}

/** An instruction of a sequence: a Thompson automaton, begun at 0. */
export type SequenceStep =
  /** Takes an element that fits test `test`; its size is kept in 1-based `slot` if that is not 0. Goes on behind. */
  | { readonly kind: 'take'; readonly test: number; readonly slot: number }
  /** Goes on in each of these places. */
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  /** The pattern is complete. */
  | { readonly kind: 'done' }

/** Where a sequence must begin: with the flow's first element, or the first message of a phase. */
export type SequenceStart = 'anywhere' | 'flow' | SshPhase

/** Newkeys: the first message after NEWKEYS of its side. Auth: the client's first request for authentication.
 * Session: the first after SUCCESS. Channel: the first after a channel was opened. */
export const SSH_PHASES = ['newkeys', 'auth', 'session', 'channel'] as const
export type SshPhase = (typeof SSH_PHASES)[number]

/** A statement in the extended language. Its index in Program.sequences is its identity at match time. */
export interface SequenceSignature extends SignatureHead {
  /** `ssh`: elements are messages of any flow that speaks SSH 2; else they are packets. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'ssh'
  /** Empty: any. */
  readonly ports: readonly PortRange[]
  readonly start: SequenceStart
  /** `>`: the last element is the flow's last, and its end was seen. */
  readonly atEnd: boolean
  readonly tests: readonly SequenceTest[]
  /** Empty for a statement of conditions alone. */
  readonly steps: readonly SequenceStep[]
  /** Slots that steps keep sizes in. */
  readonly slots: number
  /** Must hold when the pattern is complete; alone: hits when it begins to hold. */
  readonly where: Condition | undefined
}

/** A condition or a part of one. Truth is a number: 0 is false. */
export type Condition =
  | { readonly kind: 'number'; readonly value: number }
  /** A name in FIGURES (model/figures.ts); in a campaign in CAMPAIGN_FIGURES. */
  | { readonly kind: 'figure'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'and' | 'or' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '+' | '-' | '*' | '/'
      readonly left: Condition
      readonly right: Condition
    }

/** Counts hits over flows. Its index in Program.campaigns is its identity. */
export interface CampaignSignature extends SignatureHead {
  /** Class of the hits that are counted. */
  readonly of: string
  /** Class of the hit that must follow them; undefined when the count is enough. */
  readonly then: string | undefined
  readonly by: 'client' | 'server' | 'pair'
  readonly withinMicros: number
  /** Over CAMPAIGN_FIGURES, when a hit was counted, or the one that follows has come. */
  readonly where: Condition
}

export interface Program {
  /** Hex digest of all canonical texts: two programs with the same hash match alike. */
  readonly hash: string
  readonly signatures: readonly ProgramSignature[]
  readonly sequences: readonly SequenceSignature[]
  readonly campaigns: readonly CampaignSignature[]
}
