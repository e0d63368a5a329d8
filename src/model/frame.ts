// hot path
// A captured frame as the readers hand it on, and the pull interface that all readers share.

/** LINKTYPE_ values of the pcap file format (draft-ietf-opsawg-pcaplinktype) that Gait decodes. */
export const LinkType = {
  null: 0,
  ethernet: 1,
  pppoe: 51,
  rawBsd: 12,
  rawBsdOpen: 14,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const

/**
 * One captured frame. There is one object per reader, refilled for each frame: whoever keeps
 * anything of it copies it. `data` is borrowed until the reader's next call.
 */
export class Frame {
  data: Uint8Array = new Uint8Array(0)
  /** The same bytes at the same offsets: a word is one read here, cheap to run and to compile. Out of bounds it throws. */
  wide = new DataView(this.data.buffer)
  /** Offset in `data` of the first captured byte. */
  start = 0
  /** Offset in `data` after the last captured byte. */
  end = 0
  /** Bytes that the frame had on the wire, at least `end - start`. */
  wireLength = 0
  /** LINKTYPE_ value, see LinkType. */
  link = 0
  /** Index of the file or interface it came from, in the order given. */
  source = 0
  /** [0]: arrival, whole microseconds since the epoch. An array, since a double in a field may be boxed. */
  readonly time = new Float64Array(1)
}

/** What FrameReader.next found. */
export const ReadStatus = {
  /** The frame is filled in. */
  frame: 0,
  /** Nothing complete is buffered: call fill(), then next() again. */
  more: 1,
  /** The capture ended; `problems` tells whether cleanly. */
  end: 2,
} as const
export type ReadStatus = (typeof ReadStatus)[keyof typeof ReadStatus]

/** Why a capture ended before its end, or what was odd about it. */
export interface CaptureProblem {
  /** `warning`: a cut last record, all before it counts. `error`: corrupt from `offset` on. */
  readonly severity: 'warning' | 'error'
  readonly file: string
  /** Byte offset in the (uncompressed) capture. */
  readonly offset: number
  /** One sentence: what was found and what was expected. */
  readonly message: string
}

/** A source of frames, pulled. Readers never throw for bad bytes: they end, and say why in `problems`. */
export interface FrameReader {
  /** The file as the user named it; `-` is standard input. */
  readonly name: string
  /** Bytes of the file consumed so far, as stored (compressed if it is), for progress. */
  readonly consumedBytes: number
  /** Size of the file as stored; 0 when unknown (a pipe). */
  readonly totalBytes: number
  /** At most one for each capture read; final once next() returned `end`. */
  readonly problems: readonly CaptureProblem[]
  /** Refills `frame` with the next captured frame. Never blocks, never allocates. */
  next(frame: Frame): ReadStatus
  /** Reads more input; a promise when the input cannot be read at once (pipe, compressed). */
  fill(): undefined | Promise<void>
  close(): void
}
