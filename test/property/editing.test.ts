// Whatever an author types, wherever the cursor stands: the language server's answers never throw, and stay inside
// the text.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceText, Span } from '../../src/model/diagnostic.ts'
import { NO_RULES } from '../../src/workbench/check/house-rules.ts'
import { checkOpen } from '../../src/workbench/lsp/check-open.ts'
import { completionsAt } from '../../src/workbench/lsp/completion.ts'
import { formatEdits } from '../../src/workbench/lsp/format-edits.ts'
import { hoverAt } from '../../src/workbench/lsp/hover.ts'
import { outlineOf } from '../../src/workbench/lsp/outline.ts'
import { definitionsAt, referencesAt } from '../../src/workbench/lsp/references.ts'

const FOLDER = join(import.meta.dirname, '../../signatures')
const LINES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sig'))
  .flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n'))

/** A few lines of shipped files, out of order, with something cut out and something put in. */
const edited = fc
  .record({
    lines: fc.array(fc.constantFrom(...LINES, '', '#', '#:', '#+ '), { minLength: 1, maxLength: 5 }),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    at: fc.nat(),
    cut: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.constantFrom('c:', 's@', '<', ' where ', ':', '#', '(', '&', '\ufeff', '\u{1f600}', 'count '),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    cursor: fc.nat(),
  })
  .map(({ lines, end, at, cut, put, cursor }) => {
    const text = lines.join(end)
    const from = at % (text.length + 1)
    const result = text.slice(0, from) + put + text.slice(from + cut)
    const source: SourceText = { name: 'edited.sig', text: result }
    return { source, offset: cursor % 2 === 0 ? from + put.length : cursor % (result.length + 1) }
  })

describe('the language server', () => {
  it('answers at every place of every text', () => {
    fc.assert(
      fc.property(edited, ({ source, offset }) => {
        const files = [source]
        const spans: (Span | undefined)[] = [
          hoverAt(files, source, offset)?.span,
          ...completionsAt(files, source, offset).map(({ span }) => span),
          ...definitionsAt(files, source, offset).map(({ span }) => span),
          ...referencesAt(files, source, offset).map(({ span }) => span),
          ...outlineOf(source).flatMap(({ span, statement }) => [span, statement]),
          ...formatEdits(source).map(({ span }) => span),
        ]
        for (const span of spans)
          if (span !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(0)
            expect(span.end).toBeGreaterThanOrEqual(span.start)
            expect(span.end).toBeLessThanOrEqual(source.text.length)
          }
      }),
      { numRuns: 2000 },
    )
  })

  it('checks every text', () => {
    fc.assert(
      fc.property(edited, ({ source }) => {
        const found = checkOpen([source], [source], () => NO_RULES).get(source) ?? []
        for (const { span } of found) expect(span.end).toBeLessThanOrEqual(source.text.length)
      }),
      { numRuns: 200 },
    )
  })

  it('replaces what was typed, up to the cursor', () => {
    fc.assert(
      fc.property(edited, ({ source, offset }) => {
        for (const { span, text } of completionsAt([source], source, offset)) {
          expect(span.end).toBe(Math.max(offset, span.start))
          const typed = source.text.slice(span.start, span.end)
          expect(text.toLowerCase().startsWith(typed.toLowerCase())).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
