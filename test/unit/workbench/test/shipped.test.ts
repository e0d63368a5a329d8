// The examples of the shipped signatures: each has one that must match and one that must not, and all are as they say.

import { expect, it } from 'vitest'
import { countHits } from '../../../../src/cli/count-hits.ts'
import { compileWithStatements } from '../../../../src/signature/compile-program.ts'
import { loadSignatures } from '../../../../src/signature/load-signatures.ts'
import { formatTests } from '../../../../src/workbench/test/format-tests.ts'
import { runExamples } from '../../../../src/workbench/test/run-examples.ts'
import { summarise } from '../../../../src/workbench/test/test-summary.ts'
import { THRESHOLD } from '../exchanges.ts'

it('the shipped signatures pass their examples, and none lacks any', async () => {
  const compilation = compileWithStatements(loadSignatures(['signatures']), { examples: true })
  expect(compilation.diagnostics).toEqual([])
  const results = await runExamples(compilation, THRESHOLD, (path, program) => countHits(path, program, 500))
  const { failed, withoutMatch, withoutMiss } = summarise(results)
  expect({ failed, withoutMatch, withoutMiss }, formatTests(results, true).join('\n')).toEqual({
    failed: 0,
    withoutMatch: [],
    withoutMiss: [],
  })
})
