// What a matcher tells somebody who wants to know what its signatures cost. Nobody does in normal operation: then
// there is no watch, and a matcher asks for one only where matches begin, end in a bound, or move on together.

/** Of one matcher; `signature` is an index in Program.signatures, or in Program.sequences. */
export interface MatchWatch {
  /** An element comes to a flow that has matches under way; offered() follows, once for each of them. */
  round(): void
  /** @param span - elements of the flow since the match began, this one included */
  offered(signature: number, span: number): void
  /** A match begins, with so many elements. */
  begun(signature: number, span: number): void
  /** A match, or one of two ways in which one could go on, found no room. */
  refused(signature: number): void
  /** A pattern is complete, or there is none, and conditions are asked whether they hold, if it has any. */
  asked(signature: number): void
}

/** Of a program. */
export interface ProgramWatch {
  readonly signatures: MatchWatch
  readonly sequences: MatchWatch
}
