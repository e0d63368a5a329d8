// One side's bytes of a TCP connection in stream order, with the places where segments begin and bytes are missing.

import type { Segment } from './flow-segments.ts'

export interface Piece {
  /** Of its segment. */
  readonly index: number
  /** In the stream. */
  readonly offset: number
  /** Bytes that were captured. */
  readonly size: number
}

export interface SideStream {
  /** What was captured, first copies first; zero where nothing was. */
  readonly bytes: Uint8Array
  /** Of all segments with bytes, by offset. */
  readonly pieces: readonly Piece[]
  /** Stretches without a hole, by offset. */
  readonly runs: readonly { readonly start: number; readonly end: number }[]
}

/** A segment further ahead than this is not believed: its bytes are in no stream. */
const MOST_AHEAD = 16 << 20

/** @param segments - of one side; undefined for those of the other */
export function readStream(segments: readonly (Segment | undefined)[]): SideStream {
  const pieces = placePieces(segments)
  const length = pieces.reduce((most, { offset, size }) => Math.max(most, offset + size), 0)
  const bytes = new Uint8Array(length)
  // Backwards, so that the first copy of a byte is the one that stays.
  for (const { index, offset, size } of [...pieces].reverse())
    bytes.set(segments[index]?.bytes.subarray(0, size) ?? [], offset)
  const sorted = [...pieces].sort((a, b) => a.offset - b.offset || a.index - b.index)
  const runs: { start: number; end: number }[] = []
  for (const { offset, size } of sorted) {
    const last = runs.at(-1)
    if (last !== undefined && offset <= last.end) last.end = Math.max(last.end, offset + size)
    else runs.push({ start: offset, end: offset + size })
  }
  return { bytes, pieces: sorted, runs }
}

/** In the order of the capture. */
function placePieces(segments: readonly (Segment | undefined)[]): readonly Piece[] {
  const known = segments.flatMap((segment, index) =>
    segment?.seq === undefined
      ? []
      : [{ index, seq: segment.seq, isSyn: segment.isSyn, size: segment.bytes.length }],
  )
  const [first] = known
  if (first === undefined) return []
  const start = known.find(({ isSyn }) => isSyn)
  let last = { seq: first.seq, offset: 0 }
  const placed = known.map(({ index, seq, size }) => {
    const offset = last.offset + ((seq - last.seq) | 0)
    if (Math.abs(offset - last.offset) <= MOST_AHEAD) last = { seq, offset }
    return { index, offset, size }
  })
  const isNear = ({ offset }: Piece, origin: number, volume: number) =>
    offset >= origin && offset - origin <= volume + MOST_AHEAD
  const volume = placed.reduce((sum, { size }) => sum + size, 0)
  const filled = placed.filter(({ size }) => size > 0)
  const origin =
    start === undefined
      ? Math.min(...filled.map(({ offset }) => offset))
      : (placed.find(({ index }) => index === start.index)?.offset ?? 0)
  return filled
    .filter((piece) => isNear(piece, origin, volume))
    .map(({ index, offset, size }) => ({ index, offset: offset - origin, size }))
}
