// Logged hits for tests of diff.

import { NO_DETAILS, type SignatureHead } from '../../../../src/model/program.ts'
import type { LoggedHit } from '../../../../src/workbench/diff/hit-log.ts'

export function head(sid: number, given: Partial<SignatureHead> = {}): SignatureHead {
  return {
    sid,
    rev: 1,
    description: `signature ${sid}`,
    class: undefined,
    severity: 3,
    limit: 0,
    details: NO_DETAILS,
    text: `tcp * = c${sid} : signature ${sid}`,
    file: 'a.sig',
    line: 1,
    ...given,
  }
}

/** A hit in flow `id`, packets `first` to `last`. */
export function hit(
  id: number,
  first: number,
  last: number,
  signature: SignatureHead,
  counted?: string,
): LoggedHit {
  const flow = { id, source: 0, name: `tcp 10.0.0.1:${id}>10.0.0.2:22` }
  return { flow, signature, first, last, time: first * 1e6, counted }
}
