// The sensor's log: pino's lines, apart from events. A kind of trouble that comes again and again is let through a
// few times a minute, then counted and summed up. Takes words and figures only: payload never gets in.

import { pino } from 'pino'
import type { LiveListener } from '../../model/live.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { printable } from '../../output/printable.ts'
import { type LogDestination, LogFile, StandardError } from './log-destination.ts'
import { LOG_LEVELS, type LogLevel } from './log-levels.ts'

export type SaidLevel = Exclude<LogLevel, 'silent'>

/** Never payload: what it names is ours, the operator's or the kernel's. `level`, `time`, `pid`, `kind`, `msg` are taken. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>

export interface LogOptions {
  readonly level: LogLevel
  /** Default: standard error. */
  readonly file?: string | undefined
  /** Lines of one kind in a minute; default 10. */
  readonly perMinute?: number
}

const MINUTE_MS = 60_000
const PER_MINUTE = 10
const MOST_KINDS = 256
const MOST_MESSAGE = 4000
const MOST_FACT = 400

/** How often a kind was said in its minute, which begins with the first time. */
interface Minute {
  until: number
  said: number
  suppressed: number
  /** Of the last line that was suppressed. */
  level: SaidLevel
}

/** @throws OperatorError when the file cannot be written */
export function createLog(options: LogOptions): Log {
  return new Log(options, options.file === undefined ? new StandardError() : new LogFile(options.file))
}

export class Log implements LiveListener {
  readonly #destination: LogDestination
  readonly #logger: pino.Logger
  readonly #perMinute: number
  readonly #minutes = new Map<string, Minute>()
  #timer: NodeJS.Timeout | undefined
  #wakeTime = 0
  #toldLost = 0

  constructor({ level, perMinute = PER_MINUTE }: LogOptions, destination: LogDestination) {
    this.#destination = destination
    this.#perMinute = perMinute
    this.#logger = pino(
      {
        level,
        base: { pid: process.pid },
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      destination,
    )
  }

  get level(): LogLevel {
    return this.#logger.level as LogLevel
  }

  /** @throws OperatorError (usage) when there is no such level */
  setLevel(level: string): void {
    if (!LOG_LEVELS.some((known) => known === level))
      throw new OperatorError(
        'usage',
        `there is no log level ${level}`,
        `levels are ${LOG_LEVELS.join(', ')}`,
      )
    this.#logger.level = level
  }

  /**
   * Writes a line, unless its kind has been said too often within a minute.
   *
   * @param kind - a stable word: `device-lost`, `reload-refused`
   */
  said(level: SaidLevel, kind: string, message: string, facts?: LogFacts): void {
    if (!this.#logger.isLevelEnabled(level)) return
    const now = Date.now()
    const minute = this.#minuteOf(kind, now)
    if (minute.said >= this.#perMinute) {
      minute.suppressed++
      minute.level = level
      this.#wakeAt(minute.until, now)
      return
    }
    minute.said++
    const lost = this.#destination.lost
    this.#write(level, kind, message, facts)
    if (lost > this.#toldLost && lost === this.#destination.lost) this.#tellLost(lost)
  }

  captureEvent(level: 'info' | 'warn' | 'error', kind: string, message: string): void {
    this.said(level, kind, message)
  }

  /** After log rotation. @throws OperatorError when that fails; the log then goes where it went */
  reopen(): void {
    this.#destination.reopen()
  }

  /** Sums up what is suppressed and waits, at most so long, for a slow reader of standard error. */
  async close(deadlineMs: number): Promise<void> {
    clearTimeout(this.#timer)
    for (const [kind, minute] of this.#minutes) this.#sumUp(kind, minute)
    this.#minutes.clear()
    this.#logger.level = 'silent'
    await this.#destination.close(deadlineMs)
  }

  #minuteOf(kind: string, now: number): Minute {
    const key = this.#minutes.has(kind) || this.#minutes.size < MOST_KINDS ? kind : 'other'
    const minute = this.#minutes.get(key)
    // A clock that was set back must not keep a kind silent for longer than a minute.
    if (minute !== undefined && now < minute.until && minute.until - now <= MINUTE_MS) return minute
    if (minute !== undefined) this.#sumUp(key, minute)
    const next: Minute = { until: now + MINUTE_MS, said: 0, suppressed: 0, level: 'info' }
    this.#minutes.set(key, next)
    return next
  }

  #wakeAt(time: number, now: number): void {
    if (this.#timer !== undefined && this.#wakeTime <= time) return
    clearTimeout(this.#timer)
    this.#wakeTime = time
    this.#timer = setTimeout(() => this.#sumUpAll(), Math.max(time - now, 0)).unref()
  }

  #sumUpAll(): void {
    this.#timer = undefined
    const now = Date.now()
    let next: number | undefined
    for (const [kind, minute] of this.#minutes) {
      if (minute.until <= now) {
        this.#sumUp(kind, minute)
        this.#minutes.delete(kind)
      } else if (minute.suppressed > 0) next = Math.min(next ?? minute.until, minute.until)
    }
    if (next !== undefined) this.#wakeAt(next, now)
  }

  #sumUp(kind: string, { suppressed, level }: Minute): void {
    if (suppressed === 0) return
    this.#write(level, kind, `${kind}: suppressed ${suppressed} more within a minute`, { suppressed })
  }

  #tellLost(lost: number): void {
    this.#write('warn', 'log-lost', `${lost - this.#toldLost} lines of the log were lost`, undefined)
    this.#toldLost = lost
  }

  #write(level: SaidLevel, kind: string, message: string, facts: LogFacts | undefined): void {
    this.#logger[level]({ ...cleanFacts(facts), kind }, '%s', clean(message, MOST_MESSAGE))
  }
}

function cleanFacts(facts: LogFacts = {}): LogFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? clean(fact, MOST_FACT) : fact,
    ]),
  )
}

function clean(text: string, most: number): string {
  return printable(text.length > most ? `${text.slice(0, most)}…` : text)
}
