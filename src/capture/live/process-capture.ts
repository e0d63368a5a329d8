// A live capture by a program of its own, for as long as the sensor lives: opens the device, and opens it again
// whenever the program ends or the device goes away. Each trouble is told once when it begins and once when
// it is over, however often it was tried between.

import type {
  CaptureMethod,
  CaptureState,
  CaptureTotals,
  FrameConsumer,
  LiveCapture,
  LiveListener,
  TroubleLevel,
} from '../../model/live.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { type CaptureSpec, type Dialect, dialectOf } from './capture-plan.ts'
import { CaptureRun, type RunEnd } from './capture-run.ts'
import { DropMeter } from './drop-meter.ts'
import type { CaptureLauncher } from './launcher.ts'
import { type LinkState, linkState } from './link-state.ts'
import { type FailureKind, failureCode, failureKind } from './program-words.ts'

export interface LiveCaptureOptions extends CaptureSpec {
  /** For Frame.source; also the number by which the launcher knows this capture. */
  readonly source: number
  readonly launcher: CaptureLauncher
}

/** Between two tries: doubles up to the longest, and starts anew after a run that lasted. */
const SHORTEST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
const LASTING_RUN_MS = 30_000

/** Between two looks at the state of the device. */
const LOOK_MS = 500

/** Totals are asked for at least that often, in looks: they wrap at 2^32. */
const LOOKS_PER_TOTALS = 1200

const PERMISSION_HINT =
  'start as root, or give the program the right: setcap cap_net_raw,cap_net_admin=ep on its file'
const DEVICE_HINT = 'gait interfaces lists what there is'
const FILTER_HINT = 'filters are written as for tcpdump, see pcap-filter(7)'

/** What ails the capture, and since when. */
interface Trouble {
  readonly kind: 'device-lost' | 'capture-ended'
  readonly since: number
}

export class ProcessCapture implements LiveCapture {
  readonly device: string
  readonly method: CaptureMethod
  readonly clock: 'kernel' | 'arrival'
  readonly #options: LiveCaptureOptions
  readonly #dialect: Dialect
  readonly #consumer: FrameConsumer
  readonly #listener: LiveListener
  readonly #meter = new DropMeter()
  #state: CaptureState = 'starting'
  #plain = false
  #run: CaptureRun | undefined = undefined
  /** The run listens, as far as we know. */
  #runs = false
  #trouble: Trouble | undefined = undefined
  #wait = SHORTEST_WAIT_MS
  #wake: () => void = () => {}
  #link: LinkState
  #looking: NodeJS.Timeout | undefined = undefined
  #looks = 0
  #living: Promise<void> = Promise.resolve()

  constructor(options: LiveCaptureOptions, consumer: FrameConsumer, listener: LiveListener) {
    this.device = options.device
    this.method = options.method
    this.clock = options.method === 'cap' ? 'arrival' : 'kernel'
    this.#options = options
    this.#dialect = dialectOf(options)
    this.#consumer = consumer
    this.#listener = listener
    this.#link = linkState(options.device)
  }

  get state(): CaptureState {
    return this.#state
  }

