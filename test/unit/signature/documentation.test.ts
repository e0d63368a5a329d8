import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { formatDiagnostic } from '../../../src/signature/format-diagnostic.ts'
import { fencedBlocks, sourceOf } from './texts.ts'

const examples = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    fencedBlocks(readFileSync(join('docs', name), 'utf8'), 'sig').map(
      (text, i) => [`${name} ${i + 1}`, text] as const,
    ),
  )

describe('signatures quoted in docs', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(5)
  })

  it.each(examples)('%s loads, and nothing is said against it', (name, text) => {
    const { program, diagnostics } = compileProgram([sourceOf(text, name)], { examples: true })
    // Campaigns are shown without what they count: the shipped statements.
    expect(diagnostics.filter(({ code }) => code !== 'S056').map(formatDiagnostic)).toEqual([])
    const { signatures, sequences, campaigns } = program
    expect(signatures.length + sequences.length + campaigns.length).toBeGreaterThan(0)
  })
})
