import { describe, expect, it } from 'vitest'
import { NO_DETAILS } from '../../../../src/model/program.ts'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { findUnknown, type UnknownOptions } from '../../../../src/workbench/unknown/clusters.ts'
import { formatUnknown, unknownFacts } from '../../../../src/workbench/unknown/format-unknown.ts'
import { THRESHOLD } from '../exchanges.ts'
import { traceOf, tracesOf } from '../traces.ts'

const OPTIONS: UnknownOptions = { thresholdMicros: THRESHOLD, top: 10, minFlows: 1 }
const HIT = {
  sid: 1,
  rev: 1,
  description: 'known',
  class: undefined,
  severity: 3,
  limit: 0,
  details: NO_DETAILS,
  text: '',
  file: '',
  line: 1,
}

const udp = { protocol: 'udp', port: 53 } as const
const traces = [
  ...tracesOf(['< c60 s120', '< c63 s200', '< c66 s130'], udp),
  ...tracesOf(['< c1400 s40'], udp),
  ...tracesOf(['< s40 + c6 s9', '< s44 + c7 s10'], { port: 25, client: '10.0.0.2', capture: 'b\u001b.pcap' }),
  ...tracesOf(['< s40 c6 s9'], { port: 25, hits: [HIT] }),
  ...tracesOf(['< s400 >', '< s420 >'], { port: 45_000 }),
  traceOf('< s410 >', { port: 45_001 }),
  traceOf('!', { port: 80 }),
]

describe('unknown flows', () => {
  const report = findUnknown(traces, OPTIONS)

  it('are counted apart from what matched, and from what cannot', () => {
    expect(report).toMatchObject({ flows: 11, matched: 1, empty: 1, clusters: 4 })
  })

  it('are put together by shape, the most frequent first', () => {
    expect(report.unknown.map(({ flows, shape }) => [flows, shape])).toEqual([
      [3, 'c60..66 s120..200'],
      [3, 's400..420'],
      [2, 's40..44 + c6..7 s9..10'],
      [1, 'c1400 s40'],
    ])
  })

  it('have a draft each, of the ports that name a service', () => {
    expect(report.unknown.map(({ statement }) => statement)).toEqual(
      [
        'udp 53 = < c63/3 s160/40',
        'tcp * = < s410/10 >',
        'tcp 25 < s42/2 + c7/1 s10/1',
        'udp 53 = < c1400 s40',
      ].map((text) => text.replace('tcp 25 <', 'tcp 25 = <')),
    )
    expect(report.unknown.map(({ hits }) => hits)).toEqual([3, 3, 2, 1])
  })

  it('are as few as asked', () => {
    expect(findUnknown(traces, { ...OPTIONS, top: 1 }).unknown).toHaveLength(1)
    expect(findUnknown(traces, { ...OPTIONS, minFlows: 3 }).unknown).toHaveLength(2)
  })

  it('are shown as a file of drafts', async () => {
    const text = `${formatUnknown(report).join('\n')}\n`
    await expect(text).toMatchFileSnapshot('../../../golden/unknown/expected.txt')
    const { diagnostics, statements } = compileWithStatements([{ name: 'a.sig', text }], { examples: true })
    expect(diagnostics).toEqual([])
    expect(statements.size).toBe(4)
  })

  it('are told to programs', async () => {
    const text = `${JSON.stringify(unknownFacts(report), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../../golden/unknown/expected.json')
  })

  it('may be none', () => {
    expect(formatUnknown(findUnknown([], OPTIONS))).toEqual([
      '# 0 flows: 0 matched, 0 unknown in 0 clusters.',
    ])
  })

  it('are drafted from some where there are many, and the draft is tried on all', () => {
    const many = tracesOf(Array.from({ length: 60 }, (_, i) => `< c${64 + i} s9`))
    const [cluster] = findUnknown(many, OPTIONS).unknown
    expect(cluster).toMatchObject({ flows: 60, hits: 60 })
  })
})
