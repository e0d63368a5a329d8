// Reads signature files. The only file of this folder that touches the disk.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SourceText } from '../model/diagnostic.ts'
import { OperatorError } from '../model/operator-error.ts'

/** What a signature file's name ends in, where a folder is named. */
const ENDINGS = ['.sig', '.fp']
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LATIN1 = new TextDecoder('latin1')

/**
 * Reads the files named, and of folders named the `*.sig` and `*.fp` files in them, by name. A file that is
 * named twice is read once.
 *
 * Text is UTF-8; a file that is not valid UTF-8 is taken as Latin-1.
 *
 * @throws OperatorError `input` when something cannot be read, or a folder holds no signature file
 */
export function loadSignatures(paths: readonly string[]): readonly SourceText[] {
  const { sources, problems } = loadReadable(paths)
  const [problem] = problems
  if (problem !== undefined) throw problem.error
  return sources
}

export interface ReadableSignatures {
  readonly sources: readonly SourceText[]
  /** What could not be read, and why: an OperatorError `input`. */
  readonly problems: readonly { readonly path: string; readonly error: OperatorError }[]
}

/** The same, with what can be read of it when not all can. */
export function loadReadable(paths: readonly string[]): ReadableSignatures {
  const problems: { path: string; error: OperatorError }[] = []
  const tried = <T>(path: string, read: () => readonly T[]): readonly T[] => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      problems.push({ path, error })
      return []
    }
  }
  const names = new Map<string, string>()
  for (const name of paths.flatMap((path) => tried(path, () => signatureFiles(path))))
    if (!names.has(resolve(name))) names.set(resolve(name), name)
  const sources = [...names.values()].flatMap((name) => tried(name, () => [readSource(name)]))
  return { sources, problems }
}

/**
 * The file itself, or the signature files of a folder, by name.
 *
 * @throws OperatorError `input` when it cannot be read, or a folder holds none
 */
export function signatureFiles(path: string): readonly string[] {
  const stats = attempt(path, () => statSync(path))
  if (!stats.isDirectory()) return [path]
  const files = attempt(path, () => readdirSync(path))
    .filter((name) => ENDINGS.some((ending) => name.endsWith(ending)))
    .sort()
  if (files.length === 0) {
    const hint = 'name the file itself when it ends in neither .sig nor .fp'
    throw new OperatorError('input', `no signature files in folder ${path}`, hint)
  }
  return files.map((name) => checkRegular(join(path, name)))
}

/** A pipe in a folder would be waited for, without end. */
function checkRegular(name: string): string {
  if (attempt(name, () => statSync(name)).isFile()) return name
  throw new OperatorError('input', `${name} is no regular file`, 'take it out of the folder, or rename it')
}

/**
 * Reads one source.
 *
 * @param file - a path, or a file descriptor
 * @throws OperatorError `input` when it cannot be read, or holds binary data
 */
export function readSource(name: string, file: string | number = name): SourceText {
  const bytes = attempt(name, () => readFileSync(file))
  if (bytes.includes(0)) {
    const hint = 'signature files are plain text in UTF-8'
    throw new OperatorError('input', `${name} is no signature file: it holds binary data`, hint)
  }
  return { name, text: decode(bytes) }
}

function decode(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    return LATIN1.decode(bytes)
  }
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new OperatorError('input', `cannot read signatures from ${path}: ${reason(cause)}`, undefined, {
      cause,
    })
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file or folder'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  return error instanceof Error ? error.message : String(error)
}
