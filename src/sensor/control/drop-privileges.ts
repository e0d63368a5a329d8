// Giving up root for good, once everything that needs it is open. Does all of it, checks the outcome against the
// kernel's word, and refuses to go on otherwise.

import { assert } from '../../core/assert.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { findGroup, findUser } from './account.ts'

const ROOT = 0

/** @types/node does not know it. */
type WithInitgroups = NodeJS.Process & { initgroups(user: string, extraGroup: number): void }

export interface Privileges {
  /** Whether anything was given up. */
  readonly dropped: boolean
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
}

/** What there is to change; undefined: nothing. */
interface Change {
  readonly name: string | undefined
  readonly uid: number | undefined
  readonly gid: number
}

/**
 * Becomes `user` and `group`, by name or number: initgroups, setgid, setuid, each verified. Without a group it is the
 * user's own. Not being root, and being `user` already, is fine.
 *
 * @throws OperatorError when root would be kept without `allowRoot`, for unknown names, or when it does not work
 */
export function dropPrivileges(
  user: string | undefined,
  group: string | undefined,
  allowRoot: boolean,
): Privileges {
  const change = checkPrivileges(user, group, allowRoot)
  if (change === undefined) return current(false)
  apply(change)
  return current(true)
}

/** What dropPrivileges() would do, so that its refusals come before anything is opened. @throws OperatorError */
export function checkPrivileges(
  user: string | undefined,
  group: string | undefined,
  allowRoot: boolean,
): Change | undefined {
  assert(process.geteuid !== undefined && process.getuid !== undefined, 'users exist')
  const account = user === undefined ? undefined : findUser(user)
  const gid = group === undefined ? account?.gid : findGroup(group)
  if (process.geteuid() !== ROOT && process.getuid() !== ROOT) {
    if (account !== undefined && account.uid !== process.getuid()) throw cannotBecome(`user ${user}`)
    const { groups } = current(false)
    if (group !== undefined && !groups.includes(gid ?? -1)) throw cannotBecome(`group ${group}`)
    return undefined
  }
  if ((account === undefined || account.uid === ROOT) && !allowRoot)
    throw new OperatorError(
      'usage',
      'refusing to keep running as root',
      'name a user to become with --user, or insist with --allow-root',
    )
  if (account !== undefined && gid === undefined)
    throw new OperatorError('input', `user ${user} has no name and so no group`, 'name one with --group')
  return gid === undefined ? undefined : { name: account?.name, uid: account?.uid, gid }
}

function apply({ name, uid, gid }: Change): void {
  try {
    if (name === undefined) process.setgroups?.([gid])
    else (process as WithInitgroups).initgroups(name, gid)
    process.setgid?.(gid)
    if (uid !== undefined) process.setuid?.(uid)
  } catch (cause) {
    throw new OperatorError(
      'permission',
      `cannot give up root: ${(cause as Error).message}`,
      'this needs CAP_SETUID and CAP_SETGID',
      { cause },
    )
  }
  if (!isChanged(uid ?? ROOT, gid))
    throw new OperatorError(
      'permission',
      'could not give up root for good',
      'the user must not be a member of group root',
    )
}

function isChanged(uid: number, gid: number): boolean {
  const { groups } = current(true)
  if (process.getuid?.() !== uid || process.geteuid?.() !== uid) return false
  if (process.getgid?.() !== gid || process.getegid?.() !== gid) return false
  if (gid !== ROOT && groups.includes(ROOT)) return false
  if (uid === ROOT) return true
  return !works(() => process.setuid?.(ROOT)) && (gid === ROOT || !works(() => process.setgid?.(ROOT)))
}

function works(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}

function current(dropped: boolean): Privileges {
  return {
    dropped,
    uid: process.geteuid?.() ?? -1,
    gid: process.getegid?.() ?? -1,
    groups: [...new Set([process.getegid?.() ?? -1, ...(process.getgroups?.() ?? [])])],
  }
}

function cannotBecome(what: string): OperatorError {
  return new OperatorError(
    'permission',
    `cannot become ${what}: only root can`,
    'start as root, or leave the name out',
  )
}
