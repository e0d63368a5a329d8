import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CODES, type Code } from '../../../src/signature/codes.ts'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { CHECK_CODES } from '../../../src/workbench/check/check-codes.ts'
import { expandExample, fencedBlocks, sourceOf } from './texts.ts'

const MANUAL = readFileSync('docs/diagnostics.md', 'utf8')
const codes = Object.keys(CODES) as readonly Code[]

/** The part of the manual about a code. */
function chapterOf(code: Code): string {
  const start = MANUAL.indexOf(`\n## ${code}: `)
  expect(start, `docs/diagnostics.md explains ${code}`).toBeGreaterThan(0)
  const end = MANUAL.indexOf('\n## ', start + 1)
  return MANUAL.slice(start + 1, end < 0 ? undefined : end)
}

describe('docs/diagnostics.md', () => {
  it.each(codes)('explains %s under its title, with its severity', (code) => {
    const chapter = chapterOf(code)
    expect(chapter.startsWith(`## ${code}: ${CODES[code].title}\n`)).toBe(true)
    expect(chapter).toContain(`_${CODES[code].severity}_`)
  })

  it.each(codes)('has an example that gives %s and nothing else', (code) => {
    const examples = fencedBlocks(chapterOf(code), 'bad-sig')
    expect(examples).toHaveLength(1)
    const { diagnostics } = compileProgram([sourceOf(expandExample(examples[0]!))], { examples: true })
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.severity])).toEqual([
      [code, CODES[code].severity],
    ])
  })

  it('explains no code that does not exist', () => {
    // Those from S101 on have a test of their own: test/unit/workbench/check/check-codes.test.ts.
    const all = [...codes, ...Object.keys(CHECK_CODES)]
    expect([...MANUAL.matchAll(/^## (S\d+)/gm)].map((heading) => heading[1])).toEqual(all)
  })
})
