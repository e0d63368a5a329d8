// One editor's session: the files that it has open, what was said of them, and an answer to each of its questions.
// It checks when nobody has typed for a moment, and the longer a check takes the longer it waits.

import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  type Connection,
  type DocumentSymbol,
  type Hover,
  type Location,
  LSPErrorCodes,
  MessageType,
  type Range,
  ResponseError,
  ShowMessageNotification,
  type TextDocumentPositionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, SourceText } from '../model/diagnostic.ts'
import { OperatorError } from '../model/operator-error.ts'
import { type HouseRules, NO_RULES, rulesBeside } from '../workbench/check/house-rules.ts'
import { checkOpen, mendableAt, mendableTogether } from '../workbench/lsp/check-open.ts'
import { completionsAt } from '../workbench/lsp/completion.ts'
import { formatEdits } from '../workbench/lsp/format-edits.ts'
import { hoverAt } from '../workbench/lsp/hover.ts'
import { OpenFiles } from '../workbench/lsp/open-files.ts'
import { outlineOf } from '../workbench/lsp/outline.ts'
import { definitionsAt, type Place, referencesAt } from '../workbench/lsp/references.ts'
import { renameableAt, renameClass } from '../workbench/lsp/rename-class.ts'
import type { LspArguments } from './lsp-command.ts'
import {
  lspAction,
  lspCompletion,
  lspDiagnostic,
  lspEdit,
  lspHover,
  lspLocation,
  lspSymbol,
  offsetOf,
  rangeOf,
  workspaceEdit,
} from './lsp-values.ts'

/** All fixes at once, for editors that do so when a file is saved. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.gait`

const SHORTEST_WAIT_MS = 150
const LONGEST_WAIT_MS = 3000

/** Where somebody stands. */
interface Asked {
  readonly source: SourceText
  readonly offset: number
}

export class LspSession {
  readonly #connection: Connection
  readonly #files: OpenFiles
  /** As the editor spells them, by name of file. */
  readonly #addresses = new Map<string, string>()
  readonly #versions = new Map<string, number>()
  readonly #checked = new WeakMap<SourceText, readonly Diagnostic[]>()
  /** Groups of files that have changed since they were checked. */
  readonly #changed = new Set<string>()
  readonly #complaints = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #lastCheckMs = 0

  constructor(connection: Connection, args: LspArguments) {
    this.#connection = connection
    this.#files = new OpenFiles(args)
  }

  changed(document: TextDocument): void {
    const name = nameOf(document.uri)
    this.#addresses.set(name, document.uri)
    this.#versions.set(name, document.version)
    this.#files.put(name, document.getText())
    this.#checkSoon(name)
  }

  closed(document: TextDocument): void {
    const name = nameOf(document.uri)
    this.#files.remove(name)
    this.#addresses.delete(name)
    this.#versions.delete(name)
    this.#send({ uri: document.uri, diagnostics: [] })
    this.#checkSoon(name)
  }

