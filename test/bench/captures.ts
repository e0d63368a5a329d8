// The captures that are measured, and the C programs that measure and compare. All are made from the sources
// beside the project (../shared/bench) and kept in $BENCH_DIR, so that the second run starts at once.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SHARED = join(import.meta.dirname, '../../../shared/bench')

const { BENCH_DIR: chosen = '/tmp/bench' } = process.env
export const BENCH_DIR = chosen
export const CAPTURES = ['mix', 'mix-96', 'many-flows', 'syn-flood'] as const
export type CaptureName = (typeof CAPTURES)[number]

/** Why nothing can be measured here; undefined when it can. */
export function missing(): string | undefined {
  return existsSync(SHARED) ? undefined : `there is no ${SHARED}`
}

export function captureFile(name: CaptureName): string {
  return join(BENCH_DIR, `${name}.pcap`)
}

/** Makes those captures that are not there yet. The same bytes every time. */
export function makeCaptures(names: readonly CaptureName[]): void {
  const absent = names.filter((name) => !existsSync(captureFile(name)))
  if (absent.length === 0) return
  console.error(`making ${absent.join(', ')} in ${BENCH_DIR}`)
  execFileSync(join(SHARED, 'make-pcap.sh'), absent, {
    env: { ...process.env, BENCH_DIR },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** A capture without a packet: what a program needs before it does anything. */
export function makeEmptyCapture(): string {
  mkdirSync(BENCH_DIR, { recursive: true })
  const file = join(BENCH_DIR, 'empty.pcap')
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt32LE(0x00040002, 4)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(1, 20)
  writeFileSync(file, header)
  return file
}

/** The least that a flow tool can do, in C. */
export function compileFloor(): string {
  return compile(join(SHARED, 'pcap-floor.c'), 'pcap-floor', ['-lpcap'])
}

/** Puts a capture on a cable. */
export function compileSender(): string {
  return compile(join(import.meta.dirname, 'live-send.c'), 'live-send', [])
}

export function compileMeter(): string {
  return compile(join(import.meta.dirname, 'child-usage.c'), 'child-usage', [])
}

/** Needs a C compiler and, for the floor, libpcap's headers: Debian's gcc, libc6-dev and libpcap-dev. */
function compile(source: string, name: string, libraries: readonly string[]): string {
  mkdirSync(BENCH_DIR, { recursive: true })
  const program = join(BENCH_DIR, name)
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(source).mtimeMs)
    execFileSync('cc', ['-O2', '-o', program, source, ...libraries], { stdio: 'inherit' })
  return program
}
