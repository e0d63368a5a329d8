// What a soak replays: captures of the corpus beside the project where it is there, and a big generated one. Only
// files that tcpreplay can put on an Ethernet.

import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { captureFile, makeCaptures, missing } from '../bench/captures.ts'
import { GOLDEN_CAPTURES } from '../support/gait.ts'

const CORPUS = join(import.meta.dirname, '../../../shared/corpus')
const ETHERNET = 1
/** Microseconds, nanoseconds. */
const MAGICS = [0xa1b2c3d4, 0xa1b23c4d]

/** Small captures of real software. */
export function realCaptures(): readonly string[] {
  if (!existsSync(CORPUS)) return GOLDEN_CAPTURES
  const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => join(CORPUS, name))
  return files.filter(isEthernet).sort()
}

/** Two million packets of a hundred thousand flows; undefined where they cannot be made. */
export function bigCapture(): string | undefined {
  if (existsSync(captureFile('mix'))) return captureFile('mix')
  const why = missing()
  if (why !== undefined) {
    console.warn(`no big capture: ${why}`)
    return undefined
  }
  makeCaptures(['mix'])
  return captureFile('mix')
}

function isEthernet(path: string): boolean {
  const header = Buffer.alloc(24)
  const file = openSync(path, 'r')
  const length = readSync(file, header)
  closeSync(file)
  return length === 24 && MAGICS.includes(header.readUInt32LE(0)) && header.readUInt32LE(20) === ETHERNET
}
