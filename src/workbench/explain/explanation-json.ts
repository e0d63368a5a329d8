// An explanation for other programs.

import { formatPattern } from '../../signature/format-statement.ts'
import type { AlignedStep } from './align.ts'
import type { Explanation } from './explain.ts'
import { formatObserved, formatTest } from './format-test.ts'
import type { Observed } from './observed.ts'
import type { Pattern } from './pattern.ts'

export function explanationJson(explanation: Explanation, flow: object): object {
  const { subject, elements, hits, pattern, alignment, wanted, problems, distance } = explanation
  const { signature, statement } = subject
  return {
    signature: {
      sid: signature.sid,
      description: signature.description,
      statement: formatPattern(statement.ast),
      file: statement.source.name,
      line: statement.line,
    },
    flow: { ...flow, elements: elements.length },
    matches: hits.length > 0,
    hits,
    fuzzy: pattern.fuzzy,
    fit: alignment.matched,
    wanted,
    distance: Number(distance.toFixed(3)),
    problems,
    rows: alignment.steps.map((step) => rowOf(step, pattern)),
  }
}

function rowOf(step: AlignedStep, pattern: Pattern): object {
  if (step.kind === 'missing') return { kind: step.kind, test: formatTest(step.test, pattern) }
  if (step.kind === 'extra') return { kind: step.kind, ...elementOf(step.element) }
  const misfits = step.misfits.map(({ kind, text, by }) => ({ kind, text, by }))
  return { kind: step.kind, ...elementOf(step.element), test: formatTest(step.test, pattern), misfits }
}

function elementOf(element: Observed): object {
  const { ordinal, size, delay, isAfterGap } = element
  return { ordinal, element: formatObserved(element), size, delay, isAfterGap }
}
