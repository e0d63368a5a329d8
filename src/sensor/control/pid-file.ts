// The pid file: one run for a path. It appears whole, is never taken from a live run, and is removed at the end only
// if it is still ours.

import { lstatSync, readFileSync, type Stats, unlinkSync, writeFileSync } from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'
import { isSameFile, placeFile, removeJudged, statIfThere } from './claim-path.ts'

const ATTEMPTS = 5
/** Linux counts a process's start in hundredths of a second for everybody, whatever its timer does. */
const TICKS_PER_SECOND = 100
const SLACK_MS = 2000

export interface PidFile {
  /** Removes it if it is ours. Happens at exit as well. */
  remove(): void
}

/** @throws OperatorError when another run holds it, when it is no pid file, or when it cannot be written */
export function writePidFile(path: string): PidFile {
  const finished = `${path}.${process.pid}.new`
  try {
    writeFileSync(finished, `${process.pid}\n`, { mode: 0o644 })
    const ours = lstatSync(finished)
    for (let attempt = 0; !placeFile(finished, path); attempt++) {
      if (attempt === ATTEMPTS) throw held(path, undefined)
      clearStale(path)
    }
    return createPidFile(path, ours)
  } catch (cause) {
    removeQuietly(finished)
    if (cause instanceof OperatorError) throw cause
    const { code, message } = cause as NodeJS.ErrnoException
    const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    throw new OperatorError(
      isDenied ? 'permission' : 'input',
      `cannot write the pid file ${path}: ${message}`,
      'name another path with --pid-file',
      { cause },
    )
  }
}

function createPidFile(path: string, ours: Stats): PidFile {
  const remove = () => {
    process.off('exit', remove)
    const found = statIfThere(path)
    // Privileges may be gone by now, and with them the right to remove it: the next run finds it stale.
    if (found !== undefined && isSameFile(found, ours)) removeQuietly(path)
  }
  process.on('exit', remove)
  return { remove }
}

function clearStale(path: string): void {
  const found = statIfThere(path)
  if (found === undefined) return
  const text = found.isFile() ? readFileSync(path, 'latin1') : 'x'
  // A full disk leaves an empty one.
  if (!/^\s*\d*\s*$/.test(text))
    throw new OperatorError(
      'input',
      `${path} is there and is no pid file`,
      'remove it, or name another path with --pid-file',
    )
  const pid = Number(text)
  if (isRunning(pid, found.mtimeMs)) throw held(path, pid)
  removeJudged(path, found)
}

/** Whether the process that wrote the file at that time lives: its number may have gone to another one since. */
function isRunning(pid: number, writtenMs: number): boolean {
  if (pid === 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const startedMs = startOf(pid)
  return startedMs === undefined || startedMs <= writtenMs + SLACK_MS
}

/** When a process started, ms since the epoch; undefined where there is no /proc. */
function startOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything; starttime is the 22nd field, the state behind the name the third.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    const uptimeSeconds = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0])
    const startedMs = Date.now() - (uptimeSeconds - ticks / TICKS_PER_SECOND) * 1000
    return Number.isFinite(startedMs) ? startedMs : undefined
  } catch {
    return undefined
  }
}

function held(path: string, pid: number | undefined): OperatorError {
  return new OperatorError(
    'input',
    `${path}: another sensor runs${pid === undefined ? '' : ` as process ${pid}`}`,
    'stop it first, or name another path with --pid-file',
  )
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already, or not ours to remove.
  }
}
