// Taking a path for a run: a socket or a pid file that appears at its path whole, with its final mode, and never in
// the place of one that somebody else still uses. Files of dead runs are cleared away without a race: two sensors
// that start at once cannot clear away each other's.

import { linkSync, lstatSync, renameSync, type Stats, unlinkSync } from 'node:fs'

/** lstat, or undefined when there is nothing. */
export function statIfThere(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** Whether two answers of lstat are about the same file, renamed or not. */
export function isSameFile(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.mtimeMs === b.mtimeMs
}

/**
 * Gives a finished file its path. The file keeps no other name.
 *
 * @returns false when something is at the path already, which is left as it is
 */
export function placeFile(finished: string, path: string): boolean {
  try {
    linkSync(finished, path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
  unlinkSync(finished)
  return true
}

/** Removes what is at a path, if it is still the file that was judged to be stale. */
export function removeJudged(path: string, judged: Stats): void {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw cause
  }
  // Between judgement and renaming somebody may have cleared it away and put a live one there: that goes back.
  if (!isSameFile(lstatSync(aside), judged) && placeFile(aside, path)) return
  unlinkSync(aside)
}
