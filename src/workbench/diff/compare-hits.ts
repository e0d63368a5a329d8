// What two signature databases say of the same captures: hits gained, lost and changed, by flow and by signature.

import type { SignatureHead } from '../../model/program.ts'
import type { HitLog, LoggedFlow, LoggedHit } from './hit-log.ts'
import { pairHits } from './pair-hits.ts'

/** In which ways a hit is not what it was. */
export type Difference = 'place' | 'signature' | 'description' | 'class' | 'severity'

export type HitChange =
  | { readonly kind: 'gained'; readonly old: undefined; readonly now: LoggedHit }
  | { readonly kind: 'lost'; readonly old: LoggedHit; readonly now: undefined }
  | {
      readonly kind: 'changed'
      readonly old: LoggedHit
      readonly now: LoggedHit
      readonly differs: readonly Difference[]
    }

export interface Tally {
  /** Hits before and now. */
  readonly old: number
  readonly now: number
  readonly gained: number
  readonly lost: number
  readonly changed: number
}

/** One signature, or what it became. */
export interface SignatureDiff extends Tally {
  readonly sid: number
  readonly description: string
  /** undefined: it was not, or is no more. */
  readonly before: SignatureHead | undefined
  readonly after: SignatureHead | undefined
}

export interface FlowDiff {
  readonly flow: LoggedFlow
  /** In order of the packets. */
  readonly changes: readonly HitChange[]
}

export interface HitDiff {
  readonly total: Tally
  /** Flows with hits, before and now. */
  readonly flows: { readonly old: number; readonly now: number }
  /** All signatures that hit, or whose statement changed, by sid. A hit that went over to another stands in both. */
  readonly signatures: readonly SignatureDiff[]
  /** Only those with changes, in the order of the captures. */
  readonly changes: readonly FlowDiff[]
}

/** @param old - heads of all signatures before; `now`: of all now */
export function compareHits(
  before: HitLog,
  after: HitLog,
  heads: { readonly old: readonly SignatureHead[]; readonly now: readonly SignatureHead[] },
): HitDiff {
  const changes = pairHits(before.hits, after.hits).flatMap(([old, now]) => changeOf(old, now))
  const count = (kind: HitChange['kind']) => changes.filter((change) => change.kind === kind).length
  const byFlow = new Map<LoggedFlow['id'], { flow: LoggedFlow; changes: HitChange[] }>()
  for (const change of changes) {
    const { flow } = change.now ?? change.old
    const entry = byFlow.get(flow.id) ?? { flow, changes: [] }
    entry.changes.push(change)
    byFlow.set(flow.id, entry)
  }
  const flows = [...byFlow.values()].sort((a, b) => a.flow.id - b.flow.id)
  for (const entry of flows) entry.changes.sort((a, b) => placeOf(a) - placeOf(b))
  return {
    total: {
      old: before.hits.length,
      now: after.hits.length,
      gained: count('gained'),
      lost: count('lost'),
      changed: count('changed'),
    },
    flows: { old: before.flows, now: after.flows },
    signatures: tallySignatures(before.hits, after.hits, changes, heads),
    changes: flows,
  }
}

function changeOf(old: LoggedHit | undefined, now: LoggedHit | undefined): readonly HitChange[] {
  if (old === undefined) return now === undefined ? [] : [{ kind: 'gained', old, now }]
  if (now === undefined) return [{ kind: 'lost', old, now }]
  const differs = differencesOf(old, now)
  return differs.length === 0 ? [] : [{ kind: 'changed', old, now, differs }]
}

function differencesOf(old: LoggedHit, now: LoggedHit): readonly Difference[] {
  const one = old.signature
  const two = now.signature
  const isElsewhere = old.flow.id !== now.flow.id || old.first !== now.first || old.last !== now.last
  const list: Difference[] = []
  if (isElsewhere) list.push('place')
  if (one.sid !== two.sid) list.push('signature')
  if (one.description !== two.description) list.push('description')
  if (one.class !== two.class) list.push('class')
  if (one.severity !== two.severity) list.push('severity')
  return list
}

function placeOf({ old, now }: HitChange): number {
  return (now ?? old)?.first ?? 0
}

function tallySignatures(
  before: readonly LoggedHit[],
  after: readonly LoggedHit[],
  changes: readonly HitChange[],
  heads: { readonly old: readonly SignatureHead[]; readonly now: readonly SignatureHead[] },
): readonly SignatureDiff[] {
  const rows = new Map<number, { before?: SignatureHead; after?: SignatureHead; counts: number[] }>()
  const row = (sid: number) => {
    const known = rows.get(sid) ?? { counts: [0, 0, 0, 0, 0] }
    rows.set(sid, known)
    return known
  }
  const add = (sid: number, column: number) => {
    const { counts } = row(sid)
    counts[column] = (counts[column] ?? 0) + 1
  }
  for (const head of heads.old) row(head.sid).before = head
  for (const head of heads.now) row(head.sid).after = head
  for (const { signature } of before) add(signature.sid, 0)
  for (const { signature } of after) add(signature.sid, 1)
  for (const { kind, old, now } of changes) {
    if (kind === 'gained') add(now.signature.sid, 2)
    else if (kind === 'lost') add(old.signature.sid, 3)
    else for (const sid of new Set([old.signature.sid, now.signature.sid])) add(sid, 4)
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([sid, { before: was, after: is, counts }]) => {
      const [old = 0, now = 0, gained = 0, lost = 0, changed = 0] = counts
      const description = (is ?? was)?.description ?? ''
      return { sid, description, before: was, after: is, old, now, gained, lost, changed }
    })
    .filter((one) => one.old + one.now > 0 || one.before?.text !== one.after?.text)
}
