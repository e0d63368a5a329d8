// What happens during a soak, and when. Keeps what the checks need to know of it afterwards.

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { askControl } from '../../src/sensor/control/ask-control.ts'
import type { ControlRequest } from '../../src/sensor/control/control-protocol.ts'
import type { SensorStatus } from '../../src/sensor/control/status.ts'
import { IdleStall } from '../bench/live-bed.ts'
import { clientEnd, eventually, LabSensor, type LiveLab, serverEnd } from '../support/live-lab.ts'
import { MemoryTrend } from './memory-trend.ts'
import { bigCapture, realCaptures } from './mixture.ts'

const RELOAD_MS = 10_000
const ROTATE_MS = 7000
const FLAP_MS = 17_000
const KILL_MS = 13_000
const AWAY_MS = 3000
const LOGIN_MS = 4000
const SAMPLE_MS = 2000
const REPORT_MS = 30_000
/** Packets a second: moderate for one core that others use, too. */
const BIG_RATE = 4000
const REAL_RATE = 1000
/** So little that all is in use before the warm-up is over. */
const MAX_FLOWS = 24_576
const SSH_MEMORY = '4MiB'
const RECEIVER_PORT = 7801
const STUCK_PORT = 7802
const RECEIVER = join(import.meta.dirname, 'receiver.mjs')
const ASK_MS = 5000

export const EVENTS = 'eve.json'
export const RECEIVER_NAME = `tcp://127.0.0.1:${RECEIVER_PORT}`
export const STUCK_NAME = `tcp://127.0.0.1:${STUCK_PORT}`

/** Seconds since the epoch, between which a real login was refused. */
export interface Login {
  readonly from: number
  readonly to: number
}

export class BadDay {
  readonly lab: LiveLab
  readonly logins: Login[] = []
  rotations = 0
  reloads = 0
  badReloads = 0
  flaps = 0
  kills = 0
  sensor!: LabSensor
  memory!: MemoryTrend
  /** By performance.now(). */
  warmMs = 0
  peakBytes = 0
  seconds = 0
  exitCode: number | null = null
  /** Just before the end. */
  status: SensorStatus | undefined
  longestStallMs = 0
  /** The same of a process that does nothing. */
  idleStallMs = 0
  /** What went wrong with the day itself, or with asking. */
  readonly troubles: string[] = []
  #isOver = false
  #receiver: ChildProcess | undefined
  readonly #loops: Promise<void>[] = []

  constructor(lab: LiveLab) {
    this.lab = lab
  }

  async live(seconds: number): Promise<void> {
    const { lab } = this
    chmodSync(lab.folder, 0o777)
    lab.takeLongFrames()
    lab.plug(1)
    await lab.startSshd()
    this.#startReceiver()
    lab.onServer(process.execPath, RECEIVER, String(STUCK_PORT))
    await this.#startSensor()
    const idle = new IdleStall()
    const began = performance.now()
    this.warmMs = began + Math.max(60, seconds * 0.4) * 1000
    this.#startTraffic()
    this.#every(RELOAD_MS, () => this.#reload())
    this.#every(ROTATE_MS, () => this.#rotate())
    this.#every(FLAP_MS, () => this.#flap())
    this.#every(KILL_MS, () => this.#killReceiver())
    this.#every(LOGIN_MS, () => this.#login())
    this.#every(SAMPLE_MS, () => void this.memory.sample())
    this.#every(REPORT_MS, () => this.#report(performance.now() - began))
    await pause(seconds * 1000)
    this.#isOver = true
    await Promise.all(this.#loops)
    this.idleStallMs = await idle.end()
    await this.#end()
    this.seconds = (performance.now() - began) / 1000
  }

  async #startSensor(): Promise<void> {
    const { lab } = this
    this.#writeSignatures()
    this.sensor = new LabSensor(
      lab,
      ...['-i', serverEnd(1), '--user', 'nobody', '--capture', 'pipe', '--stats-interval', '10'],
      ...[
        '--max-flows',
        String(MAX_FLOWS),
        '--ssh-memory',
        SSH_MEMORY,
        '--add-signatures',
        lab.file('extra.sig'),
      ],
      ...['-o', lab.file(EVENTS), '-o', RECEIVER_NAME, '-o', `${STUCK_NAME}?queue=1MiB`],
    )
    await this.sensor.says('started')
    this.memory = new MemoryTrend(this.sensor.child.pid ?? 0)
  }

  #startTraffic(): void {
    const { lab } = this
    const play = (rate: number, files: readonly string[]) => {
      const child = lab.onClient('tcpreplay', ...replay(rate, 0), ...files)
      child.stdout?.resume()
      child.stderr?.resume()
      child.on('exit', (code, signal) => {
        if (!this.#isOver) this.troubles.push(`tcpreplay ended with ${signal ?? code}`)
      })
    }
    const big = bigCapture()
    if (big !== undefined) play(BIG_RATE, [big])
    play(REAL_RATE, realCaptures())
  }

