// Whether statements keep the house rules.

import { patternSpan } from '../../signature/pattern-span.ts'
import type { LocatedStatement } from '../../signature/statement.ts'
import { quote } from '../../signature/visible.ts'
import type { Finding } from './check-codes.ts'
import { type HouseRules, isOfClass, isWithin, type NumberRange } from './house-rules.ts'
import { addMetadata, placeOfKey } from './statement-lines.ts'

/** @param nextSid - an id that nobody has */
export function lintHouse(
  statement: LocatedStatement,
  rules: HouseRules,
  nextSid: () => number | undefined,
): readonly Finding[] {
  return [
    ...lintRequired(statement, rules, nextSid),
    ...lintClasses(statement, rules),
    ...lintSid(statement, rules, nextSid),
    ...lintSeverity(statement, rules),
    ...lintDescription(statement, rules),
  ]
}

function lintRequired(
  statement: LocatedStatement,
  { require }: HouseRules,
  nextSid: () => number | undefined,
): readonly Finding[] {
  const { source } = statement
  return require
    .filter((key) => placeOfKey(statement, key) === undefined)
    .map((key): Finding => {
      const message = `\`${key}\` is missing: house rules want it of every statement`
      const finding = { code: 'S111' as const, message, source, span: patternSpan(statement) }
      const sid = key === 'sid' ? nextSid() : undefined
      if (sid === undefined) return finding
      return {
        ...finding,
        fix: { title: `add \`sid=${sid}\``, edits: [addMetadata(statement, `sid=${sid}`)] },
      }
    })
}

function lintClasses(statement: LocatedStatement, { classes }: HouseRules): readonly Finding[] {
  if (classes === undefined) return []
  const { source, metadata } = statement
  const named = [
    ...(metadata.class === undefined ? [] : [['class', metadata.class] as const]),
    ...metadata.details.also.map((name) => ['also', name] as const),
  ]
  return named
    .filter(([, name]) => !classes.some((pattern) => isOfClass(name, pattern)))
    .map(([key, name]) => {
      const message = `house rules do not know the class \`${name}\``
      return {
        code: 'S112' as const,
        message,
        source,
        span: placeOfKey(statement, key) ?? patternSpan(statement),
      }
    })
}

function lintSid(
  statement: LocatedStatement,
  { sids }: HouseRules,
  nextSid: () => number | undefined,
): readonly Finding[] {
  const { source, metadata } = statement
  const { sid, sidSpan } = metadata
  if (sids === undefined || sid === undefined || sids.some((range) => isWithin(sid, range))) return []
  const message = `sid ${sid} is not from ${sids.map(formatRange).join(' or ')}, as house rules want it`
  const span = sidSpan ?? patternSpan(statement)
  const next = nextSid()
  const finding = { code: 'S113' as const, message, source, span }
  if (next === undefined || sidSpan === undefined) return [finding]
  const text = `sid=${next}`
  return [{ ...finding, fix: { title: `write \`${text}\``, edits: [{ source, span: sidSpan, text }] } }]
}

function lintSeverity(statement: LocatedStatement, { severities }: HouseRules): readonly Finding[] {
  const { source, metadata } = statement
  const { class: name, severity } = metadata
  const rule = name === undefined ? undefined : severities.find(({ classes }) => isOfClass(name, classes))
  if (rule === undefined || isWithin(severity, rule.range)) return []
  const message = `severity ${severity} does not go with class \`${name}\`: house rules want ${formatRange(rule.range)}`
  const place = placeOfKey(statement, 'severity')
  const finding = { code: 'S114' as const, message, source, span: place ?? patternSpan(statement) }
  if (rule.range.low !== rule.range.high) return [finding]
  const text = `severity=${rule.range.low}`
  const edit = place === undefined ? addMetadata(statement, text) : { source, span: place, text }
  return [{ ...finding, fix: { title: `write \`${text}\``, edits: [edit] } }]
}

function lintDescription(statement: LocatedStatement, { description }: HouseRules): readonly Finding[] {
  const { ast, source, descriptionSpan } = statement
  if (description === undefined || description.test(ast.description)) return []
  const message = `house rules want a description like ${quote(description.source)}`
  return [{ code: 'S115', message, source, span: descriptionSpan }]
}

function formatRange({ low, high }: NumberRange): string {
  return low === high ? String(low) : `${low} to ${high}`
}
