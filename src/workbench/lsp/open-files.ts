// The signature files of an editing session: texts as they stand in the editor, over those on disk. A file is checked
// with those that are loaded with it when its folder is named: sids, classes and overlaps are a matter of all of them.

import { statSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import type { SourceText } from '../../model/diagnostic.ts'
import { loadSignatures, signatureFiles } from '../../signature/load-signatures.ts'

export interface OpenFilesOptions {
  /** Every open file by itself. */
  readonly alone: boolean
  /** Absolute paths of files and folders that are loaded with every file. */
  readonly addSignatures: readonly string[]
}

interface ReadFile {
  readonly stamp: string
  readonly source: SourceText
}

export class OpenFiles {
  readonly #options: OpenFilesOptions
  readonly #open = new Map<string, SourceText>()
  readonly #read = new Map<string, ReadFile>()

  constructor(options: OpenFilesOptions) {
    this.#options = options
  }

  /** @param name - the file's path; what is no absolute path belongs to no folder */
  put(name: string, text: string): SourceText {
    const source = { name, text }
    this.#open.set(name, source)
    return source
  }

  remove(name: string): void {
    this.#open.delete(name)
  }

  of(name: string): SourceText | undefined {
    return this.#open.get(name)
  }

  get names(): readonly string[] {
    return [...this.#open.keys()]
  }

  /** Files that are loaded together have one key. */
  groupOf(name: string): string {
    return this.#isAlone(name) ? name : dirname(name)
  }

  /** An open file and those of its folder, in the order in which a folder is read. */
  folderOf(name: string): readonly SourceText[] {
    return this.#textsOf(this.#namesBeside(name))
  }

  /** All that is loaded with an open file: its folder, and what is added. */
  loadedWith(name: string): readonly SourceText[] {
    const added = this.#options.addSignatures.flatMap((path) => this.#listed(path))
    return this.#textsOf([...this.#namesBeside(name), ...added])
  }

  #namesBeside(name: string): readonly string[] {
    const beside = this.#isAlone(name) ? [name] : this.#listed(dirname(name))
    return beside.includes(name) ? beside : [...beside, name]
  }

  #textsOf(names: readonly string[]): readonly SourceText[] {
    return [...new Set(names)].flatMap((name) => this.#open.get(name) ?? this.#load(name))
  }

  #isAlone(name: string): boolean {
    return this.#options.alone || !isAbsolute(name) || !/\.(?:sig|fp)$/.test(name)
  }

  /** What cannot be listed or read has nothing to say: the editor shows its own complaints. */
  #listed(path: string): readonly string[] {
    return attempt(() => signatureFiles(path)) ?? []
  }

  /** Read again only when it has changed. */
  #load(name: string): readonly SourceText[] {
    const read = attempt(() => {
      const { mtimeMs, size } = statSync(name)
      const stamp = `${mtimeMs} ${size}`
      const known = this.#read.get(name)
      if (known?.stamp === stamp) return [known.source]
      const [source] = loadSignatures([name])
      if (source === undefined) return []
      this.#read.set(name, { stamp, source })
      return [source]
    })
    return read ?? []
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
