// An event file, by name: appended to, and sound before the first line, whatever a crash left behind. A device or a
// named pipe may stand in its place; nothing here waits for the other end of one.

import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync, writeSync } from 'node:fs'

/** Readable for the group, so that a shipper of logs may be a member of it. */
const MODE = 0o640
const NEWLINE = 10
const FLAGS = constants.O_CREAT | constants.O_APPEND | constants.O_NONBLOCK | constants.O_NOCTTY

export interface LogFile {
  readonly descriptor: number
  readonly dev: number
  readonly ino: number
}

/**
 * Opens a file behind its last line. Half a line at its end, of a writer that crashed, is ended first, so that it
 * spoils none but itself.
 *
 * @throws NodeJS.ErrnoException
 */
export function openLogFile(path: string): LogFile {
  const descriptor = openForAppending(path)
  try {
    const stat = fstatSync(descriptor)
    if (stat.isFile() && stat.size > 0 && lastByte(descriptor, stat.size) !== NEWLINE)
      writeSync(descriptor, '\n')
    return { descriptor, dev: stat.dev, ino: stat.ino }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Where an open file stands: under its name, deleted, or moved away (or replaced) while another name leads to it. */
export function whereaboutsOf(file: LogFile, path: string): 'in place' | 'deleted' | 'moved' {
  try {
    if (fstatSync(file.descriptor).nlink === 0) return 'deleted'
  } catch {
    // Of a network file system that lost it.
    return 'deleted'
  }
  try {
    const named = statSync(path, { throwIfNoEntry: false })
    return named !== undefined && named.dev === file.dev && named.ino === file.ino ? 'in place' : 'moved'
  } catch {
    // Its folder may no longer be looked into: nothing is known, and a new file could not be made either.
    return 'in place'
  }
}

function openForAppending(path: string): number {
  const stat: Stats | undefined = statSync(path, { throwIfNoEntry: false })
  // Who opens a named pipe for reading too never hears that its reader went.
  if (stat !== undefined && !stat.isFile()) return openSync(path, FLAGS | constants.O_WRONLY, MODE)
  try {
    return openSync(path, FLAGS | constants.O_RDWR, MODE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    return openSync(path, FLAGS | constants.O_WRONLY, MODE)
  }
}

/** undefined for a file that may be written only: an empty line in it does less harm than two lines in one. */
function lastByte(descriptor: number, size: number): number | undefined {
  const byte = Buffer.alloc(1)
  try {
    readSync(descriptor, byte, 0, 1, size - 1)
    return byte[0]
  } catch {
    return undefined
  }
}
