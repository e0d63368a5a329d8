// Every diagnostic of the signature language. Codes are stable for ever: never give one a second meaning.
// docs/diagnostics.md explains each with an example; a test holds the two together.

import type { Diagnostic, Severity, SourceText, Span } from '../model/diagnostic.ts'

interface CodeInfo {
  readonly severity: Severity
  readonly title: string
}

export const CODES = {
  S001: { severity: 'error', title: 'unknown protocol' },
  S002: { severity: 'error', title: 'malformed ports' },
  S003: { severity: 'error', title: 'port above 65535' },
  S004: { severity: 'error', title: 'ICMP has no ports' },
  S005: { severity: 'error', title: 'malformed packet' },
  S006: { severity: 'error', title: 'pause without a packet after it' },
  S007: { severity: 'error', title: 'no packets' },
  S008: { severity: 'error', title: 'missing `:`' },
  S009: { severity: 'error', title: 'empty description' },
  S010: { severity: 'error', title: '`=`, `<` or `>` out of place' },
  S011: { severity: 'error', title: 'gap in a signature' },
  S012: { severity: 'error', title: 'cut sequence' },
  S013: { severity: 'error', title: 'size too large' },
  S014: { severity: 'error', title: 'too many packets' },
  S015: { severity: 'error', title: 'reference to no earlier packet' },
  S016: { severity: 'error', title: 'comment behind a statement' },
  S017: { severity: 'error', title: 'line too long' },
  S018: { severity: 'error', title: 'unknown message' },
  S019: { severity: 'error', title: 'unknown figure' },
  S020: { severity: 'warning', title: 'not `key=value`' },
  S021: { severity: 'warning', title: 'unknown key' },
  S022: { severity: 'error', title: 'bad value' },
  S023: { severity: 'error', title: 'key given twice' },
  S024: { severity: 'warning', title: 'metadata without a statement' },
  S025: { severity: 'error', title: 'sid used twice' },
  S030: { severity: 'warning', title: 'duplicate statement' },
  S031: { severity: 'warning', title: 'same pattern, other description' },
  S032: { severity: 'warning', title: 'pattern too broad' },
  S033: { severity: 'warning', title: 'packet that never comes' },
  S034: { severity: 'hint', title: 'range begins below zero' },
  S035: { severity: 'hint', title: '`/0` says nothing' },
  S036: { severity: 'warning', title: 'control character in a description' },
  S037: { severity: 'warning', title: 'optional end' },
  S038: { severity: 'warning', title: 'optional beginning' },
  S039: { severity: 'hint', title: '`=` says nothing' },
  S040: { severity: 'error', title: 'unknown phase' },
  S041: { severity: 'error', title: 'only in `ssh` statements' },
  S042: { severity: 'error', title: 'range that runs backwards' },
  S043: { severity: 'error', title: 'bad repeat' },
  S044: { severity: 'error', title: 'empty alternative' },
  S045: { severity: 'error', title: 'parenthesis or `|` out of place' },
  S046: { severity: 'error', title: 'unit missing or unknown' },
  S047: { severity: 'error', title: 'two pauses before one element' },
  S048: { severity: 'error', title: 'malformed condition' },
  S049: { severity: 'error', title: 'malformed pause' },
  S050: { severity: 'error', title: 'malformed campaign' },
  S051: { severity: 'error', title: 'pattern that needs no packet' },
  S052: { severity: 'error', title: 'too many steps' },
  S053: { severity: 'error', title: 'nested too deeply' },
  S054: { severity: 'error', title: 'number too long' },
  S055: { severity: 'warning', title: 'condition without a figure' },
  S056: { severity: 'warning', title: 'class that nothing has' },
  S057: { severity: 'warning', title: 'name that tells nothing' },
  S080: { severity: 'warning', title: 'example without a statement' },
  S081: { severity: 'error', title: 'malformed example' },
  S082: { severity: 'error', title: 'example too long' },
  S083: { severity: 'error', title: 'example of another kind' },
} as const satisfies Readonly<Record<`S${number}`, CodeInfo>>

export type Code = keyof typeof CODES

/** A diagnostic with its code's severity. */
export function diagnose(
  code: Code,
  message: string,
  source: SourceText,
  span: Span,
  related: Diagnostic['related'] = [],
): Diagnostic {
  return { code, severity: CODES[code].severity, message, source, span, related }
}
