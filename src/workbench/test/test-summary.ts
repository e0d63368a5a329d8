// What the results of examples come to.

import type { ExampleResult, SignatureResult } from './run-examples.ts'

export interface TestSummary {
  readonly signatures: number
  readonly examples: number
  readonly failed: number
  /** Sids of signatures without an example that must match. */
  readonly withoutMatch: readonly number[]
  /** Of those without one that must not. */
  readonly withoutMiss: readonly number[]
}

export function summarise(results: readonly SignatureResult[]): TestSummary {
  const examples = results.flatMap((result) => result.examples)
  return {
    signatures: results.length,
    examples: examples.length,
    failed: examples.filter(({ passed }) => !passed).length,
    withoutMatch: sidsWithout(results, ({ mustHit }) => mustHit),
    withoutMiss: sidsWithout(results, ({ mustHit }) => !mustHit),
  }
}

function sidsWithout(
  results: readonly SignatureResult[],
  is: (example: ExampleResult) => boolean,
): readonly number[] {
  return results.filter(({ examples }) => !examples.some(is)).map(({ sid }) => sid)
}

/** What is wrong with an example, a sentence each; none where it passed. */
export function failuresOf({
  expected,
  hits,
  unexpected,
  missing,
  trouble,
}: ExampleResult): readonly string[] {
  if (trouble !== undefined) return [trouble]
  const failures: string[] = []
  if (hits !== expected)
    failures.push(
      expected === 0
        ? `must not hit, but hits ${times(hits)}`
        : `must hit ${times(expected)}, hits ${times(hits)}`,
    )
  for (const other of unexpected)
    failures.push(`${other.sid} hits as well, ${times(other.hits)}: ${other.description}`)
  for (const sid of missing) failures.push(`${sid} is named behind \`&\` and does not hit`)
  return failures
}

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}
