// One run of a capturing program, from its launch until it is gone and its last frame was handed on.

import { setTimeout as delay } from 'node:timers/promises'
import { type CaptureProblem, Frame } from '../../model/frame.ts'
import type { FrameConsumer } from '../../model/live.ts'
import { readCapture } from '../open-capture.ts'
import { StreamSource } from '../stream-source.ts'
import type { Dialect } from './capture-plan.ts'
import { pumpFrames } from './frame-pump.ts'
import type { CaptureLauncher, ChildRequest, ChildWatcher, LaunchedChild } from './launcher.ts'
import { readTotals, saysListening, type ToldTotals, wordsOf } from './program-words.ts'

/** Holds the longest record twice; stays in the processor's second-level cache. */
const WINDOW_BYTES = 512 * 1024

/** Of what a program says, so much is kept to explain its end. */
const KEPT_LINES = 60

/** What a program is given to end orderly, and its stream to end after it was killed. */
const STOP_MS = 2000
const KILL_MS = 500

/** `unflushable`: it runs, but has to be launched plain. */
export type RunStart = 'listening' | 'unflushable' | 'ended'

export interface RunEnd {
  /** `exit code 1`, `signal SIGKILL`, or why it was not launched. */
  readonly how: string
  /** The program's own; `` when it said nothing. */
  readonly words: string
  /** Its stream could not be read on, and it was killed for that. */
  readonly problem: CaptureProblem | undefined
}

export interface RunOptions {
  readonly launcher: CaptureLauncher
  readonly source: number
  readonly device: string
  readonly dialect: Dialect
}

export class CaptureRun implements ChildWatcher {
  /** Resolves when it listens or cannot. */
  readonly started: Promise<RunStart>
  readonly ended: Promise<RunEnd>
  readonly #options: RunOptions
  readonly #told: (totals: ToldTotals) => void
  readonly #lines: string[] = []
  readonly #exit: Promise<string>
  #child: LaunchedChild | undefined = undefined
  #stopping = false
  #unflushable = false
  #becomeStarted: (start: RunStart) => void = () => {}
  #becomeExited: (how: string) => void = () => {}

  /**
   * Launches.
   *
   * @param told - called with what the program tells of its totals
   */
  constructor(
    options: RunOptions,
    plain: boolean,
    consumer: FrameConsumer,
    told: (totals: ToldTotals) => void,
  ) {
    this.#options = options
    this.#told = told
    this.started = new Promise((resolve) => {
      this.#becomeStarted = resolve
    })
    this.#exit = new Promise((resolve) => {
      this.#becomeExited = resolve
    })
    this.ended = this.#live(plain, consumer)
  }

  line(text: string): void {
    this.#lines.push(text)
    if (this.#lines.length > KEPT_LINES) this.#lines.shift()
    const { dialect } = this.#options
    this.#told(readTotals(dialect, text))
    if (saysListening(dialect, text)) this.#becomeStarted(this.#unflushable ? 'unflushable' : 'listening')
  }

  unflushable(): void {
    this.#unflushable = true
  }

  exited(how: string): void {
    this.#becomeExited(how)
  }

  askTotals(): void {
    this.#child?.ask('totals')
  }

  /** Ends the program; what it had taken from the kernel is still handed on. Resolves when all is over. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#ask('stop')
    const killing = setTimeout(() => this.#ask('kill'), STOP_MS)
    const cutting = setTimeout(() => this.#child?.output.destroy(), STOP_MS + KILL_MS)
    await this.ended
    clearTimeout(killing)
    clearTimeout(cutting)
  }

  #ask(request: ChildRequest): void {
    this.#child?.ask(request)
  }

  async #live(plain: boolean, consumer: FrameConsumer): Promise<RunEnd> {
    const { launcher, source } = this.#options
    try {
      this.#child = await launcher.launch(source, plain, this)
    } catch (error) {
      this.#becomeStarted('ended')
      const how = error instanceof Error ? error.message : String(error)
      return { how, words: wordsOf(this.#lines), problem: undefined }
    }
    if (this.#stopping) this.#ask('stop')
    const reading = this.#read(this.#child, consumer)
    const how = await this.#exit
    const problem = await reading
    this.#becomeStarted('ended')
    return { how, words: wordsOf(this.#lines), problem }
  }

  /** @returns what is wrong with the stream */
  async #read(child: LaunchedChild, consumer: FrameConsumer): Promise<CaptureProblem | undefined> {
    const { device, source } = this.#options
    const reader = await readCapture(device, source, new StreamSource(child.output), WINDOW_BYTES)
    await pumpFrames(reader, new Frame(), consumer)
    reader.close()
    const problem = reader.problems.find(({ severity }) => severity === 'error')
    if (problem === undefined || (await this.#endsBySelf())) return undefined
    // A program that garbles its stream has to be started anew.
    child.ask('kill')
    return problem
  }

  /** When it does, its stream was cut by that, and its own words tell more. */
  #endsBySelf(): Promise<boolean> {
    return Promise.race([this.#exit.then(() => true), delay(KILL_MS, false, { ref: false })])
  }
}
