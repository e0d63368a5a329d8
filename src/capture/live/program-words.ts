// What capturing programs say on standard error, understood: that they listen, what the kernel dropped, and
// why they ended. They are run with LC_ALL=C. Nothing here comes from the network.

import type { OperatorErrorCode } from '../../model/operator-error.ts'
import type { Dialect } from './capture-plan.ts'

/** The program holds the device open. */
export function saysListening(dialect: Dialect, line: string): boolean {
  return dialect === 'dumpcap' ? line.startsWith('File: ') : line.includes(': listening on ')
}

/** Numbers of one line; undefined where it does not tell. */
export interface ToldTotals {
  /** Packets that the kernel gave to the program or dropped. */
  readonly received: number | undefined
  readonly dropped: number | undefined
}

/** tcpdump tells all in one line while it runs, and a line for each at its end; dumpcap only at its end. */
export function readTotals(dialect: Dialect, line: string): ToldTotals {
  if (dialect === 'dumpcap') return readDumpcapTotals(line)
  return {
    received: numberIn(/(\d+) packets? received by filter/, line),
    dropped: numberIn(/(\d+) packets? dropped by kernel/, line),
  }
}

function readDumpcapTotals(line: string): ToldTotals {
  const given = numberIn(/^Packets received\/dropped on interface .*: (\d+)\/\d+ \(/, line)
  const dropped = numberIn(/^Packets received\/dropped on interface .*: \d+\/(\d+) \(/, line)
  return { received: given === undefined || dropped === undefined ? undefined : given + dropped, dropped }
}

function numberIn(pattern: RegExp, line: string): number | undefined {
  const [, digits] = pattern.exec(line) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** Lines that do not tell why a program ended. */
const NOISE =
  /listening on |data link type |^\d+ packets? |packets? captured|^Capturing on |^File: |^Packets |^Warning: |cap_set_proc|^\s*$/

/** Sentences worth quoting: dumpcap goes on for a page. */
const QUOTED_LINES = 2

/** @returns the program's own words about its end on one line, `` when it said nothing */
export function wordsOf(lines: readonly string[]): string {
  const telling = lines.filter((line) => !NOISE.test(line)).slice(0, QUOTED_LINES)
  return telling.map((line) => line.trim()).join(' ')
}

/** `down`: there, but switched off. `gone`: not there. */
export type FailureKind = 'down' | 'gone' | 'permission' | 'other'

/** Why a program ended, judged by its words. */
export function failureKind(words: string): FailureKind {
  if (/is not up|went down|network is down/i.test(words)) return 'down'
  if (/no such device|there is no device named|disappeared|no longer attached|`status == 0'/i.test(words))
    return 'gone'
  return /permission|not permitted/i.test(words) ? 'permission' : 'other'
}

/** What a first failure means to the operator. With a filter, what is neither device nor permission is its fault. */
export function failureCode(kind: FailureKind, filter: string | undefined): OperatorErrorCode {
  if (kind === 'permission') return 'permission'
  return kind === 'other' && filter !== undefined ? 'usage' : 'device'
}
