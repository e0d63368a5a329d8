// One flow of a capture with the frames that carried it.

/** A frame, copied. */
export interface FollowedFrame {
  readonly data: Uint8Array
  /** Bytes that it had on the wire, at least those of `data`. */
  readonly wireLength: number
  /** LINKTYPE_ value (model/frame.ts). */
  readonly link: number
  /** µs since the epoch. */
  readonly time: number
  /** Its place in the capture, from 0. */
  readonly ordinal: number
}

/** The frames of one packet: several when it came in fragments, the one that completes it last. */
export type FollowedPacket = readonly FollowedFrame[]
