// Notices changes of signature files and folders. An editor may write a file in several steps or put another in its
// place: so folders are watched, and a change is told when nothing has changed for a moment.

import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

const QUIET_MS = 500

export interface SignatureWatch {
  close(): void
}

/**
 * @param paths - signature files and folders
 * @param changed - called after each change, once it is over
 * @param failed - called when a folder can no longer be watched, with the reason
 */
export function watchSignatures(
  paths: readonly string[],
  changed: () => void,
  failed: (reason: string) => void,
): SignatureWatch {
  let timer: NodeJS.Timeout | undefined
  const touch = () => {
    clearTimeout(timer)
    timer = setTimeout(changed, QUIET_MS)
  }
  const watchers = paths.flatMap((path): FSWatcher[] => {
    try {
      const isFolder = statSync(path).isDirectory()
      const watcher = watch(isFolder ? path : dirname(path), (_, name) => {
        if (isFolder || name === basename(path)) touch()
      })
      watcher.on('error', ({ message }) => failed(message))
      return [watcher]
    } catch (error) {
      failed((error as Error).message)
      return []
    }
  })
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
