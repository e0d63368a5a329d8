import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../../src/model/diagnostic.ts'
import { diagnose } from '../../../src/signature/codes.ts'
import { displayWidth } from '../../../src/signature/display-width.ts'
import { formatDiagnostic } from '../../../src/signature/format-diagnostic.ts'
import { sourceOf } from './texts.ts'

/** A diagnostic at the first place where `word` stands in the text. */
function at(text: string, word: string, name = 'a.sig'): Diagnostic {
  const start = text.indexOf(word)
  return diagnose('S005', 'message', sourceOf(text, name), { start, end: start + word.length })
}

describe('formatDiagnostic', () => {
  it('shows place, message, line and caret', () => {
    expect(formatDiagnostic(at('# a\ntcp 22 x12 : b\n', 'x12'))).toBe(
      'a.sig:2:8: error S005: message\n  tcp 22 x12 : b\n         ^~~',
    )
  })

  it('puts the caret behind the line when more was expected there', () => {
    const text = 'tcp 22'
    const diagnostic = diagnose('S007', 'message', sourceOf(text), { start: 6, end: 6 })
    expect(formatDiagnostic(diagnostic)).toBe('test.sig:1:7: error S007: message\n  tcp 22\n        ^')
  })

  it('expands tabs', () => {
    expect(formatDiagnostic(at('tcp\t22\tx12 : b', 'x12'))).toBe(
      `a.sig:1:8: error S005: message\n  tcp     22      x12 : b\n  ${' '.repeat(16)}^~~`,
    )
  })

  it('knows wide and combining characters', () => {
    expect(formatDiagnostic(at('日e\u0301x', 'x'))).toBe(
      'a.sig:1:4: error S005: message\n  日e\u0301x\n     ^',
    )
    expect(formatDiagnostic(at('日本', '日本'))).toContain('\n  ^~~~')
  })

  it('keeps control characters from the terminal, in text, message and name', () => {
    const text = 'a\u001b[2Jb\u202e x'
    const diagnostic = { ...at(text, 'x', 'e\u0007.sig'), message: 'found \u001b' }
    expect(formatDiagnostic(diagnostic)).toBe(
      `e\\u{7}.sig:1:9: error S005: found \\u{1b}\n  a\\u{1b}[2Jb\\u{202e} x\n  ${' '.repeat(20)}^`,
    )
  })

  it('leaves out a byte order mark', () => {
    expect(formatDiagnostic(at('\ufeffxyz', 'xyz'))).toBe('a.sig:1:1: error S005: message\n  xyz\n  ^~~')
  })

  it('shows the part of a long line where the place is', () => {
    const text = `tcp 22 ${'c1 '.repeat(1000)}x12 ${'c2 '.repeat(2000)}: b`
    const [, line, caret] = formatDiagnostic(at(text, 'x12')).split('\n')
    expect(line).toMatch(/^ {2}….*c1 x12 c2.*…$/)
    expect(displayWidth(line!)).toBeLessThanOrEqual(103)
    expect(line!.slice(caret!.indexOf('^')).startsWith('x12')).toBe(true)
  })

  it('cuts the caret of a place that goes on beyond what is shown', () => {
    const text = 'x'.repeat(5000)
    const [, line, caret] = formatDiagnostic(at(text, text)).split('\n')
    expect(caret!.length).toBeLessThanOrEqual(line!.length)
  })

  it('shows related places as notes', () => {
    const other = sourceOf('tcp 22 c1 : a', 'other.sig')
    const related = [{ source: other, span: { start: 0, end: 3 }, message: 'here' }]
    expect(formatDiagnostic({ ...at('x', 'x'), related })).toBe(
      'a.sig:1:1: error S005: message\n  x\n  ^\nother.sig:1:1: note: here\n  tcp 22 c1 : a\n  ^~~',
    )
  })

  it('names the fix', () => {
    const fix = { title: 'remove \u001b it', edits: [] }
    expect(formatDiagnostic({ ...at('x', 'x'), fix })).toBe(
      'a.sig:1:1: error S005: message\n  x\n  ^\n  fix: remove \\u{1b} it',
    )
  })
})
