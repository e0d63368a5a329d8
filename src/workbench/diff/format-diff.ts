// A comparison of two databases for a terminal: the signatures in a table, then every flow whose hits differ.

import { printable } from '../../output/printable.ts'
import { alignTable } from '../align-table.ts'
import type { HitChange, HitDiff, SignatureDiff } from './compare-hits.ts'
import type { LoggedHit } from './hit-log.ts'

const SIGNS = { gained: '+', lost: '-', changed: '~' } as const

/**
 * @param captures - names, by index
 * @param mostFlows - that are shown
 */
export function formatDiff(diff: HitDiff, captures: readonly string[], mostFlows: number): readonly string[] {
  const shown = diff.changes.slice(0, mostFlows)
  const lines = formatTable(diff.signatures)
  let source: number | undefined
  for (const { flow, changes } of shown) {
    if (flow.source !== source) lines.push(printable(captures[flow.source] ?? '-'))
    source = flow.source
    lines.push(`  flow ${flow.id}, ${flow.name}`)
    for (const change of changes) lines.push(`    ${SIGNS[change.kind]} ${printable(describeChange(change))}`)
  }
  const hidden = diff.changes.length - shown.length
  if (hidden > 0) lines.push(`  and ${hidden} more flows: --flows ${diff.changes.length} shows all`)
  if (shown.length > 0) lines.push('')
  return [...lines, summariseDiff(diff)]
}

function formatTable(signatures: readonly SignatureDiff[]): string[] {
  const rows = signatures.filter(isDifferent)
  const silent = silentOf(signatures)
  const rest = silent === undefined ? [] : [silent, '']
  if (rows.length === 0) return rest
  const cells = rows.map((row) => [
    String(row.sid),
    row.before === undefined ? '-' : String(row.old),
    row.after === undefined ? '-' : String(row.now),
    String(row.gained),
    String(row.lost),
    String(row.changed),
    `${row.description}${noteOf(row)}`,
  ])
  return [...alignTable(['sid', 'old', 'new', 'gained', 'lost', 'changed', 'signature'], cells), '', ...rest]
}

/** A signature is shown when its hits differ, or it has hits and its statement differs. */
export function isDifferent({ gained, lost, changed, old, now, before, after }: SignatureDiff): boolean {
  return gained + lost + changed > 0 || (old + now > 0 && before?.text !== after?.text)
}

/** Of signatures whose statement differs and that hit nothing, before or now; undefined when there are none. */
export function silentOf(signatures: readonly SignatureDiff[]): string | undefined {
  const silent = signatures.filter(({ old, now }) => old + now === 0)
  if (silent.length === 0) return undefined
  const fresh = silent.filter(({ before }) => before === undefined).length
  const gone = silent.filter(({ after }) => after === undefined).length
  const rewritten = silent.length - fresh - gone
  const parts = [
    [fresh, 'new'],
    [gone, 'gone'],
    [rewritten, 'rewritten'],
  ].flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]))
  return `without a hit before or now: ${parts.join(', ')}`
}

/** What became of the statement. */
export function noteOf({ before, after }: SignatureDiff): string {
  if (before === undefined) return ' (new)'
  if (after === undefined) return ' (gone)'
  return before.text === after.text ? '' : ' (rewritten)'
}

/** `1000003, packets 5-9: Failed login`, and what it was before. */
export function describeChange(change: HitChange): string {
  if (change.kind === 'gained') return describeHit(change.now)
  if (change.kind === 'lost') return describeHit(change.old)
  const { old, now, differs } = change
  const was: string[] = []
  for (const difference of differs) {
    if (difference === 'place') was.push(old.flow.id === now.flow.id ? placeOf(old) : `flow ${old.flow.id}`)
    if (difference === 'signature') was.push(`sid ${old.signature.sid}`)
    if (difference === 'description') was.push(`"${old.signature.description}"`)
    if (difference === 'class') was.push(`class ${old.signature.class ?? 'none'}`)
    if (difference === 'severity') was.push(`severity ${old.signature.severity}`)
  }
  const is: string[] = []
  if (differs.includes('class')) is.push(`class ${now.signature.class ?? 'none'}`)
  if (differs.includes('severity')) is.push(`severity ${now.signature.severity}`)
  return [describeHit(now), ...is].join(', ').concat(`; was ${was.join(', ')}`)
}

function describeHit(hit: LoggedHit): string {
  const { signature, counted } = hit
  const about = counted === undefined ? '' : `, of ${counted}`
  return `${signature.sid}, ${placeOf(hit)}${about}: ${signature.description}`
}

function placeOf({ first, last }: LoggedHit): string {
  return first === last ? `packet ${first}` : `packets ${first}-${last}`
}

/** `10 hits in 4 flows before, 9 in 3 now: 0 gained, 1 lost, 2 changed`. */
export function summariseDiff({ total, flows }: HitDiff): string {
  const before = `${count(total.old, 'hit')} in ${count(flows.old, 'flow')} before`
  const now = `${total.now} in ${flows.now} now`
  const { gained, lost, changed } = total
  const outcome =
    gained + lost + changed === 0 ? 'all alike' : `${gained} gained, ${lost} lost, ${changed} changed`
  return `${before}, ${now}: ${outcome}`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
