// What the sensor and its keeper say to each other. `id` names one run of a program.

import type { ChildRequest } from './launcher.ts'

/** `ready` is answered when the keeper knows its commands, `output` bears the stream as a handle. */
export type KeeperRequest =
  | { readonly do: 'launch'; readonly id: number; readonly index: number; readonly plain: boolean }
  /** The sensor holds the stream: the program may write. */
  | { readonly do: 'go'; readonly id: number }
  | { readonly do: ChildRequest; readonly id: number }

export type KeeperReport = { readonly tell: 'ready' } | RunReport

export type RunReport =
  | { readonly tell: 'output'; readonly id: number }
  | { readonly tell: 'line'; readonly id: number; readonly text: string }
  | { readonly tell: 'unflushable'; readonly id: number }
  | { readonly tell: 'exited'; readonly id: number; readonly how: string }
