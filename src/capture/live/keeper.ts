// The sensor's side of the keeper: starts it while the sensor is privileged, and launches through it after.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type CaptureSpec, planCapture } from './capture-plan.ts'
import { helperScript } from './helper-script.ts'
import type { KeeperReport, KeeperRequest, RunReport } from './keeper-messages.ts'
import type { CaptureLauncher, ChildWatcher, LaunchedChild } from './launcher.ts'

const GONE = 'the keeper of the captures has ended'

/**
 * Starts a keeper with all rights of this process. Call it before privileges are given up.
 *
 * @param specs - all captures that it will ever be asked for
 * @throws Error when it does not start
 */
export async function startKeeper(specs: readonly CaptureSpec[]): Promise<CaptureLauncher> {
  const plans = specs.map(planCapture)
  const child = fork(helperScript('keeper-main'), [JSON.stringify(plans)], {
    // Not ours: an --inspect of the sensor must not open one in a privileged process.
    execArgv: [],
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const keeper = new Keeper(child)
  await keeper.ready
  return keeper
}

/** A run whose stream has not come yet has `launched`. */
interface Run {
  readonly watcher: ChildWatcher
  launched: { resolve(child: LaunchedChild): void; reject(error: Error): void } | undefined
  output: Socket | undefined
}

class Keeper implements CaptureLauncher {
  readonly ready: Promise<void>
  readonly #process: ChildProcess
  readonly #runs = new Map<number, Run>()
  #lastId = 0
  #becomeReady: (() => void) | undefined = undefined

  constructor(keeper: ChildProcess) {
    this.#process = keeper
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve
      keeper.once('exit', (code, signal) => reject(new Error(`${GONE} (${signal ?? `exit code ${code}`})`)))
      keeper.once('error', reject)
    })
    keeper.on('message', (report, handle) => this.#hear(report as KeeperReport, handle as Socket | undefined))
    keeper.on('disconnect', () => this.#lose())
  }

  launch(index: number, plain: boolean, watcher: ChildWatcher): Promise<LaunchedChild> {
    if (!this.#process.connected) return Promise.reject(new Error(GONE))
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#runs.set(id, { watcher, launched: { resolve, reject }, output: undefined })
      this.#say({ do: 'launch', id, index, plain })
    })
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const gone = once(this.#process, 'exit')
    if (this.#process.connected) this.#process.disconnect()
    await gone
  }

  #say(request: KeeperRequest): void {
    if (this.#process.connected) this.#process.send(request, () => {})
  }

  #hear(report: KeeperReport, handle: Socket | undefined): void {
    if (report.tell === 'ready') this.#becomeReady?.()
    else this.#hearOf(report, this.#runs.get(report.id), handle)
  }

  #hearOf(report: RunReport, run: Run | undefined, handle: Socket | undefined): void {
    if (run === undefined) handle?.destroy()
    else if (report.tell === 'output') this.#handOver(report.id, run, handle)
    else if (report.tell === 'line') run.watcher.line(report.text)
    else if (report.tell === 'unflushable') run.watcher.unflushable()
    else this.#exited(report.id, run, report.how)
  }

  #handOver(id: number, run: Run, output: Socket | undefined): void {
    // Without it the program has ended already, and exited() is on its way.
    if (output === undefined) return
    run.launched?.resolve({ output, ask: (request) => this.#say({ do: request, id }) })
    run.launched = undefined
    run.output = output
    this.#say({ do: 'go', id })
  }

  #exited(id: number, run: Run, how: string): void {
    this.#runs.delete(id)
    if (run.launched === undefined) run.watcher.exited(how)
    else run.launched.reject(new Error(how))
  }

  /** Nobody flushes or ends its programs any more: they end when they find that nobody reads them. */
  #lose(): void {
    for (const [id, run] of [...this.#runs]) {
      run.output?.destroy()
      this.#exited(id, run, GONE)
    }
  }
}
