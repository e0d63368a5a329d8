// Warnings and hints about one extended statement.

import type { Diagnostic, Span } from '../model/diagnostic.ts'
import { type Code, diagnose } from './codes.ts'
import { lintCondition } from './condition-lint.ts'
import { elementProblem, formatElement, noPauseBefore } from './element-lint.ts'
import { formatItem } from './format-items.ts'
import { patternSpan } from './pattern-span.ts'
import { isOptional } from './read-items.ts'
import { isBroadSequence } from './sequence-breadth.ts'
import type { ElementNode, ItemNode, LocatedStatement, SequenceStatement } from './statement.ts'

/** A problem and the item or element that has it. */
interface Finding {
  readonly code: Code
  readonly message: string
  readonly span: Span | undefined
}

export function lintSequence(statement: LocatedStatement, ast: SequenceStatement): readonly Diagnostic[] {
  const { source, exactSpan } = statement
  const findings: Finding[] = [
    ...lintElements(statement, ast),
    ...lintBeginning(statement, ast),
    ...lintEnd(statement, ast),
  ]
  if (exactSpan !== undefined) {
    const message = 'this statement is exact without `=`: only classic ones are matched fuzzily'
    findings.push({ code: 'S039', message, span: exactSpan })
  }
  if (isBroadSequence(ast)) {
    const message = 'no size, message or pause is told: nearly every flow matches'
    findings.push({ code: 'S032', message, span: patternSpan(statement) })
  }
  const diagnostics = findings.flatMap(({ code, message, span }) =>
    span === undefined ? [] : [diagnose(code, message, source, span)],
  )
  return ast.where === undefined ? diagnostics : [...diagnostics, ...lintCondition(statement, ast.where)]
}

function lintElements({ packetSpans }: LocatedStatement, ast: SequenceStatement): readonly Finding[] {
  const { protocol, start, items } = ast
  const findings: Finding[] = []
  for (const [i, element] of elementsOf(items).entries()) {
    const problem = elementProblem(element, { protocol, whyExact: () => 'here a size is exact' })
    if (problem !== undefined) findings.push({ ...problem, span: packetSpans[i] })
  }
  const [first] = items
  const pause = first?.pause?.kind
  const isDatagram = protocol === 'udp' || protocol === 'icmp'
  if (first !== undefined && isDatagram && start === 'flow' && (pause === 'pause' || pause === 'range')) {
    const text = first.atom.kind === 'element' ? formatElement(first.atom) : '(…)'
    findings.push({ ...noPauseBefore(text), span: packetSpans[0] })
  }
  return findings
}

/** Without `<` a match may as well begin behind what is optional, unless its size is asked for. */
function lintBeginning({ itemSpans }: LocatedStatement, ast: SequenceStatement): readonly Finding[] {
  const { start, items } = ast
  if (start !== 'anywhere') return []
  const findings: Finding[] = []
  let elements = 0
  for (const [i, item] of items.entries()) {
    if (!isOptional(item)) break
    const first = elements + 1
    elements += elementsOf([item]).length
    if (isReferred(items, first, elements)) break
    const message = `\`${formatItem(item)}\` at the start adds nothing: without \`<\` a match may begin behind it`
    findings.push({ code: 'S038', message, span: itemSpans[i] })
  }
  return findings
}

/** Without `>` a hit is known before what is optional; a condition may make it wait. */
function lintEnd({ itemSpans }: LocatedStatement, ast: SequenceStatement): readonly Finding[] {
  const { atEnd, items, where } = ast
  if (atEnd || where !== undefined) return []
  const findings: Finding[] = []
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]
    if (item === undefined || (item.low === item.high && !isOptional(item))) break
    findings.push({ code: 'S037', message: endMessage(item), span: itemSpans[i] })
    if (!isOptional(item)) break
  }
  return findings
}

function endMessage(item: ItemNode): string {
  const text = formatItem(item)
  if (isOptional(item)) return `\`${text}\` at the end adds nothing: without \`>\` the hit is known before it`
  const enough = formatItem({ ...item, high: item.low })
  return `\`${text}\` at the end says no more than \`${enough}\`: without \`>\` the hit is known then`
}

/** Elements in the order in which they are written and counted. */
function elementsOf(items: readonly ItemNode[]): readonly ElementNode[] {
  return items.flatMap(({ atom }) =>
    atom.kind === 'element' ? [atom] : atom.alternatives.flatMap((list) => elementsOf(list)),
  )
}

/** True when an element behind those from `first` to `last` refers to one of them. */
function isReferred(items: readonly ItemNode[], first: number, last: number): boolean {
  return elementsOf(items)
    .slice(last)
    .some(
      ({ size }) =>
        (size.kind === 'same' || size.kind === 'relative') && size.packet >= first && size.packet <= last,
    )
}
