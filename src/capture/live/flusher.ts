// Makes a tcpdump write out the packets that it collected. Its signal for that, SIGUSR2, runs fflush() in the
// signal handler: met in the middle of a fwrite() it garbles the stream. So the process is stopped first, and
// gets the signal only when it was found waiting for packets; when it is not, its buffer is filling anyway.
// Linux only: /proc tells which system call a process waits in.

import { closeSync, openSync, readSync } from 'node:fs'

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
  #call: ProcessFile | undefined = undefined
  #stat: ProcessFile | undefined = undefined

  /** @param pid - a tcpdump that has said that it listens: before that, the signal would end it */
  constructor(pid: number) {
    this.#pid = pid
  }

  /** @returns false when this process may not see what that one does; then nothing is begun */
  begin(): boolean {
    this.#call = ProcessFile.open(this.#pid, 'syscall')
    this.#stat = ProcessFile.open(this.#pid, 'stat')
    if (this.#call?.read() === undefined) return false
    this.#timer = setInterval(() => this.#flush(), PERIOD_MS)
    return true
  }

  /** Must be called before the process is reaped. May be called again. */
  end(): void {
    clearInterval(this.#timer)
    if (this.#stopped) this.#continue()
    this.#call?.close()
    this.#stat?.close()
    this.#call = undefined
    this.#stat = undefined
  }

  #flush(): void {
    if (this.#stopped || !this.#isWaiting()) return
    this.#stopped = this.#signal('SIGSTOP')
    if (this.#stopped) this.#settle(RETRIES)
  }

  /** Waits until the stop has come into effect. */
  #settle(retries: number): void {
    if (!this.#stopped) return
    const state = this.#awaitStop()
    if (state === 'running' && retries > 0) {
      setTimeout(() => this.#settle(retries - 1), 1)
      return
    }
    if (state === 'stopped' && this.#isWaiting()) this.#signal('SIGUSR2')
    this.#continue()
  }

  /** A stop takes effect when the process is scheduled, most often at once on another processor. */
  #awaitStop(): 'stopped' | 'running' | 'gone' {
    for (let i = 0; i < READS; i++) {
      const stat = this.#stat?.read()
      // The state follows the name, which may hold anything but ends in the last parenthesis (proc(5), stat).
      const state = stat?.[stat.lastIndexOf(')') + 2]
      if (state === 'T') return 'stopped'
      if (state === undefined || state === 'Z') return 'gone'
    }
    return 'running'
  }

  /** Whether the process is in the system call in which packets are waited for. */
  #isWaiting(): boolean {
    const call = this.#call?.read()
    return call?.startsWith(`${WAITING_CALL[process.arch]} `) ?? false
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

/** A file of a process below /proc, which says something new each time it is read. */
class ProcessFile {
  readonly #fd: number
  readonly #bytes = Buffer.alloc(1024)

  private constructor(fd: number) {
    this.#fd = fd
  }

  static open(pid: number, name: 'stat' | 'syscall'): ProcessFile | undefined {
    try {
      return new ProcessFile(openSync(`/proc/${pid}/${name}`, 'r'))
    } catch {
      return undefined
    }
  }

  /** @returns undefined when the process is gone or may not be looked at */
  read(): string | undefined {
    try {
      const length = readSync(this.#fd, this.#bytes, 0, this.#bytes.length, 0)
      return this.#bytes.toString('latin1', 0, length)
    } catch {
      return undefined
    }
  }

  close(): void {
    closeSync(this.#fd)
  }
}
