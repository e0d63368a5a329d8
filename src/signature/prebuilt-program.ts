// A program that was compiled when the package was built, beside the text that it was compiled from. Parsing and
// checking the shipped statements costs as much as replaying a capture of a quarter of a million packets. Texts are
// compared whole: a file that was changed, added or taken away is compiled anew.

import { basename } from 'node:path'
import type { SourceText } from '../model/diagnostic.ts'
import type { Program, SignatureHead } from '../model/program.ts'

interface Prebuilt {
  /** Files without their folders, in the order in which they were loaded. */
  readonly sources: readonly SourceText[]
  /** Its statements name the files as `sources` does. */
  readonly program: Program
}

/** @param program - what `files` compile to, without a diagnostic */
export function formatPrebuilt(files: readonly SourceText[], program: Program): string {
  const sources = files.map(({ name, text }) => ({ name: basename(name), text }))
  const prebuilt: Prebuilt = { sources, program: withFiles(program, (name) => basename(name)) }
  return JSON.stringify(prebuilt)
}

/**
 * The program of `files` out of what formatPrebuilt() made.
 *
 * @returns undefined when it was made from other texts
 */
export function readPrebuilt(json: string, files: readonly SourceText[]): Program | undefined {
  const { sources, program } = JSON.parse(json) as Prebuilt
  if (sources.length !== files.length) return undefined
  const names = new Map<string, string>()
  for (const [i, { name, text }] of files.entries()) {
    const source = sources[i]
    if (source?.name !== basename(name) || source.text !== text) return undefined
    names.set(source.name, name)
  }
  return withFiles(program, (name) => names.get(name) ?? name)
}

function withFiles(program: Program, rename: (name: string) => string): Program {
  const renamed = <T extends SignatureHead>(head: T): T => ({ ...head, file: rename(head.file) })
  return {
    hash: program.hash,
    signatures: program.signatures.map(renamed),
    sequences: program.sequences.map(renamed),
    campaigns: program.campaigns.map(renamed),
  }
}
