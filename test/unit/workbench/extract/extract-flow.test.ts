// Flows of real captures, cut out: a replay of the extract tells what was told of the flow.

import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { FlowFacts } from '../../../../src/model/report.ts'
import { followFlow } from '../../../../src/sensor/follow-flow.ts'
import { compileProgram } from '../../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { compareEvents, extractFlow } from '../../../../src/workbench/extract/extract-flow.ts'
import { FlowEvents } from '../../../../src/workbench/extract/flow-events.ts'
import { encodePcap, writeOutput } from '../../../../src/workbench/extract/pcap-file.ts'
import { ACTIVITY, capturesOf, hasCorpus, missesCorpus, SSH_AUTH } from '../../../support/corpus.ts'
import { GOLDEN_CAPTURES } from '../../../support/gait.ts'
import { Scratch } from '../../../support/scratch.ts'

const scratch = new Scratch()
afterAll(() => scratch.remove())

const { program } = compileProgram(loadSignatures([join(import.meta.dirname, '../../../../signatures')]))
const optionsFor = (capture: string) => ({
  capture,
  program,
  thresholdMs: 500,
  recordedElements: 64,
  maxFlows: 4096,
  mostBytes: 1 << 28,
})

/** Every kind of wrapping and trouble that the corpus has, and both kinds of SSH suites. */
const NAMES =
  /^(frag|cut|lost|be|ng|v6|gre|vxlan|qinq|erspan|mpls|sll|dup|reord|snap|mix-1|ftp-0|mysql|dns-01)/
const REAL = hasCorpus
  ? [
      ...capturesOf(ACTIVITY).filter((path) => NAMES.test(basename(path))),
      ...capturesOf(SSH_AUTH).slice(0, 2),
    ]
  : []
const MOST_FLOWS = 3

async function flowsOf(capture: string): Promise<readonly number[]> {
  const flows: FlowFacts[] = []
  const isWanted = (flow: FlowFacts) => flows.push(flow) < 0
  await followFlow(optionsFor(capture), isWanted, new FlowEvents(() => false))
  const step = Math.max(1, Math.floor(flows.length / MOST_FLOWS))
  return flows.filter((_, i) => i % step === 0).map(({ id }) => id)
}

/** Extracts a flow, and compares the events with those of the extract. */
async function differences(capture: string, id: number, key: string | undefined) {
  const isWanted = (flow: FlowFacts) => flow.id === id
  const events = new FlowEvents(isWanted)
  const { packets } = await followFlow(optionsFor(capture), isWanted, events)
  const flow = events.end?.flow
  if (flow === undefined) throw new Error(`${capture} has no flow ${id}`)
  const extract = extractFlow(packets, flow, events, 'x.pcap', key)
  const path = scratch.path('x.pcap')
  writeOutput(path, encodePcap(extract.frames))
  const again = new FlowEvents(() => true)
  await followFlow(optionsFor(path), () => true, again)
  return compareEvents(
    extract.events,
    again.lines('x.pcap', (address) => address),
  )
}

describe('extractFlow', () => {
  if (missesCorpus('extracts of the corpus')) it.skip('needs the corpus')
  it.each([...GOLDEN_CAPTURES, ...REAL])(
    'keeps the events of the flows of %s',
    { timeout: 120_000 },
    async (capture) => {
      for (const id of await flowsOf(capture))
        for (const key of [undefined, 'key'])
          expect({ id, key, ...(await differences(capture, id, key)) }).toEqual({
            id,
            key,
            missing: [],
            unexpected: [],
          })
    },
  )
})

describe('compareEvents', () => {
  it('counts lines that stand several times', () => {
    expect(compareEvents(['a', 'a', 'b'], ['b', 'a', 'c'])).toEqual({ missing: ['a'], unexpected: ['c'] })
  })
})
