import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../../src/signature/compile-program.ts'
import { formatDiagnostic } from '../../../src/signature/format-diagnostic.ts'
import { loadSignatures } from '../../../src/signature/load-signatures.ts'

const files = loadSignatures(['signatures'])
const { program, diagnostics } = compileProgram(files)
const all = [...program.signatures, ...program.sequences, ...program.campaigns]

describe('shipped signatures', () => {
  it('load, and nothing is said against them', () => {
    expect(diagnostics.map(formatDiagnostic)).toEqual([])
    expect(program.signatures.length).toBeGreaterThan(20)
  })

  it('hold the statements of the fl0p announcement word by word', () => {
    const texts = program.signatures.map(({ text }) => text)
    expect(texts).toContain('tcp * = < s27/15 c27/15 s300/100 > : SSH1 - client chose to refuse server key')
    expect(texts).toContain('tcp * = s12 c@1 s28 + c52 s@1 c@1 s@3 : SSH1 - invalid password attempt')
  })

  it('have ids of their own range', () => {
    const sids = all.map(({ sid }) => sid)
    expect(sids.filter((sid) => sid < 1_000_001 || sid > 1_999_999)).toEqual([])
    expect(new Set(sids).size).toBe(sids.length)
  })

  it('are written in canonical form', () => {
    for (const signature of all) {
      const source = files.find(({ name }) => name === signature.file)
      expect(source?.text.split('\n')[signature.line - 1]).toBe(signature.text)
    }
  })

  it.each(files)('$name opens with a comment', ({ text }) => {
    expect(text).toMatch(/^# \S/)
  })
})
