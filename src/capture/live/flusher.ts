// Makes a tcpdump write out the packets that it collected. Its signal for that, SIGUSR2, runs fflush() in the
// signal handler: met in the middle of a fwrite() it garbles the stream. So the process is stopped first, and
// gets the signal only when it was found waiting for packets; when it is not, its buffer is filling anyway.
// Linux only: /proc tells which system call a process waits in.

import { readFileSync } from 'node:fs'

/** How long packets lie at most, on top of what the kernel keeps them for. */
const PERIOD_MS = 30

/** The number of the system call in which libpcap waits: poll, or ppoll where there is no poll. */
const WAITING_CALL: Readonly<Record<string, string>> = { x64: '7', arm64: '73', riscv64: '73' }

/** Reads of the state before we leave the process time to be scheduled, and how often we do. */
const READS = 20
const RETRIES = 20

/** Whether this machine can tell what a process waits in. */
export function canFlush(): boolean {
  return process.platform === 'linux' && process.arch in WAITING_CALL
}

export class Flusher {
  readonly #pid: number
  #timer: NodeJS.Timeout | undefined = undefined
  #stopped = false

  /** @param pid - a tcpdump that has said that it listens: before that, the signal would end it */
  constructor(pid: number) {
    this.#pid = pid
  }

  /** @returns false when this process may not see what that one does; then nothing is begun */
  begin(): boolean {
    if (readCall(this.#pid) === undefined) return false
    this.#timer = setInterval(() => this.#flush(), PERIOD_MS)
    return true
  }

  /** Must be called before the process is reaped. */
  end(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    if (this.#stopped) this.#continue()
  }

  #flush(): void {
    if (this.#stopped || !isWaiting(this.#pid)) return
    this.#stopped = this.#signal('SIGSTOP')
    if (this.#stopped) this.#settle(RETRIES)
  }

  /** Waits until the stop has come into effect. */
  #settle(retries: number): void {
    if (!this.#stopped) return
    const state = awaitStop(this.#pid)
    if (state === 'running' && retries > 0) {
      setTimeout(() => this.#settle(retries - 1), 1)
      return
    }
    if (state === 'stopped' && isWaiting(this.#pid)) this.#signal('SIGUSR2')
    this.#continue()
  }

  #continue(): void {
    this.#stopped = false
    this.#signal('SIGCONT')
  }

  #signal(signal: NodeJS.Signals): boolean {
    try {
      return process.kill(this.#pid, signal)
    } catch {
      return false
    }
  }
}

/** A stop takes effect when the process is scheduled, most often at once on another processor. */
function awaitStop(pid: number): 'stopped' | 'running' | 'gone' {
  for (let i = 0; i < READS; i++) {
    const state = readState(pid)
    if (state === 'T') return 'stopped'
    if (state === undefined || state === 'Z') return 'gone'
  }
  return 'running'
}

/** The number of the system call that a process is in; `running` when in none. */
function readCall(pid: number): string | undefined {
  const [call] = readProcess(pid, 'syscall')?.split(' ') ?? []
  return call
}

function isWaiting(pid: number): boolean {
  const call = readCall(pid)
  return call !== undefined && call === WAITING_CALL[process.arch]
}

/** The letter after the name, which may hold anything but ends in the last parenthesis (proc(5), stat). */
function readState(pid: number): string | undefined {
  const stat = readProcess(pid, 'stat')
  return stat === undefined ? undefined : stat[stat.lastIndexOf(')') + 2]
}

function readProcess(pid: number, file: 'stat' | 'syscall'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return undefined
  }
}
