// What gait learn makes of the labelled corpus: tools that guess passwords against all other connections.

import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_PROGRAM, readFlows } from '../../src/cli/read-flows.ts'
import { learnFlows } from '../../src/workbench/learn/learn-flows.ts'
import { type Specimen, specimenOf } from '../../src/workbench/learn/specimen.ts'
import { tryDrafts } from '../../src/workbench/learn/trial.ts'
import { hasCorpus, type Label, labelsOf, missesCorpus, SSH_AUTH } from '../support/corpus.ts'
import { endpoint } from '../support/gait.ts'
import { hitsNaively } from '../support/naive-specimen.ts'

const THRESHOLD = 500_000
const OPTIONS = {
  thresholdMicros: THRESHOLD,
  minLength: undefined,
  port: 'any',
  description: 'drafted',
  sid: 9_000_000,
  class: 'draft',
} as const

missesCorpus('learning from the corpus')

describe.skipIf(!hasCorpus)('learning', async () => {
  const traces = hasCorpus
    ? await readFlows({
        inputs: [SSH_AUTH],
        recursive: false,
        program: NO_PROGRAM,
        thresholdMs: THRESHOLD / 1000,
        filter: undefined,
      })
    : []
  const labels = new Map(
    labelsOf(SSH_AUTH).map((label) => [
      `${label.pcap} ${label.client} ${label.server}`,
      (label as Label & { readonly tool?: string }).tool,
    ]),
  )
  const toolOf = ({ capture, flow: { client, server } }: (typeof traces)[number]) =>
    labels.get(
      `${basename(capture)} ${endpoint(client.address, client.port)} ${endpoint(server.address, server.port)}`,
    )

  it.each([
    ['hydra', false],
    ['hydra', true],
    ['medusa', false],
    ['ncrack', false],
  ])('%s against all else, over messages: %s', (tool, messages) => {
    const match = traces.filter((trace) => toolOf(trace) === tool)
    const not = traces.filter((trace) => toolOf(trace) !== tool)
    expect(match.length).toBeGreaterThan(10)
    const { lesson } = learnFlows(match, not, { ...OPTIONS, messages })
    expect(lesson.kind).toBe('learnt')
    if (lesson.kind !== 'learnt') return
    const specimens = (some: typeof traces): readonly Specimen[] =>
      some.flatMap((trace) => specimenOf(trace, lesson.stream, THRESHOLD) ?? [])
    expect(hitsNaively(lesson.statement, specimens(match)).filter((hit) => hit)).toHaveLength(match.length)
    expect(hitsNaively(lesson.statement, specimens(not)).filter((hit) => hit)).toEqual([])
  })

  it('hydra from every second connection knows the others, and no other tool', () => {
    const isOdd = (_: unknown, i: number) => i % 2 === 1
    const isEven = (_: unknown, i: number) => i % 2 === 0
    const match = traces.filter((trace) => toolOf(trace) === 'hydra')
    const not = traces.filter((trace) => toolOf(trace) !== 'hydra')
    const { lesson } = learnFlows(match.filter(isEven), not.filter(isEven), { ...OPTIONS, messages: false })
    if (lesson.kind !== 'learnt') throw new Error(lesson.kind)
    const specimens = [...match.filter(isOdd), ...not.filter(isOdd)].map((trace) => ({
      trace,
      specimen: specimenOf(trace, lesson.stream, THRESHOLD),
    }))
    const spoken = specimens.flatMap(({ specimen }) => specimen ?? [])
    const [hits] = tryDrafts([lesson.statement], spoken, THRESHOLD)
    const tools = [...(hits ?? [])].map(([flow]) => spoken[flow] && toolOf(spoken[flow].trace))
    expect(new Set(tools)).toEqual(new Set(['hydra']))
    expect(tools).toHaveLength(match.filter(isOdd).length)
  })

  it('is defeated by programs that are used in the same way: sshpass is OpenSSH', () => {
    const match = traces.filter((trace) => toolOf(trace) === 'sshpass')
    const not = traces.filter((trace) => toolOf(trace) === 'openssh')
    const { lesson } = learnFlows(match, not, { ...OPTIONS, messages: false })
    expect(lesson.kind).toBe('defeat')
    if (lesson.kind === 'defeat') expect(toolOf(lesson.not.specimen.trace)).toBe('openssh')
  })
})
