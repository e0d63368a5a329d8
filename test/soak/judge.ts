// The checks at the end of a soak.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type EveEvent, secondsOf } from '../support/gait.ts'
import { CLIENT } from '../support/live-lab.ts'
import { accountFiles, accountReceiver } from './accounts.ts'
import { type BadDay, EVENTS, RECEIVER_NAME, STUCK_NAME } from './bad-day.ts'

export interface Check {
  readonly name: string
  readonly isRight: boolean
  readonly figures: string
}

const MOST_BYTES = 512e6
/** Growth after warm-up, as a part of the mean, per minute. */
const FLAT = 0.015
/** A packet's stamp and our clock around the login. */
const SLACK_SECONDS = 0.5

interface OutputTotal {
  readonly output: string
  readonly written: number
  readonly dropped: number
  readonly unconfirmed: number
}

export async function judge(day: BadDay): Promise<readonly Check[]> {
  const { folder } = day.lab
  const named = (pattern: RegExp) =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      // In the order of their writing: the one that has no number is the last.
      .sort((a, b) => (a === EVENTS ? 1 : b === EVENTS ? -1 : a < b ? -1 : 1))
      .map((name) => join(folder, name))
  const isReal = (event: EveEvent) =>
    event.event_type === 'alert' && event.gait.class === 'ssh.auth.failure' && event.src_ip === CLIENT
  const files = await accountFiles(named(new RegExp(`^${EVENTS}`)), isReal)
  const received = await accountReceiver(named(/^received-/), files.digests)
  const lines = logOf(day.sensor.log)
  const said = (kind: string) => lines.filter((line) => line.kind === kind).length
  const totals = lines.filter(({ kind }) => kind === 'output-total') as unknown as readonly OutputTotal[]
  const totalOf = (name: string) =>
    totals.find(({ output }) => output === name) ?? {
      output: name,
      written: -1,
      dropped: -1,
      unconfirmed: -1,
    }
  const file = totalOf(join(folder, EVENTS))
  const receiver = totalOf(RECEIVER_NAME)
  const stuck = totalOf(STUCK_NAME)
  const offered = file.written + file.dropped
  const stats = files.lastStats as unknown as StatsEvent | undefined
  const counters = stats?.gait.counters ?? {}
  const shed = counters['flow.shed_syns'] ?? 0
  const trend = day.memory.since(day.warmMs)
  const growth = trend.bytesPerMinute / Math.max(1, trend.meanBytes)
  const missed = day.logins.filter(
    ({ from, to }) =>
      !files.failures.some(({ timestamp }) => {
        const at = secondsOf(timestamp)
        return at >= from - SLACK_SECONDS && at <= to + SLACK_SECONDS
      }),
  )
  const lost = receiver.written - received.different
  const untold = Number(/(\d+) open flows were not told/.exec(day.sensor.log)?.[1] ?? 0)
  const flows = files.types.get('flow') ?? 0
  const alerts = files.types.get('alert') ?? 0
  const engines = files.types.get('engine') ?? 0
  const check = (name: string, isRight: boolean, figures: string): Check => ({ name, isRight, figures })
  return [
    check('the day went as planned', day.troubles.length === 0, day.troubles.slice(0, 5).join('; ') || 'yes'),
    check(
      'no crash, no bug',
      day.exitCode === 0 && said('bug') === 0 && said('stopped') === 1,
      `exit code ${day.exitCode}, ${said('bug')} bugs, ${Math.round(day.seconds)} s`,
    ),
    check(
      'interfaces are captured at the end',
      day.status?.interfaces.every(({ state }) => state === 'running') === true,
      `${day.flaps} flaps, ${said('device-lost')} times lost, ${said('device-back')} back, ${said('capture-restarted')} restarts`,
    ),
    check(
      'memory is flat and below 512 MB',
      Math.abs(growth) <= FLAT && day.peakBytes < MOST_BYTES,
      `mean ${mb(trend.meanBytes)}, greatest ${mb(trend.maxBytes)}, peak ${mb(day.peakBytes)}, slope ${mb(trend.bytesPerMinute)}/min over ${trend.samples} samples after warm-up`,
    ),
    check(
      'lines are whole, and JSON, and there once',
      files.broken === 0 && files.halves === 0 && files.twins === 0,
      `${files.lines} lines in ${day.rotations + 1} files, ${files.broken} broken, ${files.halves} half, ${files.twins} twice`,
    ),
    check(
      'the files hold what the sensor says it wrote',
      files.lines === file.written && file.dropped === 0,
      `${file.written} written, ${file.dropped} dropped`,
    ),
    check(
      'every flow and alert has its event',
      stats !== undefined &&
        flows + untold === stats.stats.flow.total &&
        files.hits === stats.stats.detect.alerts,
      `${flows} flow events of ${stats?.stats.flow.total} flows (${untold} untold), ${alerts} alert events of ${files.hits} hits, ${stats?.stats.detect.alerts} were told`,
    ),
    check(
      'the killed receiver lacks no more than counters say',
      lost >= 0 && lost <= receiver.unconfirmed && receiver.written + receiver.dropped === offered,
      `${day.kills} kills, ${receiver.written} written + ${receiver.dropped} dropped of ${offered}; ${received.different} arrived on ${received.connections} connections, ${lost} lacking, ${receiver.unconfirmed} unconfirmed, ${received.lines - received.different} twice`,
    ),
    check(
      'the receiver gets whole lines, all of them from the files',
      received.strange === 0 && received.torn === 0,
      `${received.strange} strange, ${received.torn} torn`,
    ),
    check(
      'the stuck receiver costs itself alone',
      stuck.written + stuck.dropped === offered && stuck.dropped > 0,
      `${stuck.written} written + ${stuck.dropped} dropped of ${offered}`,
    ),
    check(
      'each real login has its alert',
      missed.length === 0 && day.logins.length > 0,
      `${day.logins.length} logins, ${files.failures.length} alerts, ${missed.length} logins without; ${shed} connections shed`,
    ),
    check(
      'reloads happened, bad ones were refused',
      said('reload-refused') === day.badReloads && engines === day.reloads - day.badReloads,
      `${day.reloads} asked, ${engines} done, ${said('reload-refused')} refused`,
    ),
    check(
      'losses are told',
      stats?.stats.capture !== undefined,
      `${JSON.stringify(stats?.stats.capture)}, stream bytes ${counters['capture.stream_bytes']}, missing ${counters['capture.missing_stream_bytes']}, ${said('loss')} warnings, ${said('overload')} overloads; longest stall ${Math.round(day.longestStallMs)} ms, of an idle process ${Math.round(day.idleStallMs)} ms`,
    ),
  ]
}

interface StatsEvent {
  readonly stats: {
    readonly capture: object
    readonly flow: { readonly total: number }
    readonly detect: { readonly alerts: number }
  }
  readonly gait: { readonly counters: Readonly<Record<string, number>> }
}

function logOf(text: string): readonly LogLine[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

interface LogLine {
  readonly kind?: string
}
