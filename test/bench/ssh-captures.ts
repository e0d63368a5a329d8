// SSH connections that nobody ends, out of those of the corpus beside the project: all in one capture, without the
// segments that close them, and cut after some packets where asked. What a sensor of SSH has to keep most of.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BENCH_DIR } from './captures.ts'

const CORPUS = join(import.meta.dirname, '../../../shared/corpus/ssh-auth')
const FILE_HEADER = 24
const RECORD_HEADER = 16
const ETHERNET = 14
const TCP = 6
/** FIN, RST. */
const CLOSING = 0x05

/** @returns the capture's path; undefined without the corpus */
export function joinSshCaptures(name: string, packetsPerFlow: number): string | undefined {
  if (!existsSync(CORPUS)) return undefined
  const path = join(BENCH_DIR, `${name}.pcap`)
  if (existsSync(path)) return path
  mkdirSync(BENCH_DIR, { recursive: true })
  const files = readdirSync(CORPUS)
    .filter((file) => file.endsWith('.pcap'))
    .sort()
  const contents = files
    .map((file) => readFileSync(join(CORPUS, file)))
    .filter((bytes) => bytes.readUInt32LE(0) === 0xa1b2c3d4)
  const header = contents[0]?.subarray(0, FILE_HEADER) ?? Buffer.alloc(FILE_HEADER)
  writeFileSync(
    path,
    Buffer.concat([header, ...contents.flatMap((bytes) => [...recordsOf(bytes, packetsPerFlow)])]),
  )
  return path
}

function* recordsOf(bytes: Buffer, packetsPerFlow: number): Generator<Buffer> {
  const counts = new Map<string, number>()
  for (let at = FILE_HEADER; at + RECORD_HEADER <= bytes.length; ) {
    const end = at + RECORD_HEADER + bytes.readUInt32LE(at + 8)
    const flow = flowOf(bytes.subarray(at + RECORD_HEADER, end))
    const count = flow === undefined ? packetsPerFlow : (counts.get(flow) ?? 0)
    if (flow !== undefined && count < packetsPerFlow) {
      counts.set(flow, count + 1)
      yield bytes.subarray(at, end)
    }
    at = end
  }
}

/** Of an IPv4 segment that closes nothing: both its ports, in order. */
function flowOf(frame: Buffer): string | undefined {
  if (frame.length < ETHERNET + 40 || frame.readUInt16BE(12) !== 0x0800 || frame[ETHERNET + 9] !== TCP)
    return undefined
  const tcp = ETHERNET + (frame.readUInt8(ETHERNET) & 15) * 4
  if (frame.length < tcp + 20 || (frame.readUInt8(tcp + 13) & CLOSING) !== 0) return undefined
  return [frame.readUInt16BE(tcp), frame.readUInt16BE(tcp + 2)].sort((a, b) => a - b).join('-')
}
