// An explanation for a person: exchange and signature side by side, what is wrong beside its element, and a sentence
// that says it all.

import { formatCount } from '../../output/human-units.ts'
import { printable } from '../../output/printable.ts'
import { formatPattern } from '../../signature/format-statement.ts'
import type { AlignedStep } from './align.ts'
import type { Explanation, Problem } from './explain.ts'
import { formatObserved, formatTest } from './format-test.ts'
import type { Observed } from './observed.ts'
import { type Paint, PLAIN } from './paint.ts'
import type { Pattern } from './pattern.ts'
import { formatMicros } from './span-text.ts'

/** Elements shown before and behind what the signature is about. */
const CONTEXT = 3
/** Of more rows than this that are alike only the first and the last are shown. */
const MOST_ALIKE = 6
const SHOWN_ALIKE = 2
/** Times that are worth a column: shorter ones say nothing to a person. */
const LEAST_TIME = 10_000

interface Row {
  readonly mark: '✓' | '✗' | ' ' | '…'
  readonly ordinal: string
  readonly after: string
  readonly exchange: string
  readonly signature: string
  readonly why: string
}

/** @param flow - what the exchange is */
export function formatExplanation(
  explanation: Explanation,
  flow: string,
  paint: Paint = PLAIN,
): readonly string[] {
  const { signature, statement } = explanation.subject
  const rows = rowsOf(explanation)
  return [
    paint.strong(`${signature.sid} ${printable(signature.description)}`),
    paint.dim(printable(`${statement.source.name}:${statement.line}`)),
    `  ${printable(formatPattern(statement.ast))}`,
    paint.strong(printable(flow)),
    '',
    ...(rows.length === 0 ? [] : [...formatRows(rows, paint), '']),
    ...formatVerdict(explanation, paint),
  ]
}

function rowsOf({ alignment, elements, pattern }: Explanation): readonly Row[] {
  const { steps } = alignment
  const taken = steps.flatMap((step) => (step.kind === 'missing' ? [] : [step.element.ordinal]))
  const first = taken[0] ?? (pattern.steps.length === 0 ? elements.length + 1 : 1)
  const last = taken.at(-1) ?? first - 1
  const before = elements.slice(Math.max(first - 1 - CONTEXT, 0), first - 1)
  const behind = elements.slice(last, last + CONTEXT)
  const skipped = Math.max(first - 1 - CONTEXT, 0)
  const left = Math.max(elements.length - last - CONTEXT, 0)
  return [
    ...(skipped > 0 ? [elided(`${skipped} before`)] : []),
    ...before.map(contextRow),
    ...collapsed(steps, pattern),
    ...behind.map(contextRow),
    ...(left > 0 ? [elided(`${left} more`)] : []),
  ]
}

function elided(exchange: string): Row {
  return { mark: '…', ordinal: '', after: '', exchange, signature: '', why: '' }
}

function contextRow(element: Observed): Row {
  return { mark: ' ', ...cellsOf(element), signature: '', why: '' }
}

function cellsOf(element: Observed): Pick<Row, 'ordinal' | 'after' | 'exchange'> {
  const { ordinal, delay, isAfterGap } = element
  const after = isAfterGap ? 'gap' : delay >= LEAST_TIME ? formatMicros(delay) : ''
  return { ordinal: String(ordinal), after, exchange: formatObserved(element) }
}

/** Rows of the pattern; long runs that one test took are cut short. */
function collapsed(steps: readonly AlignedStep[], pattern: Pattern): readonly Row[] {
  const rows: Row[] = []
  for (let i = 0; i < steps.length; ) {
    let end = i + 1
    while (end < steps.length && isAlike(steps[i], steps[end])) end++
    const run = steps.slice(i, end).map((step) => stepRow(step, pattern))
    if (run.length <= MOST_ALIKE) rows.push(...run)
    else {
      rows.push(...run.slice(0, SHOWN_ALIKE))
      rows.push(elided(`${run.length - 2 * SHOWN_ALIKE} alike`), ...run.slice(-SHOWN_ALIKE))
    }
    i = end
  }
  return rows
}

