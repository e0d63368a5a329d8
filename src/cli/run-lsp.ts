// The language server: questions of an editor to its session. Over standard input and output, which nothing else may
// touch meanwhile; the connection ends the process when the editor says so, or is gone.

import {
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { OperatorError } from '../model/operator-error.ts'
import { RULES_FILE } from '../workbench/check/house-rules.ts'
import type { LspArguments } from './lsp-command.ts'
import { FIX_ALL, LspSession } from './lsp-session.ts'
import { readVersion } from './version.ts'

/** Behind these something can be completed. */
const TRIGGERS = [':', '<', '@', '.', '=', '#', ',', '&']

/** @throws OperatorError `usage` at a terminal: nobody types this protocol by hand */
export function runLsp(args: LspArguments): Promise<never> {
  if (process.stdin.isTTY)
    throw new OperatorError(
      'usage',
      'gait lsp speaks to an editor, not to a terminal',
      'docs/authoring.md says how to set up an editor',
    )
  const connection = createConnection(process.stdin, process.stdout)
  const session = new LspSession(connection, args)
  const documents = new TextDocuments(TextDocument)
  let params: InitializeParams | undefined
  connection.onInitialize((given) => {
    params = given
    return greeting()
  })
  connection.onInitialized(async () => {
    if (params?.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return
    const watchers = ['**/*.{sig,fp}', `**/${RULES_FILE}`].map((globPattern) => ({ globPattern }))
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
  })
  documents.onDidChangeContent(({ document }) => session.changed(document))
  documents.onDidClose(({ document }) => session.closed(document))
  documents.onDidSave(() => session.stirred())
  connection.onDidChangeWatchedFiles(() => session.stirred())
  connection.onHover((asked) => session.hover(asked))
  connection.onCompletion((asked) => session.completion(asked))
  connection.onDefinition((asked) => session.definition(asked))
  connection.onReferences((asked) => session.references(asked))
  connection.onPrepareRename((asked) => session.prepareRename(asked))
  connection.onRenameRequest((asked) => session.rename(asked))
  connection.onDocumentFormatting(({ textDocument }) => session.format(textDocument.uri))
  connection.onDocumentSymbol(({ textDocument }) => session.symbols(textDocument.uri))
  connection.onCodeAction(({ textDocument, range, context }) =>
    session.actions(textDocument.uri, range, context.only),
  )
  documents.listen(connection)
  connection.listen()
  return new Promise(() => undefined)
}

function greeting(): InitializeResult {
  return {
    serverInfo: { name: 'gait', version: readVersion() },
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      hoverProvider: true,
      completionProvider: { triggerCharacters: TRIGGERS },
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentFormattingProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL] },
    },
  }
}
