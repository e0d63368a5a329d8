import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CAMPAIGN_FIGURES, FIGURES, SSH_FIGURES } from '../../../src/model/figures.ts'
import { MESSAGES } from '../../../src/model/messages.ts'
import { SSH_PHASES } from '../../../src/model/program.ts'

const MANUAL = readFileSync('docs/signature-language.md', 'utf8')

/** First cells, without backticks, of the first table behind a line of the manual. */
function namesBehind(line: string): readonly string[] {
  const start = MANUAL.indexOf(`\n${line}\n`)
  expect(start, `the manual has the line "${line}"`).toBeGreaterThan(0)
  const [table = ''] = /(?:^\|.*\n)+/m.exec(MANUAL.slice(start)) ?? []
  const cells = table.split('\n').map((row) => /^\| `([^`]+)`/.exec(row)?.[1])
  return cells.filter((cell) => cell !== undefined)
}

describe('docs/signature-language.md', () => {
  it('has every message, and no other', () => {
    expect(namesBehind('### Messages')).toEqual(MESSAGES.filter((name) => name !== ''))
  })

  it('has every phase, and no other', () => {
    expect(namesBehind('### Phases')).toEqual(['<', ...SSH_PHASES.map((phase) => `<${phase}`)])
  })

  it.each([
    ['Of every flow:', FIGURES],
    ['Of SSH flows, in `ssh` statements:', SSH_FIGURES],
    ['Of what a campaign counted, in campaigns:', CAMPAIGN_FIGURES],
  ])('has every figure, and no other: %s', (line, figures) => {
    expect(namesBehind(line)).toEqual(Object.keys(figures))
  })
})