function isAlike(one: AlignedStep | undefined, other: AlignedStep | undefined): boolean {
  if (one?.kind !== 'taken' || other?.kind !== 'taken') return false
  return one.test === other.test && one.misfits.length + other.misfits.length === 0
}

function stepRow(step: AlignedStep, pattern: Pattern): Row {
  switch (step.kind) {
    case 'taken': {
      const signature = formatTest(step.test, pattern)
      const why = step.misfits.map(({ text }) => text).join('; ')
      return { mark: why === '' ? '✓' : '✗', ...cellsOf(step.element), signature, why }
    }
    case 'extra':
      return { mark: '✗', ...cellsOf(step.element), signature: '', why: 'in the way' }
    case 'missing':
      return {
        mark: '✗',
        ordinal: '',
        after: '',
        exchange: '',
        signature: formatTest(step.test, pattern),
        why: 'missing',
      }
    default:
      return step satisfies never
  }
}

function formatRows(rows: readonly Row[], paint: Paint): readonly string[] {
  const width = (column: 'ordinal' | 'after' | 'exchange' | 'signature', title: string) =>
    rows.reduce((most, row) => Math.max(most, row[column].length), title.length)
  const ordinal = width('ordinal', '#')
  const after = width('after', 'after')
  const exchange = width('exchange', 'exchange')
  const signature = width('signature', 'signature')
  const head = `  ${'#'.padStart(ordinal)}  ${'after'.padStart(after)}  ${'exchange'.padEnd(exchange)}  signature`
  return [
    paint.dim(head),
    ...rows.map((row) => {
      const cells = `${row.ordinal.padStart(ordinal)}  ${row.after.padStart(after)}  ${row.exchange.padEnd(exchange)}  ${row.signature.padEnd(row.why === '' ? 0 : signature)}`
      const line = `${row.mark} ${cells}${row.why === '' ? '' : `  ${row.why}`}`.trimEnd()
      if (row.mark === '✓') return paint.good(line)
      return row.mark === '✗' ? paint.bad(line) : paint.dim(line)
    }),
  ]
}

function formatVerdict(
  { hits, problems, alignment, wanted, elements, pattern }: Explanation,
  paint: Paint,
): readonly string[] {
  const [hit] = hits
  if (hit !== undefined) {
    const where = hit.first === hit.last ? `element ${hit.first}` : `elements ${hit.first} to ${hit.last}`
    const more = hits.length > 1 ? `; ${hits.length} hits in all` : ''
    const fuzzy = pattern.fuzzy === undefined ? '' : `, by the fuzzy rule: ${pattern.fuzzy}`
    return [paint.good(`match: ${where}${more}${fuzzy}`)]
  }
  const [first, ...others] = problems
  if (first === undefined) return []
  const lines = [paint.bad(`no match: ${formatProblem(first, elements)}`)]
  for (const other of others.slice(0, MOST_ALIKE))
    lines.push(paint.bad(`     also: ${formatProblem(other, elements)}`))
  if (others.length > MOST_ALIKE) lines.push(paint.bad(`     also: ${others.length - MOST_ALIKE} more`))
  if (pattern.steps.length > 0)
    lines.push(
      `${formatCount(alignment.matched, 'element')} of ${wanted} or more ${alignment.matched === 1 ? 'fits' : 'fit'}`,
    )
  return lines
}

/** `element 4 \`c52\`: a pause of 480 ms: 20 ms under the threshold of 500 ms`. */
export function formatProblem({ kind, element, text }: Problem, elements: readonly Observed[]): string {
  const found = element === undefined ? undefined : elements[element - 1]
  if (found === undefined || kind === 'where' || kind === 'end') return text
  const place = `element ${element} \`${formatObserved(found)}\``
  return kind === 'missing' ? `behind ${place}: ${text}` : `${place}: ${text}`
}
