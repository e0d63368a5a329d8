// What a reload changes, by signature ids.

import type { Program, SignatureHead } from '../model/program.ts'

export interface ProgramChanges {
  readonly added: readonly number[]
  readonly removed: readonly number[]
  /** The statement or what it says of itself is another. */
  readonly changed: readonly number[]
}

/** Signatures are the same when their ids are; each list is in ascending order. */
export function compareProgramHeads(before: Program, after: Program): ProgramChanges {
  const old = describeAll(before)
  const now = describeAll(after)
  const sids = (from: ReadonlyMap<number, string>, isWanted: (sid: number) => boolean) =>
    [...from.keys()].filter(isWanted).sort((a, b) => a - b)
  return {
    added: sids(now, (sid) => !old.has(sid)),
    removed: sids(old, (sid) => !now.has(sid)),
    changed: sids(now, (sid) => old.has(sid) && old.get(sid) !== now.get(sid)),
  }
}

/** All that can change of each signature, but not where it stands. Those that share an id stand together. */
function describeAll({ signatures, sequences, campaigns }: Program): ReadonlyMap<number, string> {
  const all = new Map<number, string>()
  for (const signature of [...signatures, ...sequences, ...campaigns]) {
    const { file, line, sid, ...rest }: SignatureHead = signature
    all.set(sid, (all.get(sid) ?? '') + JSON.stringify(rest))
  }
  return all
}
