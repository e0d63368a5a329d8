// The manual for operators lists every counter, exit code and default that the program has, and no other.

import { describe, expect, it } from 'vitest'
import { ExitCode } from '../../../src/cli/exit-code.ts'
import { REPLAY_OPTIONS } from '../../../src/cli/replay-options.ts'
import { compileProgram, type ReplayListener, type RunTotals, replay } from '../../../src/index.ts'
import { LIVE_COUNTERS } from '../../../src/sensor/sensor.ts'
import { fencesOf, firstCellsOf, ROOT, readDocument } from './markdown.ts'

const manual = readDocument('docs/operations.md')
const cells = firstCellsOf(manual)

const silent: ReplayListener = {
  trouble: () => {},
  breathe: () => {},
  stopped: false,
  stop: new Promise(() => {}),
}

/** Totals of a run that uses every store, so that it has every counter. */
function fullTotals(): Promise<RunTotals> {
  const sink = { hit: () => {}, flowEnd: () => {}, ssh: () => {}, totals: () => {} }
  return replay(
    {
      inputs: [`${ROOT}/test/golden/demo/demo.pcap`],
      recursive: false,
      merge: false,
      program: compileProgram([
        { name: 'any', text: 'count manual.char by client within 1h where hits >= 1 : Any' },
      ]).program,
      thresholdMs: 500,
      checksums: true,
      filter: undefined,
      flows: 'all',
      recordedElements: 64,
      appProtocols: true,
      maxFlows: 1000,
    },
    () => sink,
    silent,
  )
}

describe('docs/operations.md', () => {
  it('explains every counter, and no other', async () => {
    const { skipped, counters } = await fullTotals()
    const names = [...[...skipped, ...counters].map(([name]) => name), ...LIVE_COUNTERS]
    expect(cells.filter((cell) => /^[a-z]+\.[a-z_]+$/.test(cell)).sort()).toEqual(names.sort())
  })

  it('explains every exit code, and no other', () => {
    const codes = cells.filter((cell) => /^\d+$/.test(cell)).map(Number)
    expect(codes).toEqual(Object.values(ExitCode).sort((a, b) => a - b))
  })

  it.each(['README.md', 'docs/operations.md', 'docs/performance.md'])(
    'names only options that exist: %s',
    (name) => {
      const text = readDocument(name)
      const commands = fencesOf(text)
        .filter(({ language }) => language === 'sh')
        .flatMap((fence) => [...fence.text.matchAll(/\bgait replay\b[^|;#\n]*/g)].map(([command]) => command))
      const used = commands.flatMap((command) =>
        [...command.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option),
      )
      for (const option of used) expect(Object.keys(REPLAY_OPTIONS)).toContain(option)
    },
  )
})
