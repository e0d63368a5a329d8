// Which program captures a device, and its arguments: written down once before privileges are given up, and
// not changed after.

import { spawnSync } from 'node:child_process'
import type { CaptureMethod } from '../../model/live.ts'
import { programKind } from './choose-method.ts'
import { findProgram } from './find-program.ts'
import { canFlush } from './flusher.ts'
import { helperScript } from './helper-script.ts'

/** What is to be captured, and by what. */
export interface CaptureSpec {
  readonly device: string
  readonly method: CaptureMethod
  /** The path of tcpdump or dumpcap; undefined for `cap`. */
  readonly program: string | undefined
  /** In the language of libpcap, which compiles it. */
  readonly filter: string | undefined
  /** Bytes taken of each packet. */
  readonly snaplen: number
  readonly promiscuous: boolean
  /** Size of the kernel's ring. */
  readonly bufferBytes: number
}

export interface CaptureCommand {
  readonly argv: readonly string[]
  /** It holds packets back until its buffer is full or it is told to write them out, see Flusher. */
  readonly flushed: boolean
}

export interface CapturePlan {
  readonly preferred: CaptureCommand
  /** Where the preferred one cannot be told: writes out each packet, at six times the cost. */
  readonly plain: CaptureCommand
}

/** Whose words a program speaks. */
export type Dialect = 'tcpdump' | 'dumpcap' | 'cap'

const KIB = 1024
const MIB = KIB * KIB

/** libpcap's bound: a signed 32-bit number of bytes. */
const LARGEST_BUFFER = 2 ** 31 - MIB

/** What tcpdump collects before it writes: a write of 256 KiB costs less per packet than anything else we do. */
const COLLECTED = '--output=256K'

/** @throws OperatorError never; what does not fit together shows when the program starts */
export function planCapture(spec: CaptureSpec): CapturePlan {
  const bufferBytes = Math.min(spec.bufferBytes, LARGEST_BUFFER)
  switch (dialectOf(spec)) {
    case 'tcpdump':
      return planTcpdump(spec, bufferBytes)
    case 'dumpcap':
      return unflushed(dumpcapCommand(spec, bufferBytes))
    case 'cap':
      return unflushed(capCommand(spec, bufferBytes))
  }
}

export function dialectOf({ method, program = '' }: Pick<CaptureSpec, 'method' | 'program'>): Dialect {
  if (method === 'cap') return 'cap'
  return programKind(program) ?? 'tcpdump'
}

function unflushed(argv: readonly string[]): CapturePlan {
  const command = { argv, flushed: false }
  return { preferred: command, plain: command }
}

function planTcpdump(spec: CaptureSpec, bufferBytes: number): CapturePlan {
  const program = spec.program ?? 'tcpdump'
  const ring = String(Math.max(1, Math.ceil(bufferBytes / KIB)))
  const modest = spec.promiscuous ? [] : ['-p']
  const filter = spec.filter === undefined ? [] : ['--', spec.filter]
  const rest = ['-i', spec.device, '-s', String(spec.snaplen), '-B', ring, ...modest, '-w', '-', ...filter]
  const plain = { argv: [program, '-U', ...rest], flushed: false }
  if (!canFlush() || !takesFlushes(program)) return { preferred: plain, plain }
  const stdbuf = findProgram('stdbuf')
  const collect = stdbuf === undefined ? [] : [stdbuf, COLLECTED]
  return { preferred: { argv: [...collect, program, ...rest], flushed: true }, plain }
}

/** SIGUSR2 ends a tcpdump that is older than 4.99. */
function takesFlushes(program: string): boolean {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 })
  const version = /^tcpdump version (\d+)\.(\d+)/m.exec(`${stdout}\n${stderr}`)
  if (version === null) return false
  const [, major, minor] = version.map(Number)
  return (major ?? 0) > 4 || (major === 4 && (minor ?? 0) >= 99)
}

function dumpcapCommand(spec: CaptureSpec, bufferBytes: number): readonly string[] {
  const ring = String(Math.max(1, Math.ceil(bufferBytes / MIB)))
  const modest = spec.promiscuous ? [] : ['-p']
  const filter = spec.filter === undefined ? [] : ['-f', spec.filter]
  const what = ['-i', spec.device, '-s', String(spec.snaplen), '-B', ring]
  return [spec.program ?? 'dumpcap', '-q', '-P', ...what, ...modest, ...filter, '-w', '-']
}

function capCommand(spec: CaptureSpec, bufferBytes: number): readonly string[] {
  const script = helperScript('cap-main')
  return [process.execPath, script, spec.device, String(spec.snaplen), String(bufferBytes), spec.filter ?? '']
}
