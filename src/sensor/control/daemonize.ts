// Running in the background without a service manager. The parent starts the same program once more, in a session
// of its own, shows what it says while it starts, and leaves when it is ready; or passes its failure on. The working
// directory stays: names given on the command line must still be right at a reload.

import { spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'

const MARK = 'GAIT_DAEMON'
const READY = 'ready'
const STDERR = 2
/** Time for the last words of a child that has ended or let go of standard error. */
const LAST_WORDS_MS = 500
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const isChild = process.env[MARK] === '1' && process.send !== undefined
// What this process starts is no daemon of ours.
delete process.env[MARK]

/** Whether this process is the one that daemonize() started. */
export function isDaemon(): boolean {
  return isChild
}

/**
 * Starts this program, with the arguments it was given, in the background. For the parent.
 *
 * @returns the exit code to end with: 0 when the daemon is ready, else the daemon's own, which has said why
 * @throws OperatorError when it cannot be started, or ended without saying why
 */
export async function daemonize(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, [MARK]: '1' },
  })
  child.stderr?.on('data', (words: Buffer) => repeat(words))
  const silent = new Promise<void>((resolve) => child.stderr?.once('close', resolve))
  // The child has a session of its own: keys pressed here do not reach it.
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ENDING_SIGNALS) process.on(signal, pass)
  try {
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      child.once('error', reject)
      child.once('message', (message) => {
        if (message === READY) resolve({ isReady: true, code: 0, signal: null })
      })
      child.once('exit', (code, signal) => resolve({ isReady: false, code, signal }))
    })
    await Promise.race([silent, sleep(LAST_WORDS_MS)])
    if (outcome.isReady || (outcome.code ?? 0) > 0) return outcome.code ?? 0
    throw new OperatorError(
      'input',
      `the daemon ended before it was ready${outcome.signal === null ? '' : `: ${outcome.signal}`}`,
      'without --daemon it may say more',
    )
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause
    throw new OperatorError('input', `cannot start the daemon: ${(cause as Error).message}`, undefined, {
      cause,
    })
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, pass)
    child.stderr?.destroy()
    if (child.connected) child.disconnect()
    child.unref()
  }
}

interface Outcome {
  readonly isReady: boolean
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * Tells the parent that the daemon does its work, and lets go of the terminal: from now on standard error is
 * `logFile`, or nothing. Does nothing in a process that is no daemon.
 */
export async function tellReady(logFile?: string): Promise<void> {
  if (!isChild) return
  await spoken()
  turnStandardError(logFile)
  if (!process.connected) return
  await new Promise<void>((resolve) => {
    process.send?.(READY, undefined, undefined, () => resolve())
  })
  if (process.connected) process.disconnect()
}

/** Until what was written to standard error has left. */
async function spoken(): Promise<void> {
  if (process.stderr.writableLength === 0) return
  const left = new Promise<void>((resolve) => process.stderr.write('', () => resolve()))
  await Promise.race([left, sleep(LAST_WORDS_MS)])
}

/**
 * Puts a file in the place of descriptor 2: open() takes the lowest number that is free (open(2)). Where another
 * thread was faster the file is closed again, and standard error stays closed.
 */
function turnStandardError(logFile: string | undefined): void {
  try {
    closeSync(STDERR)
    const descriptor = openSync(logFile ?? '/dev/null', 'a')
    if (descriptor !== STDERR) closeSync(descriptor)
  } catch {
    // The log was opened before; what is lost here are words that nobody expects.
  }
}

function repeat(words: Buffer): void {
  try {
    writeSync(STDERR, words)
  } catch {
    // There is nobody left to tell.
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
