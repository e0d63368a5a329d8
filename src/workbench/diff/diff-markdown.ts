// A comparison of two databases as a comment on a pull request: the verdict first, then a table of signatures, what
// became of their statements, and the flows in a fold.

import { printable } from '../../output/printable.ts'
import type { HitDiff, SignatureDiff } from './compare-hits.ts'
import { describeChange, isDifferent, noteOf, silentOf, summariseDiff } from './format-diff.ts'

const SIGNS = { gained: '+', lost: '-', changed: '!' } as const

/**
 * @param captures - names, by index
 * @param mostFlows - that are shown
 */
export function diffMarkdown(
  diff: HitDiff,
  captures: readonly string[],
  mostFlows: number,
): readonly string[] {
  const rows = diff.signatures.filter(isDifferent)
  return [
    `### Signatures: ${verdictOf(diff)}`,
    '',
    `${summariseDiff(diff)}.`,
    ...tableOf(rows),
    ...silentNote(diff.signatures),
    ...statementsOf(diff.signatures, mostFlows),
    ...flowsOf(diff, captures, mostFlows),
  ]
}

function verdictOf({ total }: HitDiff): string {
  const { lost, gained, changed } = total
  if (lost > 0) return `${lost} ${lost === 1 ? 'hit' : 'hits'} lost`
  return gained + changed === 0 ? 'no hit differs' : 'no hit lost'
}

function tableOf(rows: readonly SignatureDiff[]): readonly string[] {
  if (rows.length === 0) return []
  return [
    '',
    '| sid | signature | old | new | gained | lost | changed |',
    '| --: | --------- | --: | --: | -----: | ---: | ------: |',
    ...rows.map((row) => {
      const old = row.before === undefined ? '–' : row.old
      const now = row.after === undefined ? '–' : row.now
      const lost = row.lost > 0 ? `**${row.lost}**` : 0
      const cells = [
        row.sid,
        `${escaped(row.description)}${noteOf(row)}`,
        old,
        now,
        row.gained,
        lost,
        row.changed,
      ]
      return `| ${cells.join(' | ')} |`
    }),
  ]
}

function silentNote(signatures: readonly SignatureDiff[]): readonly string[] {
  const silent = silentOf(signatures)
  return silent === undefined ? [] : ['', `Signatures ${silent}.`]
}

/** @param most - that are shown */
function statementsOf(signatures: readonly SignatureDiff[], most: number): readonly string[] {
  const rows = signatures.filter(({ before, after }) => before?.text !== after?.text)
  const lines = rows.slice(0, most).flatMap(({ before, after }) => {
    return [
      ...(before === undefined ? [] : [`- ${before.text}`]),
      ...(after === undefined ? [] : [`+ ${after.text}`]),
    ]
  })
  return lines.length === 0
    ? []
    : folded(`${count(rows.length, 'statement')} changed`, lines, rows.length - most)
}

function flowsOf({ changes }: HitDiff, captures: readonly string[], mostFlows: number): readonly string[] {
  if (changes.length === 0) return []
  const shown = changes.slice(0, mostFlows)
  const lines = shown.flatMap(({ flow, changes: list }) => [
    `@@ ${captures[flow.source] ?? '-'}, flow ${flow.id}, ${flow.name} @@`,
    ...list.map((change) => `${SIGNS[change.kind]} ${describeChange(change)}`),
  ])
  return folded(`${count(changes.length, 'flow')} with other hits`, lines, changes.length - shown.length)
}

/** @param hidden - of what the title counts, when not all is in the lines */
function folded(title: string, lines: readonly string[], hidden: number): readonly string[] {
  const more = hidden > 0 ? ['', `And ${hidden} more.`] : []
  return ['', `<details><summary>${title}</summary>`, '', ...fenced(lines), ...more, '', '</details>']
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

/** In a fence that no line ends. */
function fenced(lines: readonly string[]): readonly string[] {
  const text = lines.map(printable)
  const longest = Math.max(
    2,
    ...text.map((line) => Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))),
  )
  const fence = '`'.repeat(longest + 1)
  return [`${fence}diff`, ...text, fence]
}

/** As text of a table's cell. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~@]/g, (character) =>
    character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '@' ? '&#64;' : `\\${character}`,
  )
}
