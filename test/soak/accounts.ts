// What became of the events of a soak: the lines of all rotated files, what a receiver kept, and whether both agree
// with what the sensor says of itself.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { EveEvent } from '../support/gait.ts'

export interface FileAccount {
  readonly lines: number
  /** Lines that are no JSON, and those that were there before. */
  readonly broken: number
  readonly twins: number
  readonly types: ReadonlyMap<string, number>
  /** Alerts that are of one hit count once: it has another for each other class that it tells. */
  readonly hits: number
  /** Of each line its digest. */
  readonly digests: ReadonlySet<string>
  readonly failures: readonly EveEvent[]
  readonly lastStats: EveEvent | undefined
  /** A file ended within a line. */
  readonly halves: number
}

/** Lines of files, one after the other; the last of a file is missing its end when `isHalf`. */
async function* linesOf(path: string): AsyncGenerator<{ readonly line: string; readonly isHalf: boolean }> {
  let last = -1
  const stream = createReadStream(path)
  stream.on('data', (bytes) => {
    last = Number(bytes.at(-1) ?? last)
  })
  let waiting: string | undefined
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (waiting !== undefined) yield { line: waiting, isHalf: false }
    waiting = line
  }
  if (waiting !== undefined) yield { line: waiting, isHalf: last !== 10 }
}

function digestOf(line: string): string {
  return createHash('sha1').update(line).digest('base64').slice(0, 16)
}

function hitOf({ flow_id, alert, gait, timestamp }: EveEvent): string {
  const { hit, campaign } = gait as { readonly hit?: number; readonly campaign?: { readonly id?: string } }
  return [
    flow_id,
    alert?.signature_id,
    hit,
    campaign?.id ?? '',
    campaign === undefined ? '' : timestamp,
  ].join(' ')
}

/** @param isFailure - the real logins among all alerts */
export async function accountFiles(
  paths: readonly string[],
  isFailure: (event: EveEvent) => boolean,
): Promise<FileAccount> {
  let lines = 0
  let broken = 0
  let twins = 0
  let halves = 0
  let lastStats: EveEvent | undefined
  const types = new Map<string, number>()
  const digests = new Set<string>()
  const hits = new Set<string>()
  const failures: EveEvent[] = []
  for (const path of paths)
    for await (const { line, isHalf } of linesOf(path)) {
      lines++
      if (isHalf) halves++
      const digest = digestOf(line)
      if (digests.has(digest)) twins++
      digests.add(digest)
      const event = parse(line)
      if (event === undefined) {
        broken++
        continue
      }
      types.set(event.event_type, (types.get(event.event_type) ?? 0) + 1)
      if (event.event_type === 'alert') hits.add(hitOf(event))
      if (event.event_type === 'stats') lastStats = event
      if (isFailure(event)) failures.push(event)
    }
  return { lines, broken, twins, types, hits: hits.size, digests, failures, lastStats, halves }
}

export interface ReceiverAccount {
  readonly connections: number
  /** Whole lines, and different ones of them. */
  readonly lines: number
  readonly different: number
  /** Of these such as no file has. */
  readonly strange: number
  /** First lines of connections that are no JSON: delivery did not resume at a line's beginning. */
  readonly torn: number
}

/** @param known - digests of all lines in the files */
export async function accountReceiver(
  paths: readonly string[],
  known: ReadonlySet<string>,
): Promise<ReceiverAccount> {
  let lines = 0
  let strange = 0
  let torn = 0
  const digests = new Set<string>()
  for (const path of paths) {
    let isFirst = true
    for await (const { line, isHalf } of linesOf(path)) {
      // What a killed receiver had of its last line.
      if (isHalf) continue
      if (isFirst && parse(line) === undefined) torn++
      isFirst = false
      lines++
      const digest = digestOf(line)
      digests.add(digest)
      if (!known.has(digest)) strange++
    }
  }
  return { connections: paths.length, lines, different: digests.size, strange, torn }
}

function parse(line: string): EveEvent | undefined {
  try {
    return JSON.parse(line) as EveEvent
  } catch {
    return undefined
  }
}
