// The signatures closest to a flow, for a person and for other programs.

import { printable } from '../../output/printable.ts'
import { formatProblem } from './format-explanation.ts'
import type { Near } from './nearest.ts'
import { type Paint, PLAIN } from './paint.ts'

export function formatNearest(found: readonly Near[], flow: string, paint: Paint = PLAIN): readonly string[] {
  if (found.length === 0) return [paint.strong(printable(flow)), '', 'no signature is about such a flow']
  const lines = [paint.strong(printable(flow)), '', paint.dim('distance   fit  sid         signature')]
  for (const { explanation, distance } of found) {
    const { subject, alignment, wanted, problems, elements, hits } = explanation
    const { sid, description } = subject.signature
    const fit = wanted === 0 ? '-' : `${Math.min(alignment.matched, wanted)}/${wanted}`
    lines.push(
      `${distance.toFixed(3).padStart(8)}${fit.padStart(6)}  ${String(sid).padEnd(11)} ${printable(description)}`,
    )
    const [first] = problems
    if (hits.length > 0) lines.push(paint.good(`${' '.repeat(16)}match`))
    else if (first !== undefined) lines.push(paint.bad(`${' '.repeat(16)}${formatProblem(first, elements)}`))
  }
  return lines
}

export function nearestJson(found: readonly Near[], flow: object): object {
  return {
    flow,
    nearest: found.map(({ explanation, distance }) => {
      const { subject, alignment, wanted, problems, hits } = explanation
      const { sid, description } = subject.signature
      return {
        sid,
        description,
        distance: Number(distance.toFixed(3)),
        matches: hits.length > 0,
        fit: alignment.matched,
        wanted,
        problem: problems[0],
      }
    }),
  }
}
