// Users and groups by name or number, as getpwnam would have them from the local files.

import { readFileSync } from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'

export interface Account {
  /** Undefined for a number that has no name. */
  readonly name: string | undefined
  readonly uid: number
  /** Primary group; undefined for a number that has no name. */
  readonly gid: number | undefined
}

/** @throws OperatorError when there is no such user */
export function findUser(user: string): Account {
  const number = parseId(user)
  for (const [name, , uid, gid] of readTable('/etc/passwd'))
    if (name === user || (number !== undefined && Number(uid) === number))
      return { name, uid: Number(uid), gid: Number(gid) }
  if (number !== undefined) return { name: undefined, uid: number, gid: undefined }
  throw new OperatorError(
    'input',
    `there is no user ${user}`,
    `make one: useradd --system --no-create-home --shell /usr/sbin/nologin ${user}`,
  )
}

/** @throws OperatorError when there is no such group */
export function findGroup(group: string): number {
  const number = parseId(group)
  if (number !== undefined) return number
  for (const [name, , gid] of readTable('/etc/group')) if (name === group) return Number(gid)
  throw new OperatorError('input', `there is no group ${group}`, `make one: groupadd --system ${group}`)
}

/** Ids are 32 bits; the last one means "no change" in setresuid(2). */
function parseId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return id < 0xffffffff ? id : undefined
}

function readTable(path: string): readonly (readonly string[])[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter(([name = '', , id = '']) => name !== '' && /^\d+$/.test(id))
  } catch {
    return []
  }
}