  async start(): Promise<void> {
    const end = await this.#open()
    if (this.#isStopped) return
    if (end === undefined) this.#recover()
    else this.#refuse(end)
    if (this.method === 'cap' && !this.#options.promiscuous)
      this.#tell('warn', 'cap-promiscuous', 'is captured promiscuously: cap cannot do otherwise')
    this.#looking = setInterval(() => this.#look(), LOOK_MS)
    this.#living = this.#live()
  }

  async stop(): Promise<void> {
    this.#state = 'stopped'
    clearInterval(this.#looking)
    this.#wake()
    await this.#run?.stop()
    await this.#living
  }

  askTotals(): void {
    this.#run?.askTotals()
  }

  totals(): CaptureTotals {
    // dumpcap tells them at its end only: until then, those of earlier runs would be taken for all.
    const unknown = this.#dialect === 'dumpcap' && !this.#isStopped
    return unknown ? { received: undefined, dropped: undefined } : this.#meter.totals
  }

  /** An accessor, since the state changes while we wait and the compiler would not believe it. */
  get #isStopped(): boolean {
    return this.#state === 'stopped'
  }

  /** @returns undefined when it runs, else how it ended */
  async #open(): Promise<RunEnd | undefined> {
    this.#meter.restart()
    const { launcher, source } = this.#options
    const options = { launcher, source, device: this.device, dialect: this.#dialect }
    const run = new CaptureRun(options, this.#plain, this.#consumer, (told) => this.#meter.read(told))
    this.#run = run
    const start = await run.started
    if (start === 'ended') return run.ended
    this.#runs = start === 'listening'
    if (this.#runs) return undefined
    this.#plain = true
    await run.stop()
    return this.#isStopped ? undefined : this.#open()
  }

  /** Of a first try: a device that is merely switched off is waited for. */
  #refuse(end: RunEnd): void {
    const kind = failureKind(end.words)
    if (kind !== 'down') {
      this.#state = 'stopped'
      throw this.#refusal(kind, end)
    }
    this.#complain('device-lost', 'is down: waiting for it to come up')
  }

  #refusal(kind: FailureKind, end: RunEnd): OperatorError {
    const code = failureCode(kind, this.#options.filter)
    const hint = { permission: PERMISSION_HINT, usage: FILTER_HINT, device: DEVICE_HINT, input: undefined }
    const words = end.words === '' ? `${this.#dialect}: ${end.how}` : end.words
    return new OperatorError(code, `cannot capture on ${this.device}: ${words}`, hint[code])
  }

  /** Watches over one run after the other. */
  async #live(): Promise<void> {
    while (!this.#isStopped) {
      const began = performance.now()
      if (this.#runs) this.#mourn(await this.#run?.ended)
      if (performance.now() - began >= LASTING_RUN_MS) this.#wait = SHORTEST_WAIT_MS
      if (!this.#isStopped) await this.#reopen()
    }
  }

  #mourn(end: RunEnd | undefined): void {
    this.#runs = false
    if (this.#isStopped || end === undefined) return
    const kind = failureKind(end.words)
    const words = end.words === '' ? end.how : `${end.how}: ${end.words}`
    if (kind === 'gone' || kind === 'down') this.#complain('device-lost', `went away (${words})`)
    else if (end.problem === undefined)
      this.#complain('capture-ended', `lost its ${this.#dialect} (${words})`)
    else this.#complain('capture-ended', `lost its ${this.#dialect} (${end.problem.message})`)
  }

  /** Tries until it succeeds or the capture is stopped. */
  async #reopen(): Promise<void> {
    while (!this.#isStopped) {
      await this.#pause(this.#wait)
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
      if (this.#isStopped) return
      const end = await this.#open()
      if (end === undefined) return this.#recover()
    }
  }

  /** A device that comes back ends the pause. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #look(): void {
    if (++this.#looks % LOOKS_PER_TOTALS === 0) this.askTotals()
    const before = this.#link
    const link = linkState(this.device)
    if (link === before) return
    this.#link = link
    const wasThere = before === 'up' || before === 'no-carrier'
    const isThere = link === 'up' || link === 'no-carrier'
    if (link === 'no-carrier') this.#tell('warn', 'carrier-lost', 'has no carrier: nothing can arrive')
    if (before === 'no-carrier' && link === 'up') this.#tell('info', 'carrier-back', 'has its carrier back')
    if (wasThere && !isThere) this.#complain('device-lost', link === 'down' ? 'went down' : 'went away')
    if (!wasThere && isThere) this.#welcome()
  }

  /** The device is back. tcpdump and dumpcap sit out a device that was switched off. */
  #welcome(): void {
    this.#wait = SHORTEST_WAIT_MS
    if (this.#runs) this.#recover()
    else this.#wake()
  }

  #complain(kind: Trouble['kind'], what: string): void {
    this.#state = 'waiting'
    if (this.#trouble !== undefined) return
    this.#trouble = { kind, since: performance.now() }
    this.#tell('warn', kind, what)
  }

  #recover(): void {
    if (this.#isStopped) return
    this.#state = 'running'
    const trouble = this.#trouble
    this.#trouble = undefined
    if (trouble === undefined) return
    const seconds = Math.ceil((performance.now() - trouble.since) / 1000)
    const kind = trouble.kind === 'device-lost' ? 'device-back' : 'capture-restarted'
    this.#tell('info', kind, `is captured again after ${seconds} s`)
  }

  #tell(level: TroubleLevel, kind: string, what: string): void {
    this.#listener.captureEvent(level, kind, `${this.device} ${what}`)
  }
}