  #startReceiver(): void {
    this.#receiver = this.lab.onServer(process.execPath, RECEIVER, String(RECEIVER_PORT), this.lab.folder)
  }

  /** Again and again until the day is over; the next time is counted from the end of the last. */
  #every(ms: number, act: () => unknown): void {
    const run = async () => {
      for (let due = performance.now() + ms; ; due += ms) {
        while (performance.now() < due && !this.#isOver) await pause(Math.min(200, due - performance.now()))
        if (this.#isOver) return
        await Promise.resolve(act()).catch((error: Error) => this.troubles.push(error.message))
      }
    }
    this.#loops.push(run())
  }

  async #killReceiver(): Promise<void> {
    this.kills++
    this.#receiver?.kill('SIGKILL')
    await pause(AWAY_MS)
    this.#startReceiver()
  }

  #writeSignatures(): void {
    const sid = 9_000_001 + (this.reloads % 2)
    this.lab.file('extra.sig', `#: sid=${sid}\ntcp 22 = < c* : Somebody spoke first\n`)
  }

  /** Every sixth one is bad. */
  async #reload(): Promise<void> {
    this.reloads++
    const isBad = this.reloads % 6 === 0
    if (isBad) this.badReloads++
    if (isBad) this.lab.file('extra.sig', 'tcp banana\n')
    else this.#writeSignatures()
    this.sensor.signal('SIGUSR2')
  }

  #rotate(): void {
    this.rotations++
    const file = this.lab.file(EVENTS)
    renameSync(file, `${file}.${String(this.rotations).padStart(4, '0')}`)
    this.sensor.signal('SIGHUP')
  }

  /** Off and on; every third time it is taken out. Some packets flow in between. */
  async #flap(): Promise<void> {
    this.flaps++
    const { lab } = this
    const isOut = this.flaps % 3 === 0
    const some = lab.onClient('tcpreplay', ...replay(200, 1), ...realCaptures().slice(0, 2))
    some.stdout?.resume()
    some.stderr?.resume()
    await pause(1000)
    if (isOut) lab.unplug(1)
    else lab.setLink('down', 1)
    await pause(2000)
    if (isOut) lab.plug(1)
    else lab.setLink('up', 1)
    some.kill()
  }

  async #login(): Promise<void> {
    const from = Date.now() / 1000
    const code = await this.lab.tryWrongPassword(`guess-${this.logins.length}`)
    // sshpass saw a second prompt, or ssh had only one to give.
    if (code === 5 || code === 255) this.logins.push({ from, to: Date.now() / 1000 })
    else this.troubles.push(`a login ended with ${code}`)
  }

  async #report(ms: number): Promise<void> {
    const status = await this.#askStatus()
    if (status === undefined) return
    const outputs = status.outputs.map(({ written, dropped }) => `${written}/${dropped}`).join(' ')
    const rss = `${Math.round(status.memory.rss / 1e6)} MB`
    const {
      flows,
      events: { alerts },
    } = status
    console.log(
      `${Math.round(ms / 1000)} s: rss ${rss}, flows ${flows.active} (${flows.total}), shed ${flows.shed}, ` +
        `alerts ${alerts}, written/dropped ${outputs}, stall ${Math.round(this.longestStallMs)} ms`,
    )
  }

  async #askStatus(): Promise<SensorStatus | undefined> {
    const request: ControlRequest = { command: 'status' }
    const answer = await askControl(this.lab.file('gait.sock'), request, ASK_MS)
    if (!answer.ok) return undefined
    const status = answer.result as SensorStatus
    this.longestStallMs = Math.max(this.longestStallMs, status.loop.longestStallMs)
    return status
  }

  async #end(): Promise<void> {
    // The last interface that went is back, and the receiver.
    await pause(5000)
    this.status = await this.#askStatus()
    this.memory.sample()
    this.peakBytes = this.memory.peak()
    const isGone = this.sensor.child.exitCode !== null || this.sensor.child.signalCode !== null
    this.exitCode = isGone ? (this.sensor.child.exitCode ?? -1) : await this.sensor.end()
    this.lab.file('sensor.log', this.sensor.log)
    this.#receiver?.kill()
    if (this.#receiver !== undefined) await once(this.#receiver, 'exit')
    await eventually('the log', () => (/"kind":"stopped"/.test(this.sensor.log) ? true : undefined)).catch(
      (error: Error) => this.troubles.push(error.message),
    )
  }
}

function replay(rate: number, cable: number): readonly string[] {
  return ['-i', clientEnd(cable), '--pps', String(rate), '--loop', '0', '--unique-ip', '--quiet']
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms))
  })
}
