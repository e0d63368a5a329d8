// A profile for a terminal.

import { formatTime } from '../../output/human-units.ts'
import { alignTable } from '../align-table.ts'
import type { SignatureProfile } from './profile.ts'

const HEADER = [
  'share',
  'steps',
  'begun',
  'longest',
  'at once',
  'dropped',
  'hits',
  'last hit',
  'sid',
  'signature',
]

/** @param most - rows that are shown */
export function formatProfile(rows: readonly SignatureProfile[], most: number): readonly string[] {
  const shown = rows.slice(0, most)
  const table = alignTable(HEADER, shown.map(cellsOf))
  const hidden = rows.length - shown.length
  return [
    ...table,
    ...(hidden > 0 ? [`and ${hidden} more: --top ${rows.length} shows all`] : []),
    '',
    summary(rows),
  ]
}

function cellsOf({ signature, work, steps, share, hits, lastHit }: SignatureProfile): readonly string[] {
  const figures =
    work === undefined
      ? ['-', '-', '-', '-', '-', '-']
      : [percent(share), steps, work.begun, work.longest, work.atOnce, work.dropped].map(String)
  const last = lastHit === undefined ? '-' : formatTime(lastHit, 'Z').replace(/\.\d+/, '')
  return [...figures, String(hits), last, String(signature.sid), signature.description]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** `31 signatures: 12 hit, 7 began and never hit, 12 never began; nothing was dropped`. */
function summary(rows: readonly SignatureProfile[]): string {
  const hit = rows.filter(({ hits }) => hits > 0).length
  const idle = rows.filter(
    ({ hits, work, steps }) => hits === 0 && (work === undefined || steps === 0),
  ).length
  const vain = rows.length - hit - idle
  const dropped = rows.reduce((sum, { work }) => sum + (work?.dropped ?? 0), 0)
  const parts = [`${hit} hit`, `${vain} began and never hit`, `${idle} never began`]
  const bounds =
    dropped === 0
      ? 'nothing was dropped'
      : dropped === 1
        ? '1 match was dropped by a bound'
        : `${dropped} matches were dropped by bounds`
  return `${rows.length} signature${rows.length === 1 ? '' : 's'}: ${parts.join(', ')}; ${bounds}`
}
