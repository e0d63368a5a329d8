// What the workbench finds, as values of the Language Server Protocol (3.17). Its positions are lines and UTF-16 units
// from 0, ours are UTF-16 offsets.

import {
  type CodeAction,
  type CompletionItem,
  CompletionItemKind,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Location,
  type Diagnostic as LspDiagnostic,
  type Hover as LspHover,
  type TextEdit as LspTextEdit,
  MarkupKind,
  type Position,
  type Range,
  SymbolKind,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Severity, SourceText, Span, TextEdit } from '../model/diagnostic.ts'
import type { ChoiceKind } from '../workbench/lsp/choices.ts'
import type { Completion } from '../workbench/lsp/completion.ts'
import type { Hover } from '../workbench/lsp/hover.ts'
import type { OutlineEntry } from '../workbench/lsp/outline.ts'
import type { Place } from '../workbench/lsp/references.ts'

/** Tells the address of a file by its name. */
export type Addresses = (name: string) => string

const documents = new WeakMap<SourceText, TextDocument>()

function documentOf(source: SourceText): TextDocument {
  let document = documents.get(source)
  if (document === undefined) {
    document = TextDocument.create('', 'gait', 0, source.text)
    documents.set(source, document)
  }
  return document
}

export function offsetOf(source: SourceText, position: Position): number {
  return documentOf(source).offsetAt(position)
}

export function rangeOf(source: SourceText, { start, end }: Span): Range {
  const document = documentOf(source)
  return { start: document.positionAt(start), end: document.positionAt(end) }
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
}

export function lspDiagnostic(
  { code, severity, message, source, span, related }: Diagnostic,
  addresses: Addresses,
): LspDiagnostic {
  const diagnostic: LspDiagnostic = {
    range: rangeOf(source, span),
    severity: SEVERITIES[severity],
    code,
    source: 'gait',
    message,
  }
  if (related.length > 0)
    diagnostic.relatedInformation = related.map((place) => ({
      location: lspLocation(place, addresses),
      message: place.message,
    }))
  return diagnostic
}

export function lspLocation({ source, span }: Place, addresses: Addresses): Location {
  return { uri: addresses(source.name), range: rangeOf(source, span) }
}

export function lspHover(source: SourceText, { span, lines }: Hover): LspHover {
  return {
    contents: { kind: MarkupKind.Markdown, value: lines.join('\n') },
    range: rangeOf(source, span),
  }
}

const COMPLETION_KINDS: Readonly<Record<ChoiceKind, CompletionItemKind>> = {
  class: CompletionItemKind.Class,
  figure: CompletionItemKind.Variable,
  keyword: CompletionItemKind.Keyword,
  message: CompletionItemKind.Constant,
  packet: CompletionItemKind.Value,
  phase: CompletionItemKind.EnumMember,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
}

/** @param index - editors sort by text otherwise */
export function lspCompletion(
  source: SourceText,
  { kind, text, detail, span }: Completion,
  index: number,
): CompletionItem {
  return {
    label: text.trim(),
    kind: COMPLETION_KINDS[kind],
    detail,
    sortText: String(index).padStart(4, '0'),
    textEdit: { range: rangeOf(source, span), newText: text },
  }
}

export function lspSymbol(
  source: SourceText,
  { name, detail, kind, span, statement }: OutlineEntry,
): DocumentSymbol {
  return {
    name,
    detail,
    kind: kind === 'campaign' ? SymbolKind.Event : SymbolKind.Object,
    range: rangeOf(source, span),
    selectionRange: rangeOf(source, statement),
  }
}

export function lspEdit({ source, span, text }: TextEdit): LspTextEdit {
  return { range: rangeOf(source, span), newText: text }
}

/** Edits of any files. */
export function workspaceEdit(edits: readonly TextEdit[], addresses: Addresses): WorkspaceEdit {
  const changes: Record<string, LspTextEdit[]> = {}
  for (const edit of edits) {
    const address = addresses(edit.source.name)
    const list = changes[address]
    if (list === undefined) changes[address] = [lspEdit(edit)]
    else list.push(lspEdit(edit))
  }
  return { changes }
}

/** @param mended - diagnostics that have fixes which do not touch each other */
export function lspAction(
  title: string,
  kind: string,
  mended: readonly Diagnostic[],
  addresses: Addresses,
): CodeAction {
  return {
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    kind,
    diagnostics: mended.map((diagnostic) => lspDiagnostic(diagnostic, addresses)),
    edit: workspaceEdit(
      mended.flatMap(({ fix }) => fix?.edits ?? []),
      addresses,
    ),
  }
}
