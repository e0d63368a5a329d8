// Where log lines go. pino's own destination is not used: it waits for a reader of standard error that is stuck, and
// after a reopening that failed its next one closes a descriptor twice. Here a line is handed to the kernel in the
// call, so that none is lost when the process ends; what cannot be handed over is bounded, then counted.

import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { OperatorError } from '../../model/operator-error.ts'

const MOST_WAITING_BYTES = 1024 * 1024
/** O_NONBLOCK: a named pipe that nobody reads must not hold us up. Means nothing for files. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK
const FILE_MODE = 0o640
const NOTHING = Buffer.alloc(0)

export interface LogDestination {
  /** Lines that could not be written, so far. */
  readonly lost: number
  /** @param line - with its end */
  write(line: string): void
  /** @throws OperatorError when the file cannot be opened anew; lines then go where they went */
  reopen(): void
  /** Lines that wait are written, as far as that is possible in time. */
  close(deadlineMs: number): Promise<void>
}

/** What a pipe or a socket is behind a stream; not in @types/node. */
interface WithHandle {
  readonly _handle?: { setBlocking?(isBlocking: boolean): number }
}

/**
 * Standard error; never waits for the reader of a pipe or socket. That holds as long as no child process is given
 * our standard error: for it, libuv makes what both share blocking.
 */
export class StandardError implements LogDestination {
  lost = 0
  #isGone = false

  constructor() {
    // Nobody reads any more: that is nobody's concern.
    process.stderr.on('error', this.#onError)
    const { _handle: handle } = process.stderr as WithHandle
    handle?.setBlocking?.(false)
  }

  write(line: string): void {
    if (this.#isGone || process.stderr.writableLength + line.length > MOST_WAITING_BYTES) this.lost++
    else process.stderr.write(line)
  }

  reopen(): void {}

  async close(deadlineMs: number): Promise<void> {
    if (this.#isGone || process.stderr.writableLength === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs)
      process.stderr.write('', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  readonly #onError = () => {
    this.#isGone = true
  }
}

/** A file, appended to. */
export class LogFile implements LogDestination {
  readonly #path: string
  #descriptor: number
  /** Rest of a line that was cut off by a full disk: goes first. */
  #rest: Buffer = NOTHING
  lost = 0

  /** @throws OperatorError when the file cannot be written */
  constructor(path: string) {
    this.#path = path
    this.#descriptor = openLog(path)
  }

  write(line: string): void {
    this.#rest = this.#put(this.#rest)
    const bytes = Buffer.from(line)
    const rest = this.#rest.length > 0 ? bytes : this.#put(bytes)
    if (rest.length === bytes.length) this.lost++
    else this.#rest = rest
  }

  reopen(): void {
    const descriptor = openLog(this.#path)
    this.#leave()
    this.#descriptor = descriptor
  }

  async close(): Promise<void> {
    if (this.#descriptor >= 0) this.#leave()
    this.#descriptor = -1
  }

  #leave(): void {
    this.#put(this.#rest)
    this.#rest = NOTHING
    closeSync(this.#descriptor)
  }

  /** @returns what the device did not take */
  #put(bytes: Buffer): Buffer {
    let rest = bytes
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#descriptor, rest))
    } catch {
      // Disk full, or a pipe whose reader is slow: the next line tries again.
    }
    return rest
  }
}

function openLog(path: string): number {
  try {
    return openSync(path, APPEND, FILE_MODE)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    throw new OperatorError(
      isDenied ? 'permission' : 'input',
      `cannot write the log ${path}: ${message}`,
      'name another file with --log-file, or leave it out: standard error',
      { cause },
    )
  }
}
