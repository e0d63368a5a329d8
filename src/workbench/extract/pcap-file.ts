// Writes a capture in the classic pcap format (draft-ietf-opsawg-pcap): little-endian, microseconds.

import { writeFileSync } from 'node:fs'
import type { FollowedFrame } from '../../model/followed-flow.ts'
import { OperatorError } from '../../model/operator-error.ts'

const MAGIC = 0xa1b2c3d4
const SNAP_LENGTH = 262_144
const FILE_HEADER = 24
const RECORD_HEADER = 16

/** @throws OperatorError when the frames are of several link types, which one pcap file cannot hold */
export function encodePcap(frames: readonly FollowedFrame[]): Uint8Array {
  const link = frames[0]?.link ?? 1
  if (frames.some((frame) => frame.link !== link))
    throw new OperatorError('input', 'the flow was captured on interfaces of several link types')
  const size = frames.reduce((sum, { data }) => sum + RECORD_HEADER + data.length, FILE_HEADER)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, SNAP_LENGTH, true)
  view.setUint32(20, link, true)
  let at = FILE_HEADER
  for (const { data, wireLength, time } of frames) {
    const seconds = Math.floor(time / 1e6)
    view.setUint32(at, seconds, true)
    view.setUint32(at + 4, time - seconds * 1e6, true)
    view.setUint32(at + 8, data.length, true)
    view.setUint32(at + 12, wireLength, true)
    bytes.set(data, at + RECORD_HEADER)
    at += RECORD_HEADER + data.length
  }
  return bytes
}

/** @throws OperatorError when the file cannot be written */
export function writeOutput(path: string, content: Uint8Array | string): void {
  try {
    writeFileSync(path, content)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const isDenied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    throw new OperatorError(
      isDenied ? 'permission' : 'input',
      `cannot write ${path}: ${message}`,
      undefined,
      {
        cause,
      },
    )
  }
}
