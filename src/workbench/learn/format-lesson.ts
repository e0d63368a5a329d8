// What was learnt, for a person: a signature that can be put into a file as it stands, or the flows that are in its way.

import { formatCount } from '../../output/human-units.ts'
import { formatPattern } from '../../signature/format-statement.ts'
import { endText } from '../flow-text.ts'
import type { Defeat, Lesson, NearMiss, NothingCommon } from './learn.ts'
import type { FlowLesson } from './learn-flows.ts'
import { sideBySide } from './side-by-side.ts'
import type { Specimen } from './specimen.ts'

export function formatLesson(learnt: FlowLesson): readonly string[] {
  const { lesson, text } = learnt
  if (text !== undefined) return text.trimEnd().split('\n')
  return lesson.kind === 'nothing-common'
    ? formatNothing(learnt, lesson)
    : formatDefeat(learnt, lesson as Defeat)
}

function formatNothing(
  { match, empty }: FlowLesson,
  { stream, pair, longest }: NothingCommon,
): readonly string[] {
  const [one, other] = pair
  const block = formatCount(longest, stream.slice(0, -1))
  if (one === other) return [`The flow to match is too short: a block of ${block}.`, ...leftOut(empty)]
  return [
    `The ${match} flows to match have too little in common over ${stream}.`,
    ...leftOut(empty),
    '',
    `These two have least, a block of ${block}:`,
    '',
    ...sideBySide(
      { label: 'one', specimen: one, hit: undefined },
      { label: 'other', specimen: other, hit: undefined },
    ),
  ]
}

function formatDefeat({ match, not, empty }: FlowLesson, defeat: Defeat): readonly string[] {
  const { stream, statement, wrong } = defeat
  const all = match === 1 ? 'the flow to match has' : `all ${match} flows to match have in common`
  return [
    `Nothing separates them: what ${all} over ${stream}, ${wrong} of ${not} others have, too.`,
    ...leftOut(empty),
    '',
    'The best draft:',
    '',
    `  ${formatPattern(statement)}`,
    '',
    'It cannot tell these two apart:',
    '',
    ...sideBySide({ label: 'match', ...defeat.match }, { label: 'not', ...defeat.not }),
  ]
}

function leftOut(empty: number): readonly string[] {
  return empty === 0 ? [] : [`(${formatCount(empty, 'flow')} without payload left out)`]
}

/** For JSON: plain values only. */
export function lessonFacts(learnt: FlowLesson): object {
  const { lesson, text, match, not, empty, before } = learnt
  const wrong = lesson.kind === 'defeat' ? lesson.wrong : 0
  return {
    found: lesson.kind === 'learnt',
    outcome: lesson.kind,
    stream: lesson.stream,
    statement: lesson.kind === 'nothing-common' ? undefined : formatPattern(lesson.statement),
    signature: text,
    match: { flows: match, hits: lesson.kind === 'nothing-common' ? 0 : match, withoutPayload: empty },
    not: { flows: not, hits: wrong },
    tried: before.filter((one) => one !== lesson).map(({ kind, stream }) => ({ outcome: kind, stream })),
    pair: pairOf(lesson),
  }
}

function pairOf(lesson: Lesson): readonly object[] | undefined {
  if (lesson.kind === 'learnt') return undefined
  if (lesson.kind === 'nothing-common') return lesson.pair.map(flowFacts)
  return [lesson.match, lesson.not].map((side: NearMiss) => ({ ...flowFacts(side.specimen), ...side.hit }))
}

function flowFacts({ trace }: Specimen): object {
  const { id, client, server } = trace.flow
  return { capture: trace.capture, flow: id, client: endText(client), server: endText(server) }
}
