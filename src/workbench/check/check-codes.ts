// What `gait check` says beyond the language's own diagnostics: it takes proofs, house rules, or opinions. Codes are
// stable for ever, and docs/diagnostics.md explains each with an example; a test holds the two together.

import type { Diagnostic, Fix, Severity, SourceText, Span } from '../../model/diagnostic.ts'

interface CodeInfo {
  readonly severity: Severity
  readonly title: string
}

export const CHECK_CODES = {
  S101: { severity: 'warning', title: 'statement that never matches' },
  S102: { severity: 'warning', title: 'reference to a packet that is not on its way' },
  S103: { severity: 'warning', title: 'statement that hits where another one does' },
  S104: { severity: 'hint', title: 'shadowed statement' },
  S105: { severity: 'hint', title: 'overlapping statements' },
  S106: { severity: 'warning', title: 'pattern that says little' },
  S107: { severity: 'warning', title: 'size that no suite gives' },
  S108: { severity: 'warning', title: 'unbounded cost' },
  S109: { severity: 'hint', title: 'condition that always holds' },
  S110: { severity: 'hint', title: 'not in canonical form' },
  S111: { severity: 'warning', title: 'metadata missing' },
  S112: { severity: 'warning', title: 'class that is not allowed' },
  S113: { severity: 'warning', title: 'sid out of range' },
  S114: { severity: 'warning', title: 'severity that does not go with the class' },
  S115: { severity: 'warning', title: 'description against the rules' },
  S116: { severity: 'warning', title: 'classes that exclude each other' },
} as const satisfies Readonly<Record<`S${number}`, CodeInfo>>

export type CheckCode = keyof typeof CHECK_CODES

/** What is found in a statement, at a place of its source. */
export interface Finding {
  readonly code: CheckCode
  readonly message: string
  readonly source: SourceText
  readonly span: Span
  readonly related?: Diagnostic['related']
  readonly fix?: Fix
}

/** A diagnostic with its code's severity. */
export function diagnosticOf({ code, message, source, span, related = [], fix }: Finding): Diagnostic {
  const diagnostic = { code, severity: CHECK_CODES[code].severity, message, source, span, related }
  return fix === undefined ? diagnostic : { ...diagnostic, fix }
}
