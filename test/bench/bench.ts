// What the built command costs: packets a second beside the C floor, memory of a flow, signatures, garbage.
//
//   npm run build && npm run bench -- [--runs 5] [--only NAME]
//
// NAME is a capture (mix, mix-96, many-flows, syn-flood) or a measure (flow-memory, signatures, garbage). Times
// are CPU time, user and system, of the whole child process, start included. What is compared runs in turn, so
// that a machine that grows slower does so for both; medians are shown. docs/performance.md explains the figures.

import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  BENCH_DIR,
  CAPTURES,
  type CaptureName,
  captureFile,
  compileFloor,
  compileMeter,
  makeCaptures,
  makeEmptyCapture,
  missing,
} from './captures.ts'
import { Meter, median, type Usage } from './child-usage.ts'
import { formatRandomSignatures } from './random-signatures.ts'
import { formatCount, formatMegabytes, formatTable } from './table.ts'

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js')
const MEASURES = ['flow-memory', 'signatures', 'garbage'] as const
const FEW_SIGNATURES = 10
const MANY_SIGNATURES = 10_000
/** How often mix is replayed in one run when garbage is counted. */
const LENGTHS = [1, 2, 4]

const gait = (...args: readonly string[]) => [process.execPath, MAIN, 'replay', ...args, '-o', '/dev/null']

function repeat<T>(times: number, make: () => T): readonly T[] {
  return Array.from({ length: times }, make)
}

const seconds = (usages: readonly Usage[]) => median(usages.map(({ cpuSeconds }) => cpuSeconds))
const peak = (usages: readonly Usage[]) => Math.max(...usages.map(({ peakBytes }) => peakBytes))

/** `packets:    2000000` of the summary. */
function totalOf(usage: Usage, name: string): number {
  const found = new RegExp(`^\\s*${name}:\\s+(\\d+)`, 'm').exec(usage.stderr)
  if (found === null) throw new Error(`no total of ${name} in:\n${usage.stderr}`)
  return Number(found[1])
}

class Bench {
  readonly #meter = new Meter(compileMeter())
  readonly #runs: number

  constructor(runs: number) {
    this.#runs = runs
  }

