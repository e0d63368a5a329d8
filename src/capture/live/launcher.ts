// Who starts capturing programs: this process, or a keeper that stayed privileged. Both know the commands from
// the beginning, and are asked by number.

import type { Socket } from 'node:net'

/** Hears of a capturing program. Nothing is heard after exited(). */
export interface ChildWatcher {
  /** It wrote a line on standard error. */
  line(text: string): void
  /** It cannot be made to write out what it holds: launch it plain instead. */
  unflushable(): void
  /** @param how - `exit code 1`, `signal SIGKILL`, or why it never ran */
  exited(how: string): void
}

/** What may be asked of a capturing program. */
export type ChildRequest = 'stop' | 'kill' | 'totals'

export interface LaunchedChild {
  /** Its pcap stream. */
  readonly output: Socket
  ask(request: ChildRequest): void
}

export interface CaptureLauncher {
  /**
   * Starts command number `index`.
   *
   * @param plain - the variant that writes out each packet
   * @throws Error when the program cannot be run; then the watcher hears nothing
   */
  launch(index: number, plain: boolean, watcher: ChildWatcher): Promise<LaunchedChild>
  /** Ends what still runs. */
  close(): Promise<void>
}
