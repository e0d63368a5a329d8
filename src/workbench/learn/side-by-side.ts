// Two flows beside each other, elements that go together in one row: where they differ is seen at a glance.

import { printable } from '../../output/printable.ts'
import { endsText, tokenText } from '../flow-text.ts'
import { gappedAlignment } from './align.ts'
import type { Specimen } from './specimen.ts'
import type { Hit } from './trial.ts'

export interface Side {
  /** What the flow is called. */
  readonly label: string
  readonly specimen: Specimen
  /** The elements that are shown; undefined: from the first on. */
  readonly hit: Hit | undefined
}

const MOST_ROWS = 24

/** Ordinals from 1 stand before the elements; `=` marks rows that are alike. */
export function sideBySide(left: Side, right: Side): readonly string[] {
  const rows = rowsOf(cutOf(left), cutOf(right))
  const shown = rows.slice(0, MOST_ROWS)
  const width = Math.max(left.label.length, right.label.length)
  const pad = Math.max(width, ...shown.flatMap(([, a, , b]) => [a.length, b.length]))
  const lines = shown.map(([a, one, b, other]) => {
    const mark = one === other ? '=' : ' '
    return `${a.padStart(4)}  ${one.padEnd(pad)}  ${b.padStart(4)}  ${other.padEnd(pad)}  ${mark}`.trimEnd()
  })
  const more = rows.length - shown.length
  return [
    ...[left, right].map(
      ({ label, specimen }) =>
        `${label.padEnd(width)}  ${printable(specimen.trace.capture)}  ${endsText(specimen.trace.flow)}`,
    ),
    '',
    `      ${left.label.padEnd(pad)}        ${right.label}`,
    ...lines,
    ...(more > 0 ? [`      and ${more} more`] : []),
  ]
}

interface Cut {
  readonly specimen: Specimen
  /** Of the first element, from 1. */
  readonly first: number
}

function cutOf({ specimen, hit }: Side): Cut {
  if (hit === undefined) return { specimen, first: 1 }
  return {
    specimen: { ...specimen, tokens: specimen.tokens.slice(hit.first - 1, hit.last) },
    first: hit.first,
  }
}

type Row = readonly [leftOrdinal: string, left: string, rightOrdinal: string, right: string]

function rowsOf(left: Cut, right: Cut): readonly Row[] {
  const rows: Row[] = []
  const cell = ({ specimen, first }: Cut, at: number | undefined): readonly [string, string] => {
    const token = at === undefined ? undefined : specimen.tokens[at]
    return token === undefined || at === undefined ? ['', ''] : [String(first + at), tokenText(token)]
  }
  const add = (a: number | undefined, b: number | undefined) =>
    rows.push([...cell(left, a), ...cell(right, b)])
  let a = 0
  let b = 0
  const ends = [left.specimen.tokens.length, right.specimen.tokens.length]
  for (const [nextA = 0, nextB = 0] of [...gappedAlignment([left.specimen, right.specimen]), ends]) {
    while (a < nextA) add(a++, undefined)
    while (b < nextB) add(undefined, b++)
    if (a < (ends[0] ?? 0) && b < (ends[1] ?? 0)) add(a++, b++)
  }
  return rows
}
