// Finds programs as a shell would, and where administration tools live though the PATH of ordinary users
// does not say so.

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const ADMINISTRATION = ['/usr/sbin', '/sbin']

/** @param name - a bare name is looked for; a path is checked @returns the path of an executable file */
export function findProgram(name: string): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined
  const { PATH = '' } = process.env
  const folders = [...PATH.split(delimiter).filter((folder) => folder !== ''), ...ADMINISTRATION]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
