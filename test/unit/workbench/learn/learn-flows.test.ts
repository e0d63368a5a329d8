// From flows to text: what is drafted is a signature file that passes its own tests.

import { describe, expect, it } from 'vitest'
import { OperatorError } from '../../../../src/model/operator-error.ts'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { formatLesson, lessonFacts } from '../../../../src/workbench/learn/format-lesson.ts'
import { type FlowLearnOptions, learnFlows } from '../../../../src/workbench/learn/learn-flows.ts'
import { runExamples } from '../../../../src/workbench/test/run-examples.ts'
import { THRESHOLD } from '../exchanges.ts'
import { traceOf, tracesOf } from '../traces.ts'

const OPTIONS: FlowLearnOptions = {
  thresholdMicros: THRESHOLD,
  minLength: undefined,
  port: 'any',
  messages: false,
  description: 'SSH1 - invalid password attempt',
  class: 'ssh.auth.failure',
  sid: 9_000_000,
}

const LOGINS = [
  '< s27 c27 s300 c100 s12 c12 s28 + c52 s12 c12 s28 c9',
  '< s27 c24 s310 c96 s12 c12 s28 +3s c60 s12 c12 s28',
  'c8 s12 c12 s28 +2s c44 s12 c12 s28 + c1 s2',
]
const OTHERS = ['< s27 c27 s300 c100 s12 c12 s28 c52 s12 c12 s28', 'c1 s2 c3', 's12 c12 s28 + c52 s13']

const MESSAGES = { protocol: 'ssh' } as const
const AUTH = 'c:SERVICE_REQUEST s:SERVICE_ACCEPT c:NONE s:FAILURE'

async function failuresOf(text: string): Promise<readonly string[]> {
  const compilation = compileWithStatements([{ name: 'draft.sig', text }], { examples: true })
  const results = await runExamples(compilation, THRESHOLD, () => Promise.resolve(new Map()))
  const failed = results.flatMap(({ examples }) => examples.filter(({ passed }) => !passed))
  return [...compilation.diagnostics.map(({ message }) => message), ...failed.map((one) => one.text)]
}

const golden = (lines: readonly string[], name: string) =>
  expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../../golden/learn/${name}`)

describe('a lesson that is learnt', () => {
  const lesson = learnFlows(tracesOf(LOGINS), tracesOf(OTHERS), OPTIONS)

  it('is a signature file', async () => {
    await golden(formatLesson(lesson), 'learnt.txt')
    expect(await failuresOf(lesson.text ?? '')).toEqual([])
  })

  it('is told to programs', async () => {
    await golden([JSON.stringify(lessonFacts(lesson), null, 2)], 'learnt.json')
  })

  it('carries examples of both sorts', () => {
    const lines = (lesson.text ?? '').split('\n').map((line) => line.slice(0, 2))
    expect(lines).toContain('#+')
    expect(lines).toContain('#-')
  })
})

describe('SSH', () => {
  it('is learnt over messages where packets do not tell', async () => {
    // As packets the two are the same; the prompt is refused by its name only.
    const packets = traceOf('c1 s2 c3').packets
    const match = tracesOf([`${AUTH} +2s c:PASSWORD s:SUCCESS`, `${AUTH} +3s c:PASSWORD s:SUCCESS`], MESSAGES)
    const not = tracesOf([`${AUTH} +2s c:PASSWORD s:FAILURE`], MESSAGES)
    const alike = (traces: typeof match) => traces.map((trace) => ({ ...trace, packets }))
    const lesson = learnFlows(alike(match), alike(not), OPTIONS)
    expect(lesson.lesson).toMatchObject({ kind: 'learnt', stream: 'messages' })
    expect(lesson.before.map(({ kind, stream }) => [kind, stream])).toEqual([['defeat', 'packets']])
    expect(await failuresOf(lesson.text ?? '')).toEqual([])
    await golden(formatLesson(lesson), 'messages.txt')
  })

  it('is learnt over messages when asked', () => {
    const match = tracesOf([`${AUTH} c:PASSWORD s:SUCCESS`], MESSAGES)
    const { lesson } = learnFlows(match, [], { ...OPTIONS, messages: true })
    expect(lesson).toMatchObject({ kind: 'learnt', stream: 'messages' })
  })

  it('cannot be learnt from flows that hold none', () => {
    expect(() => learnFlows(tracesOf(['c1 s2']), [], { ...OPTIONS, messages: true })).toThrow(OperatorError)
  })
})

describe('a lesson that is not learnt', () => {
  it('shows the pair that defeats it', async () => {
    const not = tracesOf([...OTHERS, `c5 ${LOGINS[1]?.slice(2)}`], { capture: 'others/day.pcap' })
    const lesson = learnFlows(tracesOf(LOGINS), not, OPTIONS)
    expect(lesson.text).toBeUndefined()
    await golden(formatLesson(lesson), 'defeat.txt')
    await golden([JSON.stringify(lessonFacts(lesson), null, 2)], 'defeat.json')
  })

  it('shows two flows that have nothing in common', async () => {
    const lesson = learnFlows(tracesOf(['c5 s9', 's1 s2 + s3', '!', 'c5 s9']), [], OPTIONS)
    expect(lesson).toMatchObject({ match: 3, empty: 1 })
    await golden(formatLesson(lesson), 'nothing-common.txt')
    expect(lessonFacts(lesson)).toMatchObject({ found: false, outcome: 'nothing-common' })
  })

  it('says so of a single flow, too', () => {
    const lesson = learnFlows(tracesOf(['c5']), [], OPTIONS)
    expect(formatLesson(lesson)).toEqual(['The flow to match is too short: a block of 1 packet.'])
  })
})

describe('what there is nothing to learn from', () => {
  const messageOf = (texts: readonly string[]) => {
    try {
      learnFlows(tracesOf(texts), [], OPTIONS)
      return ''
    } catch (error) {
      return (error as OperatorError).message
    }
  }

  it('is said', () => {
    expect(messageOf([])).toBe('there are no flows to match')
    expect(messageOf(['!'])).toMatch(/bring no payload/)
    const mixed = [traceOf('c1 s2'), traceOf('c1 s2', { protocol: 'udp' })]
    expect(() => learnFlows(mixed, [], OPTIONS)).toThrow('several protocols: tcp, udp')
  })
})
