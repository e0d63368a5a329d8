// The results of examples as JUnit XML, which build servers read: a suite for each file, a case for each example.

import { printable } from '../../output/printable.ts'
import type { ExampleResult, SignatureResult } from './run-examples.ts'
import { failuresOf, summarise } from './test-summary.ts'

export function formatJunit(results: readonly SignatureResult[]): string {
  const files = groupByFile(results)
  const suites = [...files].flatMap(([file, ofFile]) => [
    `  <testsuite name="${xml(file)}" ${totals(ofFile)}>`,
    ...ofFile.flatMap((result) => result.examples.flatMap((example) => formatCase(result, example))),
    '  </testsuite>',
  ])
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="gait test" ${totals(results)}>`]
  return [...head, ...suites, '</testsuites>', ''].join('\n')
}

function groupByFile(results: readonly SignatureResult[]): ReadonlyMap<string, readonly SignatureResult[]> {
  const files = new Map<string, SignatureResult[]>()
  for (const result of results) files.set(result.file, [...(files.get(result.file) ?? []), result])
  return files
}

function totals(results: readonly SignatureResult[]): string {
  const { examples, failed } = summarise(results)
  return `tests="${examples}" failures="${failed}"`
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
