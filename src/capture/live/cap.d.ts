// The part of npm's `cap` that is used, which comes without types. Declared after its source, 0.2.1.

declare module 'cap' {
  export class Cap {
    /**
     * Captures promiscuously, at most 65535 bytes of a packet, into `buffer`, of which cap keeps the address
     * but no reference: whoever calls keeps it until close().
     *
     * @param bufferBytes - of the kernel's ring, signed 32-bit
     * @returns the link type as text; `Unknown linktype N` for those that cap has no name for
     * @throws Error in libpcap's words
     */
    open(device: string, filter: string, bufferBytes: number, buffer: Uint8Array): string
    close(): boolean
    /** Called for each packet with `packet`, its captured length, and whether `buffer` was too small. */
    emit(event: string, length: number, truncated: boolean): void
    /** Only on Windows. */
    setMinBytes?(bytes: number): void
  }

  /** CommonJS: all of it comes as the default. */
  const cap: { readonly Cap: typeof Cap }
  export default cap
}