  /** Packets a second, and the C floor over the same file in turn. */
  throughput(names: readonly CaptureName[]): void {
    const floor = compileFloor()
    const rows = names.map((name) => {
      const file = captureFile(name)
      const packets = totalOf(this.#meter.run(gait(file, '--summary')), 'packets')
      const pairs = repeat(this.#runs, () => ({
        floor: this.#meter.run([floor, '-r', '-f', file]),
        gait: this.#meter.run(gait(file)),
      }))
      const ours = pairs.map((pair) => pair.gait)
      const ratios = pairs.map((pair) => pair.gait.cpuSeconds / pair.floor.cpuSeconds)
      return [
        name,
        formatCount(packets),
        formatCount(packets / seconds(ours) / 1000),
        seconds(ours).toFixed(2),
        seconds(pairs.map((pair) => pair.floor)).toFixed(2),
        median(ratios).toFixed(2),
        `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
        formatMegabytes(peak(ours)),
      ]
    })
    this.#print(
      ['capture', 'packets', '1000 packets/s', 'CPU s', 'floor CPU s', 'ratio', 'from-to', 'peak RSS'],
      rows,
    )
  }

  /** What flows hold, beyond what Gait needs without any: nearly a million are open at once. */
  flowMemory(): void {
    const empty = makeEmptyCapture()
    const flows = totalOf(this.#meter.run(gait(captureFile('many-flows'), '--summary')), 'flows')
    const usages = repeat(this.#runs, () => ({
      empty: this.#meter.run(gait(empty)).peakBytes,
      full: this.#meter.run(gait(captureFile('many-flows'))).peakBytes,
    }))
    const base = median(usages.map((usage) => usage.empty))
    const full = median(usages.map((usage) => usage.full))
    this.#print(
      ['capture', 'flows', 'peak RSS', 'without flows', 'bytes a flow'],
      [
        [
          'many-flows',
          formatCount(flows),
          formatMegabytes(full),
          formatMegabytes(base),
          formatCount((full - base) / flows),
        ],
      ],
    )
  }

  /** Ten signatures and ten thousand over mix, of sizes that protocols have, and of any. Loading them is measured on the capture without packets. */
  signatures(): void {
    const empty = makeEmptyCapture()
    const kinds = (['any', 'clustered'] as const).flatMap((sizes) =>
      [FEW_SIGNATURES, MANY_SIGNATURES].map((count) => ({ sizes, count })),
    )
    const sets = kinds.map(({ sizes, count }) => {
      const file = join(BENCH_DIR, `random-${sizes}-${count}.sig`)
      writeFileSync(file, formatRandomSignatures(count, sizes))
      const summary = this.#meter.run(gait(captureFile('mix'), '--quiet', '-s', file, '--summary'))
      return { sizes, file, summary, mix: [] as Usage[], load: [] as Usage[] }
    })
    for (let run = 0; run < this.#runs; run++)
      for (const { file, mix, load } of sets) {
        load.push(this.#meter.run(gait(empty, '--quiet', '-s', file)))
        mix.push(this.#meter.run(gait(captureFile('mix'), '--quiet', '-s', file)))
      }
    const rows = sets.map(({ sizes, summary, mix, load }) => {
      const matching = seconds(mix) - seconds(load)
      return [
        sizes,
        formatCount(totalOf(summary, 'signatures')),
        formatCount(totalOf(summary, 'packets') / matching / 1000),
        matching.toFixed(2),
        seconds(load).toFixed(2),
        formatCount(totalOf(summary, 'hits')),
        formatMegabytes(peak(mix)),
      ]
    })
    this.#print(['sizes', 'signatures', '1000 packets/s', 'CPU s', 'to load, s', 'hits', 'peak RSS'], rows)
  }

  /** Collections of V8's heap while mix is replayed once, twice, four times. */
  garbage(): void {
    const [node = '', ...rest] = gait(...['--summary'])
    const rows = LENGTHS.map((times) => {
      const files = Array<string>(times).fill(captureFile('mix'))
      const usage = this.#meter.run([node, '--trace-gc', ...rest, ...files])
      const count = (word: string) => usage.stdout.split(word).length - 1
      const heap = /-> ([\d.]+) \([\d.]+\) MB(?![\s\S]*-> )/.exec(usage.stdout)?.[1] ?? '?'
      return [
        `mix x ${times}`,
        formatCount(totalOf(usage, 'packets')),
        String(count('Scavenge')),
        String(count('Mark-Compact')),
        `${heap} MB`,
        formatMegabytes(usage.peakBytes),
      ]
    })
    this.#print(
      ['input', 'packets', 'scavenges', 'full collections', 'heap after the last', 'peak RSS'],
      rows,
    )
  }

  #print(head: readonly string[], rows: readonly (readonly string[])[]): void {
    console.log(`${formatTable(head, rows)}\n`)
  }
}

function main(): void {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, only: { type: 'string' } } })
  const runs = Number(values.runs ?? 5)
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number from 1 on')
  const names: readonly string[] = [...CAPTURES, ...MEASURES]
  if (values.only !== undefined && !names.includes(values.only))
    throw new Error(`--only must be one of ${names.join(', ')}`)
  const wants = (name: string) => values.only === undefined || values.only === name
  const why = missing()
  if (why !== undefined) {
    console.warn(`bench skipped: ${why}`)
    return
  }
  if (!existsSync(MAIN)) throw new Error(`there is no ${MAIN}: npm run build makes it`)
  const measured = CAPTURES.filter(wants)
  const needed: CaptureName[] = wants('flow-memory') ? ['many-flows'] : []
  if (wants('signatures') || wants('garbage')) needed.push('mix')
  makeCaptures([...new Set([...measured, ...needed])])
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, median of ${runs}\n`,
  )
  const bench = new Bench(runs)
  if (measured.length > 0) bench.throughput(measured)
  if (wants('flow-memory')) bench.flowMemory()
  if (wants('signatures')) bench.signatures()
  if (wants('garbage')) bench.garbage()
}

main()
