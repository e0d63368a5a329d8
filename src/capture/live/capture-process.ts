// One running capturing program, in the hands of the process that started it: its gate, its signals, its
// words. It leads a session of its own, so that a Ctrl-C at the terminal ends the sensor first.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { CaptureCommand } from './capture-plan.ts'
import { Flusher } from './flusher.ts'
import type { ChildRequest, ChildWatcher } from './launcher.ts'

/**
 * Waits for a line before it runs the program: nothing may be written before the reader holds the other end.
 * When the gate closes instead, the program is not run. No core files: cap aborts when a device goes away.
 */
const GATE = 'ulimit -c 0; read -r go <&3 && exec "$@" 3<&-'

const SIGNALS: Readonly<Record<ChildRequest, NodeJS.Signals>> = {
  stop: 'SIGINT',
  kill: 'SIGKILL',
  totals: 'SIGUSR1',
}

/** From here on it takes signals for flushes and totals; before, they end it. */
const LISTENS = /: listening on /

export class CaptureProcess {
  readonly #child: ChildProcess
  readonly #watcher: ChildWatcher
  readonly #flushed: boolean
  #listens = false
  #flusher: Flusher | undefined = undefined

  constructor(command: CaptureCommand, watcher: ChildWatcher) {
    this.#watcher = watcher
    this.#flushed = command.flushed
    this.#child = spawn('/bin/sh', ['-c', GATE, 'gait-capture', ...command.argv], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    })
    // Whoever waits for `spawned` hears of it; without a listener it would be thrown.
    this.#child.on('error', () => {})
    void this.#attend()
  }

  /** Its pcap stream. Read nothing before go(). */
  get output(): Socket {
    return this.#child.stdout as Socket
  }

  /** Opens the gate. */
  go(): void {
    const gate = this.#child.stdio[3] as Socket
    gate.on('error', () => {})
    gate.end('go\n')
  }

  ask(request: ChildRequest): void {
    if (request === 'totals' && !this.#listens) return
    if (request !== 'totals') this.#flusher?.end()
    this.#child.kill(SIGNALS[request])
  }

  async #attend(): Promise<void> {
    const { pid } = this.#child
    if (pid === undefined) {
      const [error] = await once(this.#child, 'error')
      return this.#watcher.exited(String(error))
    }
    const words = createInterface({ input: this.#child.stderr as Readable, crlfDelay: Infinity })
    words.on('line', (text) => this.#line(pid, text))
    const said = once(words, 'close')
    const [code, signal] = (await once(this.#child, 'exit')) as [number | null, string | null]
    this.#flusher?.end()
    await said
    this.#watcher.exited(signal === null ? `exit code ${code}` : `signal ${signal}`)
  }

  #line(pid: number, text: string): void {
    if (!this.#listens && LISTENS.test(text)) {
      this.#listens = true
      if (this.#flushed) this.#flush(pid)
    }
    this.#watcher.line(text)
  }

  #flush(pid: number): void {
    const flusher = new Flusher(pid)
    if (flusher.begin()) this.#flusher = flusher
    else this.#watcher.unflushable()
  }
}
