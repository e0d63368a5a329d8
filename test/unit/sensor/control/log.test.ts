import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { createLog, type Log, type LogOptions } from '../../../../src/sensor/control/log.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
const file = scratch.path('gait.log')
let log: Log | undefined
afterEach(async () => {
  vi.useRealTimers()
  await log?.close(0)
  log = undefined
  rmSync(file, { force: true })
})
afterAll(() => scratch.remove())

function open(options: Partial<LogOptions> = {}): Log {
  log = createLog({ level: 'info', file, ...options })
  return log
}

interface Line {
  readonly level: string
  readonly kind: string
  readonly msg: string
  readonly suppressed?: number
}

function lines(): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

describe('Log', () => {
  it('writes a JSON line with level, time, process, kind, message and facts', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 2, 43) })
    open().said('warn', 'device-lost', 'eth0 is gone: 100%', { interface: 'eth0', tries: 3, gone: undefined })
    expect(lines()).toEqual([
      {
        level: 'warn',
        time: '2026-11-21T02:43:00.000Z',
        pid: process.pid,
        interface: 'eth0',
        tries: 3,
        kind: 'device-lost',
        msg: 'eth0 is gone: 100%',
      },
    ])
  })

  it('is a listener of captures', () => {
    open().captureEvent('error', 'device-lost', 'eth0 is gone')
    expect(lines()).toMatchObject([{ level: 'error', kind: 'device-lost', msg: 'eth0 is gone' }])
  })

  it('changes its level while it runs, and knows no other', () => {
    const log = open()
    log.said('debug', 'a', 'not said')
    log.setLevel('debug')
    log.said('debug', 'b', 'said')
    log.setLevel('silent')
    log.said('fatal', 'c', 'not said')
    expect(log.level).toBe('silent')
    expect(() => log.setLevel('loud')).toThrow('there is no log level loud')
    expect(() => log.setLevel('__proto__')).toThrow('there is no log level')
    expect(lines().map(({ kind }) => kind)).toEqual(['b'])
  })

  it('lets a kind through so often a minute, and says once how many more there were', () => {
    vi.useFakeTimers({ now: 0 })
    const log = open({ perMinute: 3 })
    for (let i = 0; i < 10; i++) log.said(i < 9 ? 'warn' : 'error', 'flood', `number ${i}`)
    log.said('info', 'other', 'unharmed')
    vi.advanceTimersByTime(59_000)
    expect(lines().map(({ msg }) => msg)).toEqual(['number 0', 'number 1', 'number 2', 'unharmed'])
    vi.advanceTimersByTime(2000)
    expect(lines().slice(4)).toMatchObject([
      { level: 'error', kind: 'flood', msg: 'flood: suppressed 7 more within a minute', suppressed: 7 },
    ])
    log.said('warn', 'flood', 'again')
    vi.advanceTimersByTime(200_000)
    expect(lines().slice(5)).toMatchObject([{ msg: 'again' }])
  })

  it('sums up before it lets the kind through again, also when the loop stood still', () => {
    vi.useFakeTimers({ now: 0 })
    const log = open({ perMinute: 1 })
    log.said('info', 'x', 'one')
    log.said('info', 'x', 'two')
    vi.setSystemTime(61_000)
    log.said('info', 'x', 'three')
    expect(lines().map(({ msg }) => msg)).toEqual(['one', 'x: suppressed 1 more within a minute', 'three'])
  })

  it('is not silenced by a clock that was set back', () => {
    vi.useFakeTimers({ now: 3_600_000 })
    const log = open({ perMinute: 1 })
    log.said('info', 'x', 'one')
    vi.setSystemTime(0)
    log.said('info', 'x', 'two')
    expect(lines()).toHaveLength(2)
  })

  it('does not let one kind wait for another', () => {
    vi.useFakeTimers({ now: 0 })
    const log = open({ perMinute: 1 })
    log.said('info', 'early', 'x')
    vi.advanceTimersByTime(40_000)
    for (const kind of ['late', 'late', 'early']) log.said('info', kind, 'x')
    vi.advanceTimersByTime(21_000)
    expect(lines().slice(2)).toMatchObject([{ kind: 'early', suppressed: 1 }])
    vi.advanceTimersByTime(40_000)
    expect(lines().slice(3)).toMatchObject([{ kind: 'late', suppressed: 1 }])
  })

  it('sums up kinds with minutes of their own, and at its end', async () => {
    vi.useFakeTimers({ now: 0 })
    const log = open({ perMinute: 1 })
    for (const kind of ['a', 'a', 'a']) log.said('info', kind, 'x')
    vi.advanceTimersByTime(30_000)
    for (const kind of ['b', 'b']) log.said('info', kind, 'x')
    vi.advanceTimersByTime(31_000)
    expect(lines().slice(2)).toMatchObject([{ kind: 'a', suppressed: 2 }])
    vi.advanceTimersByTime(31_000)
    expect(lines().slice(3)).toMatchObject([{ kind: 'b', suppressed: 1 }])
    for (const kind of ['c', 'c']) log.said('info', kind, 'x')
    await log.close(0)
    expect(lines().at(-1)).toMatchObject({ kind: 'c', suppressed: 1 })
    await log.close(0)
    log.said('info', 'd', 'too late')
    expect(lines().at(-1)).toMatchObject({ kind: 'c' })
  })

  it('holds no more kinds than it must', () => {
    const log = open({ perMinute: 1, level: 'fatal' })
    log.setLevel('info')
    for (let i = 0; i < 400; i++) log.said('info', `kind-${i}`, 'x')
    expect(lines()).toHaveLength(257)
  })

  it('writes nothing that a terminal obeys, and nothing without end', () => {
    open().said('info', 'x', `\u001b[2J${'y'.repeat(10_000)}`, { name: `\u202e${'z'.repeat(1000)}` })
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
    expect(text.length).toBeLessThan(5000)
  })

  it('goes on in a new file after rotation', () => {
    const log = open()
    log.said('info', 'a', 'x')
    renameSync(file, `${file}.1`)
    log.reopen()
    log.said('info', 'b', 'x')
    expect(lines().map(({ kind }) => kind)).toEqual(['b'])
  })

  it('says that the log cannot be opened anew', () => {
    const log = open()
    rmSync(file)
    mkdirSync(file)
    expect(() => log.reopen()).toThrow('cannot write the log')
    rmSync(file, { recursive: true })
  })

  it('goes to standard error, complete at the end of the process', () => {
    const { stdout, stderr, code } = scratch.run(`
      import { createLog } from 'SRC/sensor/control/log.ts'
      const log = createLog({ level: 'info' })
      for (let i = 0; i < 1000; i++) log.said('info', 'kind-' + (i % 200), 'x'.repeat(500))
      await log.close(5000)
      process.exit(3)`)
    expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({
      code: 3,
      stdout: '',
      lines: 1000,
    })
  })

  it('tells how many lines were lost as soon as one is written', () => {
    const { stdout } = scratch.run(`
      import { Log } from 'SRC/sensor/control/log.ts'
      let isFull = true
      const destination = {
        lost: 0,
        write(line) { if (isFull) this.lost++; else process.stdout.write(line) },
        reopen() {}, async close() {},
      }
      const log = new Log({ level: 'info' }, destination)
      for (const kind of ['a', 'b', 'c']) log.said('info', kind, 'x')
      isFull = false
      for (const kind of ['d', 'e']) log.said('info', kind, 'x')`)
    const said = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).msg)
    expect(said).toEqual(['x', '3 lines of the log were lost', 'x'])
  })
})
