// What an exchange that is written for a statement takes from it.

import type { ClassicStatement, SequenceStatement } from '../signature/statement.ts'

const SSH_PORT = 22
/** No protocol's. */
const SOME_PORT = 4000

/** The first port that it names. */
export function usualPort(statement: ClassicStatement | SequenceStatement): number {
  if (statement.protocol === 'icmp') return 0
  const named = statement.kind === 'classic' ? statement.port : (statement.ports[0]?.low ?? 'any')
  if (named !== 'any') return named
  return statement.protocol === 'ssh' ? SSH_PORT : SOME_PORT
}
