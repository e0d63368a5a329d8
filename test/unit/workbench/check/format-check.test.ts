import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSignatures } from '../../../../src/workbench/check/check-signatures.ts'
import { formatCheckJson, formatCheckText } from '../../../../src/workbench/check/format-check.ts'
import { readRules } from '../../../../src/workbench/check/house-rules.ts'

const GOLDEN = 'test/golden/check'

describe('what gait check prints', () => {
  it.each(readdirSync(GOLDEN))('%s', async (name) => {
    const folder = join(GOLDEN, name)
    const has = (file: string) => readdirSync(folder).includes(file)
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.sig'))
      .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }))
    const rules = has('gait.check.yaml') ? readRules(join(folder, 'gait.check.yaml')) : undefined
    const options = {
      overlaps: name.includes('overlaps'),
      ...(rules === undefined ? {} : { rulesOf: () => rules }),
    }
    const report = { ...checkSignatures(files, options), files: files.length, fixed: 0 }
    const at = (file: string) => join(process.cwd(), folder, file)
    await expect(formatCheckText(report)).toMatchFileSnapshot(at('expected.txt'))
    await expect(formatCheckJson(report)).toMatchFileSnapshot(at('expected.json'))
  })

  it('is one line when there is nothing to say', () => {
    expect(formatCheckText({ diagnostics: [], files: 1, statements: 2, fixed: 1 })).toBe(
      '2 statements in 1 file: nothing to say; 1 fix applied\n',
    )
  })
})
