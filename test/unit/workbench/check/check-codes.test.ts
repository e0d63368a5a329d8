import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECK_CODES, type CheckCode } from '../../../../src/workbench/check/check-codes.ts'
import { checkSignatures } from '../../../../src/workbench/check/check-signatures.ts'
import { parseRules } from '../../../../src/workbench/check/house-rules.ts'
import { fencedBlocks, sourceOf } from '../../signature/texts.ts'

const MANUAL = readFileSync('docs/diagnostics.md', 'utf8')
const codes = Object.keys(CHECK_CODES) as readonly CheckCode[]

/** The part of the manual about a code. */
function chapterOf(code: CheckCode): string {
  const start = MANUAL.indexOf(`\n## ${code}: `)
  expect(start, `docs/diagnostics.md explains ${code}`).toBeGreaterThan(0)
  const end = MANUAL.indexOf('\n## ', start + 1)
  return MANUAL.slice(start + 1, end < 0 ? undefined : end)
}

describe('docs/diagnostics.md, of `gait check`', () => {
  it.each(codes)('explains %s under its title, with its severity', (code) => {
    const chapter = chapterOf(code)
    expect(chapter.startsWith(`## ${code}: ${CHECK_CODES[code].title}\n`)).toBe(true)
    expect(chapter).toContain(`_${CHECK_CODES[code].severity}_`)
  })

  it.each(codes)('has an example that gives %s and nothing else', (code) => {
    const [example, ...others] = fencedBlocks(chapterOf(code), 'bad-sig')
    expect(others).toEqual([])
    const [rules = ''] = fencedBlocks(chapterOf(code), 'yaml')
    const { diagnostics } = checkSignatures([sourceOf(example!)], {
      overlaps: code === 'S105',
      rulesOf: () => parseRules(rules, 'rules'),
    })
    expect(diagnostics.map((one) => [one.code, one.severity])).toEqual([[code, CHECK_CODES[code].severity]])
  })
})
