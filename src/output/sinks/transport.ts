// How queued lines leave: what each kind of output does its own way. None of these blocks for long or throws.

export interface Transport {
  readonly isConnected: boolean
  readonly fileBytes: number | undefined
  /** Begins; @throws OperatorError when the operator named what cannot be written */
  start(): void
  /** Something was queued. */
  wake(): void
  /** Writes now what can be written without waiting. */
  flush(): void
  /** A file is opened anew by its name; who waits for another attempt makes it now. */
  reopen(): void
  /** Delivers what is queued as long as that makes progress, and ends; resolves at `deadlineMs` (performance.now()) at the latest. */
  close(deadlineMs: number): Promise<void>
}
