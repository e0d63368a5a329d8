// Traces hold what signatures see: run over them the matchers find what they found in the traffic.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_PROGRAM, readFlows } from '../../../src/cli/read-flows.ts'
import type { FlowTrace } from '../../../src/model/flow-trace.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../src/signature/load-signatures.ts'
import { ExchangeRun } from '../../../src/workbench/exchange-run.ts'
import { type Stream, specimenOf } from '../../../src/workbench/learn/specimen.ts'
import { ACTIVITY, hasCorpus, missesCorpus, SSH_AUTH } from '../../support/corpus.ts'
import { GOLDEN_CAPTURES } from '../../support/gait.ts'

const THRESHOLD = 500
const shipped = compileProgram(loadSignatures([join(import.meta.dirname, '../../../signatures')])).program
/** Figures are those of the traffic's own cipher, which a trace does not keep. */
const program = { ...shipped, sequences: shipped.sequences.filter(({ where }) => where === undefined) }
const reading = { recursive: false, program, thresholdMs: THRESHOLD, filter: undefined }

function sidsOf(trace: FlowTrace, run: ExchangeRun): readonly number[] {
  const streams: readonly Stream[] = ['packets', 'messages']
  const hits = streams.flatMap((stream) => {
    const specimen = specimenOf(trace, stream, THRESHOLD * 1000)
    return specimen === undefined ? [] : run.run(specimen.exchange)
  })
  return [...new Set(hits.map(({ signature }) => signature.sid))].sort()
}

async function differences(inputs: readonly string[]) {
  const traces = await readFlows({ ...reading, inputs })
  const run = new ExchangeRun(program, THRESHOLD * 1000)
  let hits = 0
  const different = traces.flatMap((trace) => {
    const real = trace.hits.map(({ sid }) => sid).sort()
    hits += real.length
    const again = sidsOf(trace, run)
    return real.join() === again.join() ? [] : [{ capture: trace.capture, flow: trace.flow.id, real, again }]
  })
  return { flows: traces.length, hits, different }
}

describe('a trace', () => {
  it('is matched as its flow was', async () => {
    const { hits, different } = await differences(GOLDEN_CAPTURES)
    expect(different).toEqual([])
    expect(hits).toBeGreaterThan(2)
  })

  it('tells where it is from, in the order of captures and flows', async () => {
    const traces = await readFlows({ ...reading, inputs: GOLDEN_CAPTURES })
    expect(new Set(traces.map(({ capture }) => capture))).toEqual(new Set(GOLDEN_CAPTURES))
    const order = traces.map(({ flow }) => flow.source * 1e6 + flow.id)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  it('has no hits where there is nothing to match, and is of chosen packets only', async () => {
    const inputs = GOLDEN_CAPTURES.slice(2, 3)
    const all = await readFlows({ ...reading, program: NO_PROGRAM, inputs })
    const none = await readFlows({ ...reading, program: NO_PROGRAM, inputs, filter: 'tcp' })
    expect([all.length > 0, none.length]).toEqual([true, 0])
    expect(all.every(({ hits }) => hits.length === 0)).toBe(true)
  })

  it.skipIf(!hasCorpus)('is matched as its flow was, over the corpus', async () => {
    const { flows, hits, different } = await differences([SSH_AUTH, ACTIVITY])
    expect(different).toEqual([])
    expect(flows).toBeGreaterThan(4000)
    expect(hits).toBeGreaterThan(1000)
  })
})

missesCorpus('traces of the corpus')
