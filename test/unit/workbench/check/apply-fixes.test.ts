import { describe, expect, it } from 'vitest'
import type { Diagnostic, TextEdit } from '../../../../src/model/diagnostic.ts'
import { applyFixes } from '../../../../src/workbench/check/apply-fixes.ts'
import { sourceOf } from '../../signature/texts.ts'

const source = sourceOf('one two three')

function diagnostic(...edits: readonly (readonly [start: number, end: number, text: string])[]): Diagnostic {
  const made: TextEdit[] = edits.map(([start, end, text]) => ({ source, span: { start, end }, text }))
  const place = { source, span: { start: 0, end: 3 } }
  return {
    code: 'S110',
    severity: 'hint',
    message: '',
    ...place,
    related: [],
    fix: { title: '', edits: made },
  }
}

describe('applyFixes', () => {
  it('makes all edits of all fixes, whatever their order', () => {
    const { changed, fixed } = applyFixes([
      diagnostic([8, 13, 'drei'], [0, 3, 'eins']),
      diagnostic([4, 7, 'zwei']),
    ])
    expect(changed.map(({ text }) => text)).toEqual(['eins zwei drei'])
    expect(fixed).toHaveLength(2)
  })

  it('leaves a fix for the next round that touches what another edits', () => {
    const { changed, fixed } = applyFixes([diagnostic([0, 3, 'eins']), diagnostic([2, 5, 'x'], [8, 13, 'y'])])
    expect(changed.map(({ text }) => text)).toEqual(['eins two three'])
    expect(fixed).toHaveLength(1)
  })

  it('changes nothing without a fix', () => {
    const { fix: _, ...plain } = diagnostic()
    expect(applyFixes([plain])).toEqual({ changed: [], fixed: [] })
  })
})
