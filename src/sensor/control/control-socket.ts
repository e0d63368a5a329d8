// The control socket's place in the file system: mode 0600 from the moment it can be seen, one sensor for a path.
// A socket of a dead run is cleared away; one that somebody listens on, or what is no socket, is left alone.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { OperatorError } from '../../model/operator-error.ts'
import { isSameFile, placeFile, removeJudged, statIfThere } from './claim-path.ts'

const OWNER_ONLY = 0o600
const PROBE_MS = 1000
const ATTEMPTS = 5

/** `sun_path` holds 108 bytes with its NUL (unix(7)). */
export const LONGEST_SOCKET_PATH = 107

/**
 * Listens on a path. The socket is bound in a folder that only we can enter, gets its mode there, and then its name.
 *
 * @returns what gives up the path again, if it is still ours
 * @throws OperatorError when the path is taken, cannot be written, or is too long
 */
export async function listenPrivately(server: Server, path: string): Promise<() => void> {
  const folder = makeFolder(path)
  const socket = join(folder, 's')
  try {
    if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH) throw tooLong(path)
    await listen(server, socket)
    chmodSync(socket, OWNER_ONLY)
    const ours = statIfThere(socket)
    for (let attempt = 0; !placeFile(socket, path); attempt++) {
      if (attempt === ATTEMPTS) throw taken(path)
      await clearStale(path)
    }
    return () => {
      const found = statIfThere(path)
      if (ours === undefined || found === undefined || !isSameFile(ours, found)) return
      // The folder may be closed to us since privileges were given up: then the next start clears it away.
      rmQuietly(path)
    }
  } catch (cause) {
    server.close()
    throw cause instanceof OperatorError ? cause : cannotListen(path, cause as NodeJS.ErrnoException)
  } finally {
    rmQuietly(folder)
  }
}

function makeFolder(path: string): string {
  try {
    return mkdtempSync(join(dirname(path), '.g'))
  } catch (cause) {
    throw cannotListen(path, cause as NodeJS.ErrnoException)
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function clearStale(path: string): Promise<void> {
  const found = statIfThere(path)
  if (found === undefined) return
  if (!found.isSocket())
    throw new OperatorError(
      'input',
      `cannot listen on ${path}: there is a file that is no socket`,
      'name another path with --control',
    )
  if (await isLive(path)) throw taken(path)
  removeJudged(path, found)
}

/** Only a refused connection proves that nobody listens: a busy or a stopped sensor is a live one. */
function isLive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    const settle = (isLive: boolean) => {
      probe.destroy()
      resolve(isLive)
    }
    probe.setTimeout(PROBE_MS, () => settle(true))
    probe.once('connect', () => settle(true))
    probe.once('error', ({ code }: NodeJS.ErrnoException) => {
      settle(code !== 'ECONNREFUSED' && code !== 'ENOENT')
    })
  })
}

function taken(path: string): OperatorError {
  return new OperatorError(
    'input',
    `cannot listen on ${path}: another sensor does`,
    `gait ctl --control ${path} status shows which; or name another path with --control`,
  )
}

function tooLong(path: string): OperatorError {
  return new OperatorError(
    'usage',
    `cannot listen on ${path}: its folder's path is too long for a socket`,
    'name a shorter path with --control',
  )
}

function cannotListen(path: string, cause: NodeJS.ErrnoException): OperatorError {
  const isDenied = cause.code === 'EACCES' || cause.code === 'EPERM' || cause.code === 'EROFS'
  const hint =
    cause.code === 'ENOENT'
      ? `make the folder ${dirname(path)}, or name another path with --control`
      : isDenied
        ? 'name a path that this user may write with --control'
        : undefined
  const kind = isDenied ? 'permission' : 'input'
  return new OperatorError(
    kind,
    `cannot listen on ${path}: ${WHY[cause.code ?? ''] ?? cause.message}`,
    hint,
    { cause },
  )
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  EACCES: 'its folder may not be written',
  EPERM: 'its folder may not be written',
  EROFS: 'its folder is read-only',
}

function rmQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // It stays, and harms nobody.
  }
}
