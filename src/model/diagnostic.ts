// What the language tells an author about a signature file. Values, printed later.

/** Half-open range of UTF-16 offsets in a source text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text with the name to show for it. */
export interface SourceText {
  readonly name: string
  readonly text: string
}

export type Severity = 'error' | 'warning' | 'hint'

/** Puts `text` in the place of what a span holds. */
export interface TextEdit {
  readonly source: SourceText
  readonly span: Span
  readonly text: string
}

/** What would mend it, without asking: edits that do not overlap. */
export interface Fix {
  /** In the imperative: `remove the statement`. */
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** `code` is stable for ever and documented in docs/diagnostics.md. */
export interface Diagnostic {
  readonly code: `S${number}`
  readonly severity: Severity
  /** One sentence that names the thing. */
  readonly message: string
  readonly source: SourceText
  readonly span: Span
  readonly related: readonly { readonly source: SourceText; readonly span: Span; readonly message: string }[]
  readonly fix?: Fix
}
