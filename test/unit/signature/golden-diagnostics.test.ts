import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { formatDiagnostic } from '../../../src/signature/format-diagnostic.ts'

const GOLDEN = 'test/golden/diagnostics'

describe('diagnostics as they are shown', () => {
  it.each(readdirSync(GOLDEN))('%s', async (name) => {
    const text = readFileSync(join(GOLDEN, name, 'input.sig'), 'utf8')
    const { program, diagnostics } = compileProgram([{ name: 'input.sig', text }])
    const shown = diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`)
    const { signatures, sequences, campaigns } = program
    const loaded = [...signatures, ...sequences, ...campaigns].map(({ text }) => `loaded: ${text}\n`)
    const expected = join(process.cwd(), GOLDEN, name, 'expected.diag')
    await expect([...shown, '\n', ...loaded].join('')).toMatchFileSnapshot(expected)
  })
})