  /** Something has changed on the disk. */
  stirred(): void {
    this.#complaints.clear()
    for (const name of this.#files.names) this.#checkSoon(name)
  }

  hover(params: TextDocumentPositionParams): Hover | null {
    const asked = this.#asked(params)
    if (asked === undefined) return null
    const { source, offset } = asked
    const hover = hoverAt(this.#files.loadedWith(source.name), source, offset)
    return hover === undefined ? null : lspHover(source, hover)
  }

  completion(params: TextDocumentPositionParams): CompletionItem[] {
    const asked = this.#asked(params)
    if (asked === undefined) return []
    const { source, offset } = asked
    return completionsAt(this.#files.loadedWith(source.name), source, offset).map((one, i) =>
      lspCompletion(source, one, i),
    )
  }

  definition(params: TextDocumentPositionParams): Location[] {
    return this.#places(params, definitionsAt)
  }

  references(params: TextDocumentPositionParams): Location[] {
    return this.#places(params, referencesAt)
  }

  prepareRename(params: TextDocumentPositionParams): Range | null {
    const asked = this.#asked(params)
    if (asked === undefined) return null
    const span = renameableAt(asked.source, asked.offset)
    return span === undefined ? null : rangeOf(asked.source, span)
  }

  /** @throws ResponseError with the reason when it cannot be */
  rename(params: TextDocumentPositionParams & { readonly newName: string }): WorkspaceEdit | null {
    const asked = this.#asked(params)
    if (asked === undefined) return null
    const { source, offset } = asked
    const renaming = renameClass(this.#files.folderOf(source.name), source, offset, params.newName)
    if ('refusal' in renaming) throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.refusal)
    return workspaceEdit(renaming.edits, this.#addressOf)
  }

  format(uri: string): TextEdit[] {
    const source = this.#files.of(nameOf(uri))
    return source === undefined ? [] : formatEdits(source).map(lspEdit)
  }

  symbols(uri: string): DocumentSymbol[] {
    const source = this.#files.of(nameOf(uri))
    return source === undefined ? [] : outlineOf(source).map((entry) => lspSymbol(source, entry))
  }

  /** @param only - kinds that are wanted; undefined: all */
  actions(uri: string, range: Range, only: readonly string[] | undefined): CodeAction[] {
    const source = this.#files.of(nameOf(uri))
    if (source === undefined) return []
    const wants = (kind: string) =>
      only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`))
    if (!this.#checked.has(source)) this.#check(this.#files.groupOf(source.name))
    const known = this.#checked.get(source) ?? []
    const span = { start: offsetOf(source, range.start), end: offsetOf(source, range.end) }
    const actions = wants(CodeActionKind.QuickFix)
      ? mendableAt(known, span).map((one) => ({
          ...lspAction(one.fix?.title ?? '', CodeActionKind.QuickFix, [one], this.#addressOf),
          isPreferred: true,
        }))
      : []
    const all = wants(FIX_ALL) ? mendableTogether(known) : []
    if (all.length === 0) return actions
    const title = `mend what can be mended: ${all.length === 1 ? '1 place' : `${all.length} places`}`
    return [...actions, lspAction(title, FIX_ALL, all, this.#addressOf)]
  }

  #places(
    params: TextDocumentPositionParams,
    find: (files: readonly SourceText[], source: SourceText, offset: number) => readonly Place[],
  ): Location[] {
    const asked = this.#asked(params)
    if (asked === undefined) return []
    const { source, offset } = asked
    return find(this.#files.loadedWith(source.name), source, offset).map((place) =>
      lspLocation(place, this.#addressOf),
    )
  }

  #asked({ textDocument, position }: TextDocumentPositionParams): Asked | undefined {
    const source = this.#files.of(nameOf(textDocument.uri))
    return source && { source, offset: offsetOf(source, position) }
  }

  readonly #addressOf = (name: string): string =>
    this.#addresses.get(name) ?? (isAbsolute(name) ? pathToFileURL(name).href : name)

  #checkSoon(name: string): void {
    this.#changed.add(this.#files.groupOf(name))
    clearTimeout(this.#timer)
    const wait = Math.min(Math.max(2 * this.#lastCheckMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS)
    this.#timer = setTimeout(() => this.#checkNext(), wait)
  }

  /** One group at a time: questions are answered in between. */
  #checkNext(): void {
    const [group] = this.#changed
    if (group === undefined) return
    try {
      this.#check(group)
    } catch (error) {
      // A bug of ours: the editor shows it in its log, and everything else goes on.
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#connection.console.error(`gait lsp: this is a bug in gait; please report it: ${detail}`)
    }
    if (this.#changed.size > 0) this.#timer = setTimeout(() => this.#checkNext(), 0)
  }

  #check(group: string): void {
    this.#changed.delete(group)
    const names = this.#files.names.filter((name) => this.#files.groupOf(name) === group)
    const [first] = names
    if (first === undefined) return
    const open = names.flatMap((name) => this.#files.of(name) ?? [])
    const begin = performance.now()
    const found = checkOpen(this.#files.loadedWith(first), open, (source) => this.#rulesOf(source))
    this.#lastCheckMs = performance.now() - begin
    for (const [source, diagnostics] of found) {
      this.#checked.set(source, diagnostics)
      const version = this.#versions.get(source.name)
      this.#send({
        uri: this.#addressOf(source.name),
        ...(version === undefined ? {} : { version }),
        diagnostics: diagnostics.map((one) => lspDiagnostic(one, this.#addressOf)),
      })
    }
  }

  #send(told: Parameters<Connection['sendDiagnostics']>[0]): void {
    this.#connection.sendDiagnostics(told).catch(() => {
      // The editor is gone, and the session ends with it.
    })
  }

  /** Rules that cannot be read are told once; none of them counts then. */
  #rulesOf({ name }: SourceText): HouseRules {
    if (!isAbsolute(name)) return NO_RULES
    try {
      return rulesBeside(name)
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error
      this.#complain(error.message)
      return NO_RULES
    }
  }

  #complain(message: string): void {
    if (this.#complaints.has(message)) return
    this.#complaints.add(message)
    this.#connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message })
      .catch(() => {
        // The editor is gone, and the session ends with it.
      })
  }
}

/** The path of a file; the address itself of what is none. */
function nameOf(address: string): string {
  try {
    return fileURLToPath(address)
  } catch {
    return address
  }
}
