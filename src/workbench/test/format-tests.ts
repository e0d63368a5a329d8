// The results of examples for a person: a table of signatures, then every failure with its place.

import { printable } from '../../output/printable.ts'
import type { ExampleResult, SignatureResult } from './run-examples.ts'
import { failuresOf, summarise } from './test-summary.ts'

const MOST_SIDS = 8

/**
 * @param isComplete - signatures without examples are failures
 * @param errors - how much could not be tested
 */
export function formatTests(
  results: readonly SignatureResult[],
  isComplete: boolean,
  errors = 0,
): readonly string[] {
  const failures = results.flatMap((result) =>
    result.examples.filter(({ passed }) => !passed).flatMap((example) => formatFailure(result, example)),
  )
  return [...formatTable(results), ...failures, ...formatSummary(results, isComplete, errors)]
}

function formatTable(results: readonly SignatureResult[]): readonly string[] {
  const lines: string[] = []
  let file: string | undefined
  for (const result of results) {
    if (result.file !== file) {
      if (file !== undefined) lines.push('')
      file = result.file
      lines.push(printable(file), `  ${'sid'.padEnd(11)}${'must'.padEnd(7)}${'must not'.padEnd(10)}signature`)
    }
    const isSound = result.examples.every(({ passed }) => passed)
    const must = share(result.examples.filter(({ mustHit }) => mustHit))
    const mustNot = share(result.examples.filter(({ mustHit }) => !mustHit))
    const cells = `${String(result.sid).padEnd(11)}${must.padEnd(7)}${mustNot.padEnd(10)}`
    lines.push(`${isSound ? ' ' : '!'} ${cells}${printable(result.description)}`)
  }
  return lines.length === 0 ? [] : [...lines, '']
}

function share(examples: readonly ExampleResult[]): string {
  return examples.length === 0 ? '-' : `${examples.filter(({ passed }) => passed).length}/${examples.length}`
}

function formatFailure(
  { sid, description, file }: SignatureResult,
  example: ExampleResult,
): readonly string[] {
  return [
    printable(`${file}:${example.line}: ${sid} ${description}`),
    `  ${printable(example.text)}`,
    ...failuresOf(example).map((failure) => `  ${printable(failure)}`),
    '',
  ]
}

function formatSummary(
  results: readonly SignatureResult[],
  isComplete: boolean,
  errors: number,
): readonly string[] {
  const { signatures, examples, failed, withoutMatch, withoutMiss } = summarise(results)
  const lines: string[] = []
  if (withoutMatch.length > 0) lines.push(`without an example that must match: ${list(withoutMatch)}`)
  if (withoutMiss.length > 0) lines.push(`without an example that must not: ${list(withoutMiss)}`)
  const isMissing = isComplete && lines.length > 0
  const outcome = failed > 0 ? `${failed} failed` : isMissing ? 'all passed, some are missing' : 'all passed'
  const what = `${count(signatures, 'signature')}, ${count(examples, 'example')}`
  const wrong = errors > 0 ? `; ${count(errors, 'error')}` : ''
  return [...lines, `${what}: ${examples === 0 ? 'nothing was tested' : outcome}${wrong}`]
}

function list(sids: readonly number[]): string {
  const shown = sids.slice(0, MOST_SIDS).join(' ')
  return sids.length > MOST_SIDS ? `${shown} and ${sids.length - MOST_SIDS} more` : shown
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
