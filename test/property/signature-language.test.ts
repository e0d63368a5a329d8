// The signature language over random statements and random garbage.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/signature/compile-program.ts'
import { formatDiagnostic } from '../../src/signature/format-diagnostic.ts'
import { formatStatement } from '../../src/signature/format-statement.ts'
import { parseSignatures } from '../../src/signature/parse-signatures.ts'
import {
  campaignStatement,
  classicStatement,
  sequenceStatement,
} from '../unit/signature/random-statements.ts'

const statement = fc.oneof(classicStatement, sequenceStatement, campaignStatement)

/** Lines that are nearly statements: their words, drawn and glued at random. */
const word = fc.constantFrom(
  ...['tcp', 'udp', 'icmp', 'TCP', '*', '22', '99999', '=', '<', '>', '+', ':', '#', '#:', 'c12', 's27/15'],
  ...['c*', 's@1', 'c@0', 's@9', 'c', 's/', 'c!1448', '...', '…', 'x12', '12', 'sid=1', 'class=x', 'foo', ''],
  ...[
    'ssh',
    'any',
    'where',
    'count',
    'then',
    'by',
    'within',
    'client',
    '(',
    ')',
    '|',
    '?',
    '{2,}',
    '{,3}',
    '{0}',
  ],
  ...[
    'c:PASSWORD',
    's:FAILURE',
    'c:foo',
    'c:ssh(10)',
    '<auth',
    '<session',
    's@1+16',
    '10..90',
    'c10..90',
    '+2s..',
  ],
  ...[
    '+?',
    '..5ms-rtt',
    '22,2200-2299',
    'c.bytes',
    'failures',
    'hits',
    '>=',
    '!=',
    'and',
    'or',
    'not',
    '10s',
    '2%',
  ],
  ...['/', '-', '1k', 'limit=1', 'fp=x'],
  ...['\n', '\r\n', '\t', '\ufeff', '\u001b', '日本', '\u0000', '\ud800'],
)
const nearlyStatements = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', '  ')), { maxLength: 60 })
  .map((words) => words.flat().join(''))
const garbage = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), nearlyStatements, fc.string())

describe('signature language', () => {
  it('parses what it formats to the same statement', () => {
    fc.assert(
      fc.property(statement, (tree) => {
        const { statements, diagnostics } = parseSignatures({ name: 'a', text: formatStatement(tree) })
        expect(diagnostics.map(({ message }) => message)).toEqual([])
        expect(statements.map(({ ast }) => ast)).toEqual([tree])
      }),
      { numRuns: 1000 },
    )
  })

  it('formats a formatted statement to itself', () => {
    fc.assert(
      fc.property(statement, (tree) => {
        const text = formatStatement(tree)
        const { statements } = parseSignatures({ name: 'a', text })
        expect(statements.map(({ ast }) => formatStatement(ast))).toEqual([text])
      }),
      { numRuns: 300 },
    )
  })

  it('reads an extended statement however wide its white space is', () => {
    fc.assert(
      fc.property(sequenceStatement, fc.constantFrom('  ', '\t', ' \t '), (tree, blank) => {
        const [head = '', ...rest] = formatStatement(tree).split(' : ')
        const text = `${head.replaceAll(' ', blank).replaceAll('(', `(${blank}`)}:${rest.join(' : ')}`
        const { statements } = parseSignatures({ name: 'a', text: text.replaceAll(`:ssh(${blank}`, ':ssh(') })
        expect(statements.map(({ ast }) => ast)).toEqual([tree])
      }),
    )
  })

  it('reads a classic statement however its white space falls', () => {
    const blank = fc.constantFrom('', ' ', '\t', '  \t ')
    fc.assert(
      fc.property(classicStatement, fc.array(blank, { minLength: 40, maxLength: 40 }), (tree, blanks) => {
        const [head = '', ...rest] = formatStatement(tree).split(' : ')
        let next = 0
        const spread = head.replaceAll(' ', () => blanks[next++ % blanks.length] ?? '')
        const text = `${spread.replace(/^(tcp|udp|icmp)/, '$1 ')}:${rest.join(' : ')}`
        const { statements } = parseSignatures({ name: 'a', text })
        expect(statements.map(({ ast }) => ast)).toEqual([tree])
      }),
    )
  })

  it('makes of every line that is no comment a statement or a diagnostic, and never throws', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const { statements, diagnostics } = parseSignatures({ name: 'a', text })
        const lines = text.split(/\r\n|\n|\r/)
        let start = 0
        for (const line of lines) {
          const end = start + line.length
          const holds = (offset: number) => offset >= start && offset <= end
          if (line.trim() !== '' && !line.trim().startsWith('#'))
            expect(
              statements.some(({ span }) => holds(span.start)) ||
                diagnostics.some(({ span }) => holds(span.start)),
            ).toBe(true)
          start = end + (text.startsWith('\r\n', end) ? 2 : 1)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('points into the text, and shows nothing that drives a terminal', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const source = { name: 'a\u001b', text }
        for (const diagnostic of compileProgram([source]).diagnostics) {
          for (const { span } of [diagnostic, ...diagnostic.related]) {
            expect(span.start).toBeGreaterThanOrEqual(0)
            expect(span.end).toBeGreaterThanOrEqual(span.start)
            expect(span.end).toBeLessThanOrEqual(text.length)
          }
          expect(formatDiagnostic(diagnostic).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
