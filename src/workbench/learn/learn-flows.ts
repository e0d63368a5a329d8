// From flows that captures hold to a draft: over packets, and over messages where packets do not tell them apart.

import type { FlowTrace } from '../../model/flow-trace.ts'
import { OperatorError } from '../../model/operator-error.ts'
import { formatCount } from '../../output/human-units.ts'
import { examplesOf, hitsWith } from './examples-of.ts'
import { type LearnOptions, type Lesson, learn } from './learn.ts'
import { protocolOf, type Specimen, type Stream, specimenOf } from './specimen.ts'
import { type SignatureHeading, writeSignature } from './write-signature.ts'

export interface FlowLesson {
  readonly lesson: Lesson
  /** A signature ready to paste; undefined when there is none. */
  readonly text: string | undefined
  /** Flows to match and not to match, those left out aside. */
  readonly match: number
  readonly not: number
  /** Flows to match in which there was nothing to look at. */
  readonly empty: number
  /** What was tried before, and why it did not do. */
  readonly before: readonly Lesson[]
}

export interface FlowLearnOptions extends LearnOptions, SignatureHeading {
  /** Over messages from the beginning. */
  readonly messages: boolean
}

/** Examples that a draft carries. */
const EXAMPLES = { match: 3, not: 2 }

/** @throws OperatorError when there is nothing to learn from */
export function learnFlows(
  match: readonly FlowTrace[],
  not: readonly FlowTrace[],
  options: FlowLearnOptions,
): FlowLesson {
  const spoken = match.filter(({ packets }) => packets.some(({ kind }) => kind === 'element'))
  const empty = match.length - spoken.length
  checkProtocols(spoken, match.length)
  const others = not.filter((trace) => protocolOf(trace) === protocolOf(spoken[0] as FlowTrace))
  const before: Lesson[] = []
  for (const stream of streamsFor(spoken, options.messages)) {
    const specimens = specimensOf(spoken, stream, options)
    const lesson = learn(specimens, specimensOf(others, stream, options), stream, options)
    if (lesson.kind !== 'learnt') {
      before.push(lesson)
      continue
    }
    const counts = { match: spoken.length, not: not.length, empty }
    return { lesson, text: write(lesson, specimens, counts, options), ...counts, before }
  }
  const lesson = before.find(({ kind }) => kind === 'defeat') ?? before[0]
  if (lesson === undefined) throw new OperatorError('input', 'the flows to match hold no messages of SSH')
  return { lesson, text: undefined, match: spoken.length, not: not.length, empty, before }
}

function specimensOf(
  traces: readonly FlowTrace[],
  stream: Stream,
  options: LearnOptions,
): readonly Specimen[] {
  return traces.flatMap((trace) => specimenOf(trace, stream, options.thresholdMicros) ?? [])
}

function checkProtocols(spoken: readonly FlowTrace[], all: number): void {
  if (spoken.length === 0)
    throw new OperatorError(
      'input',
      all === 0
        ? 'there are no flows to match'
        : 'the flows to match bring no payload: nothing of them can be matched',
      'name captures with --match, and perhaps choose flows with --flow',
    )
  const protocols = [...new Set(spoken.map(protocolOf))]
  if (protocols.length > 1)
    throw new OperatorError(
      'input',
      `the flows to match are of several protocols: ${protocols.sort().join(', ')}`,
      'choose those of one with --flow, such as --flow tcp',
    )
}

/** Messages only where all flows have them. */
function streamsFor(spoken: readonly FlowTrace[], onlyMessages: boolean): readonly Stream[] {
  const without = spoken.filter(({ messages }) => messages === undefined).length
  if (!onlyMessages) return without === 0 ? ['packets', 'messages'] : ['packets']
  if (without > 0)
    throw new OperatorError(
      'input',
      `${without} of ${formatCount(spoken.length, 'flow')} to match hold no messages of SSH`,
      'leave --messages out, or choose other flows with --flow',
    )
  return ['messages']
}

function write(
  lesson: Extract<Lesson, { kind: 'learnt' }>,
  specimens: readonly Specimen[],
  counts: { readonly match: number; readonly not: number },
  options: FlowLearnOptions,
): string {
  const { statement, hits, nearMisses } = lesson
  const own = hitsWith(specimens, hits)
  const examples = examplesOf(statement, own, nearMisses, options.thresholdMicros, EXAMPLES)
  const what = `Drafted by gait learn: hits ${counts.match} of ${counts.match} flows to match`
  const rest =
    counts.not === 0 ? '; nothing was given that it must not match.' : `, 0 of ${counts.not} others.`
  return writeSignature(statement, options, examples, [`${what}${rest}`])
}
