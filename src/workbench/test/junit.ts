// The results of examples as JUnit XML, which build servers read: a suite for each file, a case for each example and for
// each error that keeps something from being tested.

import { printable } from '../../output/printable.ts'
import type { ExampleResult, SignatureResult } from './run-examples.ts'
import type { TestError } from './test-errors.ts'
import { failuresOf, summarise } from './test-summary.ts'

export function formatJunit(results: readonly SignatureResult[], errors: readonly TestError[] = []): string {
  const files = new Set([...results, ...errors].map(({ file }) => file))
  const suites = [...files].flatMap((file) => {
    const ofFile = results.filter((result) => result.file === file)
    const wrong = errors.filter((error) => error.file === file)
    return [
      `  <testsuite name="${xml(file)}" ${totals(ofFile, wrong)}>`,
      ...wrong.flatMap(formatError),
      ...ofFile.flatMap((result) => result.examples.flatMap((example) => formatCase(result, example))),
      '  </testsuite>',
    ]
  })
  const head = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gait test" ${totals(results, errors)}>`,
  ]
  return [...head, ...suites, '</testsuites>', ''].join('\n')
}

function totals(results: readonly SignatureResult[], errors: readonly TestError[]): string {
  const { examples, failed } = summarise(results)
  return `tests="${examples + errors.length}" failures="${failed}" errors="${errors.length}"`
}

function formatError({ file, line, code, message }: TestError): readonly string[] {
  const name = line === undefined ? file : `line ${line}: ${code}`
  return [
    `    <testcase classname="${xml(file)}" name="${xml(name)}">`,
    `      <error message="${xml(message)}">${xml(message)}</error>`,
    '    </testcase>',
  ]
}

function formatCase({ sid, description }: SignatureResult, example: ExampleResult): readonly string[] {
  const head = `    <testcase classname="${xml(`${sid} ${description}`)}" name="${xml(`line ${example.line}: ${example.text}`)}"`
  if (example.passed) return [`${head}/>`]
  const [first = '', ...rest] = failuresOf(example)
  const body = [first, ...rest].map(xml).join('\n')
  return [`${head}>`, `      <failure message="${xml(first)}">${body}</failure>`, '    </testcase>']
}

function xml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
}
