// `gait lsp`: the language server, which editors start.

import { resolve } from 'node:path'
import type { Argv } from 'yargs'

export interface LspArguments {
  /** Absolute paths. */
  readonly addSignatures: readonly string[]
  /** Each file by itself, without those of its folder. */
  readonly alone: boolean
}

const LSP_OPTIONS = {
  'add-signatures': {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'Signature file or folder, loaded with every file (repeatable)',
  },
  alone: { boolean: true, describe: 'Check each open file by itself, without the others of its folder' },
  stdio: { boolean: true, describe: 'Nothing: editors may give it, and there is no other way' },
} as const

/** For yargs. */
export const LSP_COMMAND = {
  command: 'lsp',
  describe: 'Help an editor with signature files (language server)',
  builder: (command: Argv) =>
    command
      .usage(
        '$0 lsp\n\nSpeaks the Language Server Protocol over standard input and output: diagnostics while you\ntype, hover, completion, definitions, rename, format, fixes. docs/authoring.md says how to\nset up an editor.',
      )
      .options(LSP_OPTIONS)
      .example([
        ['$0 lsp', 'what an editor runs'],
        ['$0 lsp --add-signatures shipped/', 'campaigns that count hits of others'],
      ]),
}

export function readLspArguments(raw: Readonly<Record<string, unknown>>): LspArguments {
  const { alone, 'add-signatures': added } = raw
  return {
    addSignatures: Array.isArray(added) ? added.map((path) => resolve(String(path))) : [],
    alone: alone === true,
  }
}
