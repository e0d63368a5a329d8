// The syntax tree of examples, the `#+` and `#-` lines above a statement: what must hit it, and what must not.
// Small readonly records without places, like those of statements.

import type { Span } from '../model/diagnostic.ts'
import type { HandshakeFigureName } from '../model/figures.ts'
import type { MessageName } from '../model/messages.ts'
import type { Direction } from '../model/program.ts'
import type { Quantity } from './quantity.ts'

/** What an exchange is made of: that of `tcp`, `udp` and `icmp` statements, of `ssh` statements, of campaigns. */
export type ExchangeKind = 'packets' | 'messages' | 'hits'

/** `#+ 2x < s12 c12 > & 1000002` */
export interface ExampleNode {
  /** How often it must hit: 0 for `#-`. */
  readonly hits: number
  readonly what: ExchangeNode | CaptureNode
  /** Ids of other signatures that hit, too. */
  readonly others: readonly number[]
}

/** `file:captures/login.pcap` */
export interface CaptureNode {
  readonly kind: 'capture'
  /** As written: from the signature file's folder. */
  readonly path: string
}

/** `port 2222: speaks.tls=1 < s12 + c12 +2s >` */
export interface ExchangeNode {
  readonly kind: 'exchange'
  /** undefined: the statement's own. */
  readonly port: number | undefined
  readonly figures: readonly FigureNode[]
  /** `<`: the flow's start was seen. */
  readonly atStart: boolean
  readonly items: readonly ExchangeItem[]
  /** `>`: the flow's end was seen. */
  readonly atEnd: boolean
  /** Before `>`. */
  readonly endPause: ExchangePause | undefined
}

/** Figures that an exchange of packets cannot show by itself; one of messages cannot show those of the handshake. */
export const PACKET_FIGURES = ['speaks.tls', 'speaks.ssh', 'ssh.messages'] as const

export type GivenFigureName = HandshakeFigureName | (typeof PACKET_FIGURES)[number]

export interface FigureNode {
  readonly name: GivenFigureName
  readonly value: number
}

/** `+` is as long as the threshold; a time as long as it says. */
export type ExchangePause = 'threshold' | Quantity

export interface ExchangeItem {
  readonly pause: ExchangePause | undefined
  readonly atom: ExchangeAtom
  /** How often it comes, from 1. */
  readonly times: number
}

export type ExchangeAtom =
  /** `c12`: a packet, or a message of SSH without a name. */
  | { readonly kind: 'packet'; readonly direction: Direction; readonly size: number }
  /** `c:PASSWORD`, `c:PASSWORD(52)`, `c:ssh(10)`: the number is the payload's; undefined: the usual one. */
  | {
      readonly kind: 'message'
      readonly direction: Direction
      readonly name: MessageName
      readonly payload: number | undefined
    }
  /** `!`, `c!1448`: bytes that the capture lost. */
  | { readonly kind: 'gap' }
  /** `ssh.guessing@10.0.0.1>10.0.0.2`: a hit of that class between these ends. */
  | { readonly kind: 'hit'; readonly class: string; readonly client: string; readonly server: string }
  | { readonly kind: 'group'; readonly items: readonly ExchangeItem[] }

/** An example and where it stands. */
export interface LocatedExample {
  readonly ast: ExampleNode
  /** From 1. */
  readonly line: number
  /** The line, without white space around it. */
  readonly span: Span
}
